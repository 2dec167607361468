// An explanation as Markdown with LaTeX, as GitHub, Jupyter and Obsidian show it.

import { nameToLatex, numberToLatex, parse, toLatex } from '../expression/index.js';
import type { NestedArray } from '../tensor/index.js';
import type { Derivation, Step } from './derivation.js';
import { formatValue } from './format.js';
import type { ExplanationLabels } from './labels.js';
import { derivativeName } from './names.js';
import { backwardRows, sumRows } from './rows.js';

/** The derivation as Markdown: a table forward, a table backward, the sums, the gradients, and composites from inside. */
export function renderMarkdown(derivation: Derivation, labels: ExplanationLabels): string {
  const { output, value, steps, leaves, gradients } = derivation;
  const given = leaves.map((leaf) => equation(leaf.name, [], leaf.value));
  const sums = sumRows(derivation).map(({ target, terms, sum }) =>
    equation(target, [terms.map(({ product }) => valueToLatex(product)).join(' + ')], sum),
  );
  const found = Object.entries(gradients).map(([name, gradient]) =>
    equation(derivativeName(output, name), [], gradient),
  );
  return [
    `# ${equation(output, [], value)}`,
    ...section(labels.forward, [given.join(', '), ...forwardTable(steps, labels)]),
    ...section(labels.backward, backwardTable(steps, output, labels)),
    ...section(
      labels.sums,
      sums.map((sum) => `- ${sum}`),
    ),
    ...section(
      labels.gradients,
      found.map((gradient) => `- ${gradient}`),
    ),
    ...insides(steps, output, labels),
    ...(found.length === 0 ? ['', labels.noGradient] : []),
    '',
  ].join('\n');
}

function forwardTable(steps: readonly Step[], labels: ExplanationLabels): string[] {
  if (steps.length === 0) return [];
  return [
    '',
    `| | ${labels.formula} | ${labels.value} |`,
    '|---|---|---|',
    ...steps.map(
      ({ name, formula, value }) =>
        `| $${nameToLatex(name)}$ | $${formulaToLatex(formula)}$ | $${valueToLatex(value)}$ |`,
    ),
  ];
}

function backwardTable(steps: readonly Step[], output: string, labels: ExplanationLabels): string[] {
  const rows = backwardRows(steps, output);
  if (rows.length === 0) return [];
  return [
    '',
    `| ${labels.derivative} | ${labels.local} | ${labels.upstream} | ${labels.product} |`,
    '|---|---|---|---|',
    ...rows.map((row) => {
      const local =
        row.local === null
          ? formulaToLatex(row.formula ?? row.target)
          : [nameToLatex(row.localName), row.formula && formulaToLatex(row.formula), valueToLatex(row.local)]
              .filter((part, i, parts) => part !== null && part !== parts[i - 1])
              .join(' = ');
      return `| $${nameToLatex(row.target)}$ | $${local}$ | $${valueToLatex(row.upstream)}$ | $${valueToLatex(row.product)}$ |`;
    }),
  ];
}

function insides(steps: readonly Step[], output: string, labels: ExplanationLabels): string[] {
  return steps.flatMap((step) => {
    if (step.stages.length === 0) return [];
    const title = labels.inside
      .replace('{name}', `$${nameToLatex(step.name)}$`)
      .replace('{operation}', `$${formulaToLatex(step.formula)}$`);
    return [
      ...section(
        title,
        [...forwardTable(step.stages, labels), ...backwardTable(step.stages, output, labels)],
        3,
      ),
      ...insides(step.stages, output, labels),
    ];
  });
}

function section(title: string, lines: readonly string[], level = 2): string[] {
  return lines.every((line) => line === '') ? [] : ['', `${'#'.repeat(level)} ${title}`, '', ...lines];
}

function equation(name: string, middle: readonly string[], value: NestedArray): string {
  return `$${[nameToLatex(name), ...middle, valueToLatex(value)].join(' = ')}$`;
}

/** A formula in LaTeX; a `|` would end a cell of the table. */
function formulaToLatex(formula: string): string {
  return toLatex(parse(formula))
    .replaceAll('\\left|', '\\left\\vert ')
    .replaceAll('\\right|', '\\right\\vert ');
}

function valueToLatex(value: NestedArray): string {
  return typeof value === 'number' ? numberToLatex(value) : `\\text{${formatValue(value)}}`;
}
