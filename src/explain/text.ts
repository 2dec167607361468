// An explanation as text for the terminal, in aligned columns.

import { parse, print } from '../expression/index.js';
import type { NestedArray } from '../tensor/index.js';
import type { Derivation, Step } from './derivation.js';
import { formatValue } from './format.js';
import type { ExplanationLabels } from './labels.js';
import { derivativeName } from './names.js';
import { backwardRows, sumRows } from './rows.js';

/** The derivation as text: forward, backward, sums, gradients, and the inside of each composite. */
export function renderText(derivation: Derivation, labels: ExplanationLabels, room: number): string {
  const { output, value, steps, leaves, gradients } = derivation;
  const given = leaves.map((leaf) => [leaf.name, '', `= ${formatValue(leaf.value)}`]);
  const forward = [...(steps.length > 0 ? given : []), ...forwardCells(steps)];
  const sums = sumRows(derivation).map(({ target, terms, sum }) => [
    target,
    `= ${added(terms.map(({ product }) => product))}`,
    `= ${formatValue(sum)}`,
  ]);
  const found = Object.entries(gradients).map(([name, gradient]) => [
    derivativeName(output, name),
    `= ${formatValue(gradient)}`,
  ]);
  const sections = [
    `${output} = ${formatValue(value)}`,
    section(labels.forward, forward, room),
    section(
      `${labels.backward}: ${labels.upstream} * ${labels.local} = ${labels.product}`,
      backwardCells(steps, output),
      room,
    ),
    section(labels.sums, sums, room),
    section(labels.gradients, found, room),
    ...insides(steps, output, labels, room),
    ...(found.length === 0 ? [labels.noGradient] : []),
  ];
  return sections.filter((text) => text !== '').join('\n\n');
}

function forwardCells(steps: readonly Step[]): string[][] {
  return steps.map(({ name, formula, value }) => [name, `= ${formula}`, `= ${formatValue(value)}`]);
}

function backwardCells(steps: readonly Step[], output: string): string[][] {
  return backwardRows(steps, output).map((row) => [
    row.target,
    `= ${row.local === null ? (row.formula ?? row.target) : times(row.upstreamName, row.formula ?? row.localName)}`,
    row.local === null ? '' : `= ${numbersOf(row.upstream, row.numbers, row.local)}`,
    `= ${formatValue(row.product)}`,
  ]);
}

/** Composites from the inside, and their composites. */
function insides(steps: readonly Step[], output: string, labels: ExplanationLabels, room: number): string[] {
  return steps.flatMap((step) => {
    if (step.stages.length === 0) return [];
    const title = labels.inside.replace('{name}', step.name).replace('{operation}', step.formula);
    const rows = [...forwardCells(step.stages), [], ...backwardCells(step.stages, output)];
    return [section(title, rows, room), ...insides(step.stages, output, labels, room)];
  });
}

/** Upstream times local derivative with the numbers put in. Arrays are no formulas and are written side by side. */
function numbersOf(upstream: NestedArray, numbers: string | null, local: NestedArray): string {
  if (typeof upstream === 'number' && typeof local === 'number') {
    return times(formatValue(upstream), numbers ?? formatValue(local));
  }
  return `${formatValue(upstream)} * ${formatValue(local)}`;
}

/** The product of two formulas, with brackets where they are needed. */
function times(left: string, right: string): string {
  return print({ kind: 'binary', sign: '*', left: parse(left), right: parse(right), start: 0 });
}

/** `3 - 0.5 + 1`. */
function added(terms: readonly NestedArray[]): string {
  return terms.map(formatValue).join(' + ').replaceAll('+ -', '- ');
}

/** A heading over columns of equal width, or, where those would be too wide, over cells one below the other. */
function section(title: string, rows: readonly (readonly string[])[], room: number): string {
  if (rows.length === 0) return '';
  const columns = Math.max(...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, i) =>
    Math.max(...rows.map((row) => width(row[i] ?? ''))),
  );
  const fits = widths.reduce((total, column) => total + column + 2, 0) <= room;
  const lines = rows.flatMap((row) => (fits ? [inColumns(row, widths)] : stacked(row)));
  return [title, ...lines.map((line) => `  ${line}`.trimEnd())].join('\n');
}

function inColumns(row: readonly string[], widths: readonly number[]): string {
  return row.map((cell, i) => cell + ' '.repeat(widths[i]! - width(cell))).join('  ');
}

/** The name and the first equation on one line, the others below it. */
function stacked(row: readonly string[]): string[] {
  const [name = '', ...cells] = row;
  const [first = '', ...others] = cells.map((cell) => cell.trim()).filter((cell) => cell !== '');
  return [`${name} ${first}`, ...others.map((cell) => ' '.repeat(width(name) + 1) + cell)];
}

/** Columns that a text takes in a terminal: Korean, Chinese and Japanese characters take two. */
function width(text: string): number {
  return [...text].reduce(
    (total, character) =>
      total + (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uff00-\uff60]/u.test(character) ? 2 : 1),
    0,
  );
}
