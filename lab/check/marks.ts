// Lines of the editor that a check has something to say about: a sign beside them, a wash behind, the sentence below.

import { RangeSet, StateEffect, StateField, type EditorState, type Extension } from '@codemirror/state';
import {
  Decoration,
  EditorView,
  gutter,
  GutterMarker,
  WidgetType,
  type DecorationSet,
} from '@codemirror/view';
import type { Mark } from './words.js';

const setMarks = StateEffect.define<readonly Mark[]>();

interface Marked {
  readonly lines: DecorationSet;
  readonly signs: RangeSet<GutterMarker>;
}

const marked = StateField.define<Marked>({
  create: () => ({ lines: Decoration.none, signs: RangeSet.empty }),
  update({ lines, signs }, { changes, effects, state }) {
    const set = effects.find((effect) => effect.is(setMarks));
    if (set) return markedOf(set.value as readonly Mark[], state);
    return { lines: lines.map(changes), signs: signs.map(changes) };
  },
  provide: (field) => [
    EditorView.decorations.from(field, ({ lines }) => lines),
    gutter({ class: 'cm-marks', markers: (view) => view.state.field(field).signs }),
  ],
});

/** Lets an editor have marks. */
export const marks: Extension = marked;

/** Puts marks in the place of those before. Lines that are not there are left out. */
export function mark(view: EditorView, all: readonly Mark[]): void {
  view.dispatch({ effects: setMarks.of(all) });
}

function markedOf(all: readonly Mark[], { doc }: EditorState): Marked {
  const there = all.filter(({ line }) => line >= 1 && line <= doc.lines).toSorted((a, b) => a.line - b.line);
  const isGrave = (line: number): boolean => there.some((mark) => mark.line === line && !mark.isWarning);
  const numbers = [...new Set(there.map(({ line }) => line))];
  const washes = numbers.map((number) =>
    Decoration.line({ class: isGrave(number) ? 'cm-line-wrong' : 'cm-line-warning' }).range(
      doc.line(number).from,
    ),
  );
  const sentences = there.map((each) =>
    Decoration.widget({ widget: new Sentence(each), block: true, side: 1 }).range(doc.line(each.line).to),
  );
  return {
    lines: Decoration.set([...washes, ...sentences], true),
    signs: RangeSet.of(numbers.map((number) => new Sign(!isGrave(number)).range(doc.line(number).from))),
  };
}

class Sign extends GutterMarker {
  readonly #isWarning: boolean;

  constructor(isWarning: boolean) {
    super();
    this.#isWarning = isWarning;
  }

  override toDOM(): Node {
    const sign = document.createElement('span');
    sign.className = this.#isWarning ? 'cm-mark cm-mark-warning' : 'cm-mark';
    sign.textContent = this.#isWarning ? '!' : '×';
    return sign;
  }
}

class Sentence extends WidgetType {
  readonly #mark: Mark;

  constructor(mark: Mark) {
    super();
    this.#mark = mark;
  }

  override eq(other: Sentence): boolean {
    return other.#mark.text === this.#mark.text && other.#mark.isWarning === this.#mark.isWarning;
  }

  override toDOM(): HTMLElement {
    const said = document.createElement('div');
    said.className = this.#mark.isWarning ? 'cm-said cm-said-warning' : 'cm-said';
    said.textContent = this.#mark.text;
    return said;
  }
}
