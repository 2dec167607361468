// The check page's texts in English: the source that other languages translate. `{name}` is filled in.

import { causes } from './causes.en.js';

export const en = {
  title: 'Check',
  intro:
    'Write forward and backward; every derivative is compared with a numeric one, and a mistake is named at its line. Your code runs on this machine alone, in a place of its own without a network, for at most {seconds} s.',

  menu: 'Examples and exercises',
  examples: 'Examples',
  'example-sigmoid': 'A right sigmoid',
  'example-bce': 'The loss of the notes',
  'example-layer': 'A layer on a batch',
  'example-own': 'Functions of your own',
  exercises: 'Exercises',
  'solved.count': '{solved} of {count} solved',
  'mark.solved': 'solved',
  'mark.begun': 'begun',

  editor: 'Your code, in TypeScript',
  'editor.keys': 'Tab indents. To leave the editor, press Escape and then Tab. Ctrl+Enter checks.',
  'editor.label': 'Your code, in TypeScript. Tab indents; Escape, then Tab leaves; Control and Enter checks.',
  inputs: 'Inputs',
  'inputs.note': 'One call’s arguments, as in {example}. Empty: numbers and shapes are tried.',
  check: 'Check',
  stop: 'Stop',
  reset: 'Begin again',

  'hint.next': 'Hint {number} of {count}',
  'hint.number': 'Hint {number}',
  next: 'Next: {title}',

  result: 'Result',
  changed: 'The text has changed since.',
  'running.running': 'Your code is being run.',
  'running.checking': 'Your derivatives are being compared.',
  loading: 'The worker is loading.',
  'verdict.right': 'Right',
  'verdict.wrong': 'Wrong',
  'verdict.cannot tell': 'Cannot tell',
  'verdict.unfinished': 'Unfinished',
  'verdict.solved': 'Solved',
  'verdict.failed': 'Not checked',
  'slot.agrees': 'right',
  'slot.differs': 'wrong',
  'slot.unknown': 'cannot tell',
  'slot.not given': 'not given',
  'slot.by': 'by {name}',
  line: 'Line {line}',
  try: 'Try',
  expected: 'expected',
  found: 'found',
  with: 'with',
  printed: 'Printed',
  inEnglish: 'In English',

  nothing:
    'There is nothing to check: write a class with forward and backward, or two functions called forward and backward.',
  refused: '{name} cannot be checked',
  noInputs:
    'The numbers, vectors and matrices that were tried do not fit {name}. Type inputs that do below your code.',
  'noInputs.error': 'With plain numbers it ended in {error}',
  unmade:
    'The constructor of {name} wants arguments. Add an object with some, as in: export const mine = new {name}(…)',
  syntax: 'This is not TypeScript: {message}',
  import: 'There is nothing called {name} to import here; only chainrule is.',
  threw: 'Running your code ends in {message}',
  badInputs: 'Inputs must be numbers and lists of numbers, as in {example}; got {text}',
  'time.running':
    'Still running after {seconds} s, and stopped: is there a loop or an await outside of forward and backward that never ends?',
  'time.checking':
    'Still running after {seconds} s, and stopped: is there a loop in forward or backward that never ends?',
  stopped: 'Stopped.',
  memory:
    'It has filled all the memory that the browser gives, and has ended: does something grow in a loop that never ends?',
  broke: 'The worker that runs your code has failed; load the page again. {message}',

  'part.right': 'right',
  'part.todo': 'still to be filled in: {what}',
  'part.missing': 'missing',
  'part.forward': 'forward is wrong',
  'part.backward': 'forward is right, backward is wrong',
  'problem.notExported': 'There is no {name}. Keep the names of the skeleton.',
  'problem.constructor': 'Making it fails: {error}',
  'problem.throws': '{call} throws {error}',
  'problem.notNumeric': '{call} returns {found}; expected a number or an array of numbers.',
  'problem.shape': '{call} returns shape {found}, expected {expected}.',
  'problem.value': '{call} returns {found}, expected {expected}.',
  'problem.element': 'Element {index} of what {call} returns is {found}, expected {expected}.',
  'problem.noDerivative': 'backward gives no derivative by {slot}.',

  ...causes,
} as const;

/** The name of a text. */
export type TextKey = keyof typeof en;

/** All texts in one language. */
export type Texts = Readonly<Record<TextKey, string>>;
