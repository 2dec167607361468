// `npm run corpus`: prints how many of the corpus' verdicts are right and how many causes are named.

import { hasCause, isFalselyNamed, isJudged, isNamed, measure, type Outcome } from './measure.js';

const outcomes = measure(process.env['ONLY']);
const wrong = outcomes.filter(({ isWrong }) => isWrong);
const right = outcomes.filter(({ isWrong }) => !isWrong);
const withCause = wrong.filter(hasCause);

const names = [...new Set(outcomes.map(({ name }) => name))];
const rows = names.map((name) => {
  const own = outcomes.filter((outcome) => outcome.name === name);
  const bugs = own.filter(hasCause);
  return [
    name,
    share(own.filter(isJudged), own),
    share(bugs.filter(isNamed), bugs),
    `${Math.round(own.reduce((total, { milliseconds }) => total + milliseconds, 0))} ms`,
  ];
});
print([['function', 'verdicts right', 'causes named', 'time'], ...rows]);

for (const outcome of outcomes) {
  if (!isJudged(outcome)) print([['VERDICT', outcome.name, outcome.what, outcome.verdict, outcome.message]]);
  else if (isFalselyNamed(outcome)) print([['FALSE NAME', ...described(outcome)]]);
  else if (hasCause(outcome) && !isNamed(outcome)) print([['not named', ...described(outcome)]]);
}

print([
  ['functions', String(names.length)],
  ['right code called right', share(right.filter(isJudged), right)],
  ['planted bugs called wrong', share(wrong.filter(isJudged), wrong)],
  ['verdicts right', share(outcomes.filter(isJudged), outcomes)],
  ['causes named, of those with a simple one', share(withCause.filter(isNamed), withCause)],
  ['causes named, of all planted bugs', share(wrong.filter(isNamed).filter(hasCause), wrong)],
  ['falsely named', share(wrong.filter(isFalselyNamed), wrong)],
  ['time', `${(outcomes.reduce((total, { milliseconds }) => total + milliseconds, 0) / 1000).toFixed(1)} s`],
]);

function described({ name, what, expected, named, message }: Outcome): string[] {
  return [name, what, `expected ${expected.join(' or ')}`, `found ${named.join(', ') || 'nothing'}`, message];
}

function share(some: readonly Outcome[], all: readonly Outcome[]): string {
  const percent = all.length === 0 ? '' : ` (${((100 * some.length) / all.length).toFixed(1)}%)`;
  return `${some.length} of ${all.length}${percent}`;
}

/** Rows in columns. */
function print(table: readonly (readonly string[])[]): void {
  const widths = table[0]!.map((_, column) => Math.max(...table.map((row) => row[column]!.length)));
  for (const row of table)
    console.log(
      row
        .map((cell, i) => cell.padEnd(widths[i]!))
        .join('  ')
        .trimEnd(),
    );
  if (table.length > 1) console.log();
}
