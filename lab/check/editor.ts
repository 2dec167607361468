// The editor: CodeMirror in a shadow root, where it may put its styles past a content policy that forbids them in the page.

import { defaultKeymap, history, historyKeymap, indentWithTab, isolateHistory } from '@codemirror/commands';
import { javascript } from '@codemirror/lang-javascript';
import { bracketMatching, indentOnInput, indentUnit } from '@codemirror/language';
import { Compartment, EditorState } from '@codemirror/state';
import {
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { look } from './look.js';
import { mark, marks } from './marks.js';
import type { Mark } from './words.js';

/** What the page and the editor tell each other. */
export interface Editor {
  /** Puts another text in the place of all that is there; it can be undone. */
  replace(text: string): void;
  mark(marks: readonly Mark[]): void;
  /** Puts the cursor on a line, from 1, and the focus with it. */
  go(line: number): void;
  /** What screen readers call it. */
  name(label: string): void;
  close(): void;
}

/** What the editor does for its learner. */
export interface Listener {
  typed(text: string): void;
  check(): void;
}

/** Puts an editor into a host element. */
export function editorIn(host: HTMLElement, text: string, { typed, check }: Listener): Editor {
  const root = host.attachShadow({ mode: 'open' });
  const label = new Compartment();
  const named = (name: string) => EditorView.contentAttributes.of({ 'aria-label': name, tabindex: '0' });
  const view = new EditorView({
    parent: root,
    root,
    state: EditorState.create({
      doc: text,
      extensions: [
        lineNumbers(),
        marks,
        history(),
        indentOnInput(),
        indentUnit.of('  '),
        bracketMatching(),
        highlightActiveLine(),
        highlightActiveLineGutter(),
        javascript({ typescript: true }),
        look,
        replacing,
        label.of(named('')),
        keymap.of([{ key: 'Mod-Enter', run: () => (check(), true) }, indentWithTab]),
        keymap.of([...defaultKeymap, ...historyKeymap]),
        EditorView.updateListener.of(({ docChanged, state }) => docChanged && typed(state.doc.toString())),
      ],
    }),
  });
  return {
    replace(insert) {
      const changes = { from: 0, to: view.state.doc.length, insert };
      view.dispatch({ changes, annotations: isolateHistory.of('full') });
    },
    mark: (all) => mark(view, all),
    go(line) {
      const { from } = view.state.doc.line(Math.min(Math.max(line, 1), view.state.doc.lines));
      view.dispatch({
        selection: { anchor: from },
        effects: EditorView.scrollIntoView(from, { y: 'center' }),
      });
      view.focus();
    },
    name: (next) => view.dispatch({ effects: label.reconfigure(named(next)) }),
    close: () => view.destroy(),
  };
}

/**
 * What is typed over a selection is put in by the editor itself: Chromium would keep the look of what was there by a style in
 * the page, which the content policy refuses, with an error in the console.
 */
const replacing = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { data, inputType } = event;
    if (inputType !== 'insertText' || data === null || view.composing || view.state.selection.main.empty)
      return false;
    event.preventDefault();
    view.dispatch(view.state.replaceSelection(data), { userEvent: 'input.type', scrollIntoView: true });
    return true;
  },
});
