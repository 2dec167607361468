// An explanation as a page that stands alone: MathML formulas, no script, nothing to load.

import { nameToMathML, numberToMathML, parse, toMathML } from '../expression/index.js';
import { toTensor, type NestedArray } from '../tensor/index.js';
import type { Derivation, Quantity, Step } from './derivation.js';
import { formatValue } from './format.js';
import type { ExplanationLabels } from './labels.js';
import { derivativeName } from './names.js';
import { backwardRows, sumRows, type BackwardRow } from './rows.js';

const LARGEST_MATRIX = 16; // elements

const STYLE = `
:root { color-scheme: light dark; --ink: light-dark(#1d2433, #e6e9ef); --soft: light-dark(#5b6475, #9aa4b5);
  --page: light-dark(#ffffff, #12151c); --card: light-dark(#f5f6f8, #1b2029); --line: light-dark(#dde1e8, #2d3440);
  --value: light-dark(#0b5cad, #7ab8ff); }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem 1rem 4rem; max-width: 64rem; color: var(--ink); background: var(--page);
  font: 1rem/1.5 system-ui, sans-serif; }
h1 { font-size: 1.6rem; font-weight: 600; margin: 0 0 1rem; }
h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th { text-align: left; font-size: .8rem; font-weight: 500; color: var(--soft); }
th, td { padding: .45rem .9rem .45rem 0; border-bottom: 1px solid var(--line); white-space: nowrap; }
.value, .value math { color: var(--value); }
details { margin: 1rem 0; padding: .6rem 1rem; background: var(--card); border-radius: .5rem; }
summary { cursor: pointer; }
ul { padding-left: 1.2rem; }
li { margin: .5rem 0; }
mtd { padding: .15em .35em; }
.matrix { border-inline: 1.5px solid currentColor; border-radius: .4em; }
math { font-size: 1.1em; }
@media print { details { break-inside: avoid; } }
`;

/** The derivation as a whole page, composites folded away until they are opened. */
export function renderHTML(derivation: Derivation, labels: ExplanationLabels, lang: string): string {
  const { output, value, steps, leaves, gradients } = derivation;
  const title = `${output} = ${formatValue(value)}`;
  const sums = sumRows(derivation).map(({ target, terms, sum }) => {
    const added = terms.map(({ product }) => termToMathML(product)).join('<mo>+</mo>');
    return `<li>${math(`${nameToMathML(target)}<mo>=</mo>${added}<mo>=</mo>${valueToMathML(sum)}`)}</li>`;
  });
  const found = Object.entries(gradients).map(
    ([name, gradient]) => `<li>${equation(derivativeName(output, name), gradient)}</li>`,
  );
  return `<!doctype html>
<html lang="${escape(lang)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${equation(output, value)}</h1>
<main>
${[
  section(labels.forward, [forwardTable([...leaves, ...steps], labels)]),
  section(labels.backward, [backwardTable(steps, output, labels)]),
  section(labels.sums, [list(sums)]),
  section(labels.gradients, [found.length > 0 ? list(found) : `<p>${escape(labels.noGradient)}</p>`]),
  ...insides(steps, output, labels),
].join('\n')}
</main>
</body>
</html>
`;
}

function forwardTable(values: readonly (Quantity | Step)[], labels: ExplanationLabels): string {
  const rows = values.map((quantity) => [
    math(nameToMathML(quantity.name)),
    'formula' in quantity ? math(formulaToMathML(quantity.formula)) : '',
    mathValue(quantity.value),
  ]);
  return table(['', labels.formula, labels.value], rows);
}

function backwardTable(steps: readonly Step[], output: string, labels: ExplanationLabels): string {
  const rows = backwardRows(steps, output).map((row) => [
    math(nameToMathML(row.target)),
    math(localToMathML(row)),
    mathValue(row.upstream),
    mathValue(row.product),
  ]);
  return table([labels.derivative, labels.local, labels.upstream, labels.product], rows);
}

function localToMathML({ local, formula, localName }: BackwardRow): string {
  const parts = [
    local === null ? null : nameToMathML(localName),
    formula === null ? null : formulaToMathML(formula),
    local === null ? null : valueToMathML(local),
  ].filter((part): part is string => part !== null);
  return parts.filter((part, i) => part !== parts[i - 1]).join('<mo>=</mo>');
}

function insides(steps: readonly Step[], output: string, labels: ExplanationLabels): string[] {
  return steps.flatMap((step) => {
    if (step.stages.length === 0) return [];
    const [before = '', between = '', after = ''] = labels.inside.split(/\{name\}|\{operation\}/);
    const names = [math(nameToMathML(step.name)), math(formulaToMathML(step.formula))];
    const [first, second] =
      labels.inside.indexOf('{name}') < labels.inside.indexOf('{operation}') ? names : names.reverse();
    return [
      `<details><summary>${escape(before)}${first}${escape(between)}${second}${escape(after)}</summary>`,
      forwardTable(step.stages, labels),
      backwardTable(step.stages, output, labels),
      ...insides(step.stages, output, labels),
      '</details>',
    ];
  });
}

function section(title: string, parts: readonly string[]): string {
  return parts.every((part) => part === '')
    ? ''
    : `<section>\n<h2>${escape(title)}</h2>\n${parts.join('\n')}\n</section>`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const cells = (tag: string, row: readonly string[]): string =>
    row.map((cell) => `<${tag}>${cell}</${tag}>`).join('');
  const body = rows.map((row) => `<tr>${cells('td', row)}</tr>`).join('\n');
  return `<div class="scroll"><table>\n<thead><tr>${cells('th', head.map(escape))}</tr></thead>\n<tbody>\n${body}\n</tbody>\n</table></div>`;
}

function list(items: readonly string[]): string {
  return items.length === 0 ? '' : `<ul>\n${items.join('\n')}\n</ul>`;
}

function equation(name: string, value: NestedArray): string {
  return math(`${nameToMathML(name)}<mo>=</mo>${valueToMathML(value)}`);
}

function mathValue(value: NestedArray): string {
  return `<span class="value">${math(valueToMathML(value))}</span>`;
}

/** A number; a small vector or matrix in brackets; anything larger in words. */
function valueToMathML(value: NestedArray): string {
  if (typeof value === 'number') return numberToMathML(value);
  const { data, shape } = toTensor(value);
  if (shape.length > 2 || data.length === 0 || data.length > LARGEST_MATRIX) {
    return `<mtext>${escape(formatValue(value))}</mtext>`;
  }
  const columns = shape.at(-1)!;
  const cells = Array.from(data, (element) => `<mtd>${numberToMathML(element)}</mtd>`);
  const rows = Array.from(
    { length: data.length / columns },
    (_, i) => `<mtr>${cells.slice(i * columns, (i + 1) * columns).join('')}</mtr>`,
  );
  return `<mtable class="matrix" columnalign="right">${rows.join('')}</mtable>`;
}

/** A value as a term of a sum: in brackets where it is negative. */
function termToMathML(value: NestedArray): string {
  const written = valueToMathML(value);
  return typeof value === 'number' && value < 0 ? `<mrow><mo>(</mo>${written}<mo>)</mo></mrow>` : written;
}

function formulaToMathML(formula: string): string {
  return toMathML(parse(formula));
}

function math(inner: string): string {
  return `<math displaystyle="true">${inner}</math>`;
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
