// How the editor looks: colours of the lab, which follow light and dark by themselves, and of the language.

import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { Decoration, EditorView, MatchDecorator, ViewPlugin, type DecorationSet } from '@codemirror/view';
import { tags } from '@lezer/highlight';

const WORD = 'light-dark(#7a2a9c, #d9a6f5)'; // 4.5 : 1 on page and card, as all of these
const TYPE = 'light-dark(#00677a, #6fcbe0)';
const TEXT = 'var(--right)';
const SOFT = 'var(--soft)';

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.modifier, tags.self, tags.null, tags.bool, tags.operatorKeyword], color: WORD },
  { tag: [tags.typeName, tags.className, tags.namespace], color: TYPE },
  { tag: [tags.string, tags.special(tags.string), tags.regexp], color: TEXT },
  { tag: tags.comment, color: SOFT, fontStyle: 'italic' },
]);

const frame = EditorView.theme({
  '&': { color: 'var(--ink)', backgroundColor: 'var(--page)', fontSize: '0.9rem' },
  '&.cm-focused': { outline: 'none' }, // its frame in the page has one
  '.cm-scroller': {
    fontFamily: 'ui-monospace, "Cascadia Code", "SF Mono", Menlo, Consolas, monospace',
    lineHeight: '1.55',
    maxHeight: 'min(36rem, 70vh)',
  },
  '.cm-content': { padding: '0.6rem 0', caretColor: 'var(--ink)' },
  '.cm-line': { padding: '0 0.8rem 0 0.5rem' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)', borderLeftWidth: '2px' },
  '.cm-gutters': {
    backgroundColor: 'var(--page)',
    color: SOFT,
    border: '0',
  },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'var(--sunk)' },
  '&:not(.cm-focused) .cm-activeLine, &:not(.cm-focused) .cm-activeLineGutter': {
    backgroundColor: 'transparent',
  },
  '.cm-content ::selection, .cm-line::selection': { backgroundColor: 'var(--forward-wash)' },
  '.cm-matchingBracket, &.cm-focused .cm-matchingBracket': {
    backgroundColor: 'var(--forward-wash)',
    outline: '1px solid var(--edge)',
  },
  '.cm-forward': { color: 'var(--forward)', fontWeight: '600' },
  '.cm-backward': { color: 'var(--backward)', fontWeight: '600' },
  '.cm-marks': { minWidth: '1.1em', textAlign: 'center' },
  '.cm-mark': { color: 'var(--wrong)', fontWeight: '700' },
  '.cm-mark-warning': { color: 'var(--backward)' },
  '.cm-line-wrong': { backgroundColor: 'light-dark(#fdecf0, #3a1a24)' },
  '.cm-line-warning': { backgroundColor: 'var(--backward-wash)' },
  '.cm-said': {
    padding: '0.1rem 0.8rem 0.25rem 0.5rem',
    fontFamily: 'system-ui, sans-serif',
    fontSize: '0.82rem',
    whiteSpace: 'normal',
    color: 'var(--wrong)',
    backgroundColor: 'light-dark(#fdecf0, #3a1a24)',
  },
  '.cm-said-warning': { color: 'var(--backward)', backgroundColor: 'var(--backward-wash)' },
});

/** The names of the two passes, in the colours that they have everywhere in the lab. */
const passes = new MatchDecorator({
  regexp: /\b(forward|backward)\b(?=\s*\()/g,
  decoration: ([, pass]) => Decoration.mark({ class: `cm-${pass}` }),
});

const colouredPasses = ViewPlugin.define<{ decorations: DecorationSet; update: ViewUpdate }>(
  (view) => ({
    decorations: passes.createDeco(view),
    update(update) {
      this.decorations = passes.updateDeco(update, this.decorations);
    },
  }),
  { decorations: ({ decorations }) => decorations },
);

type ViewUpdate = (update: Parameters<MatchDecorator['updateDeco']>[0]) => void;

/** The look, as an extension. */
export const look: Extension = [frame, syntaxHighlighting(colours), colouredPasses];
