// Factors: every quantity beside every element of the slot, in the forms that derivatives are made of.

import { sameShape } from '../../tensor/index.js';
import type { Diagnosis, Evidence, Observation } from '../evidence.js';
import { alignments, placeOf } from './align.js';
import { closenessFor, isNear, scaleOf, type Closeness } from './match.js';
import { quantitiesOf, type Role } from './quantities.js';

/** A quantity laid beside the slot: one number for each element of each observation, in a row. */
export interface Column {
  readonly name: string;
  readonly role: Role;
  /** How it lies beside the slot. */
  readonly alignment: string;
  readonly values: Float64Array;
  readonly isBinary: boolean;
}

/** A form of one quantity, such as `1 - a`. */
export interface Factor {
  readonly text: string;
  readonly column: Column;
  readonly form: Form;
  at(row: number): number;
}

/** What is done to a quantity. */
export interface Form {
  readonly text: (u: string) => string;
  readonly of: (u: number) => number;
  /** The plainer, the less. */
  readonly cost: number;
  /** Whether it is the derivative of an activation, by its input or in terms of its result. */
  readonly isLocal?: boolean;
  /** Whether it says something new of zeros and ones. */
  readonly isForBinary?: boolean;
  /** Whether it gives zeros and ones. */
  readonly isMask?: boolean;
  /** Whether it gives 1 and -1. */
  readonly isSign?: boolean;
}

/** The sigmoid of a number. */
export const logistic = (x: number): number => 1 / (1 + Math.exp(-x));

/** The cost of the plainest forms. */
export const PLAIN = 2;

/** The forms, the plainest first. */
export const FORMS: readonly Form[] = [
  { text: (u) => u, of: (u) => u, cost: 1, isForBinary: true },
  { text: (u) => `${u}²`, of: (u) => u * u, cost: 2 },
  { text: (u) => `(1 - ${u})`, of: (u) => 1 - u, cost: 2, isForBinary: true },
  { text: (u) => `${u} * (1 - ${u})`, of: (u) => u * (1 - u), cost: 2, isLocal: true },
  { text: (u) => `(1 - ${u}²)`, of: (u) => 1 - u * u, cost: 2, isLocal: true },
  { text: (u) => `(${u} > 0)`, of: (u) => Number(u > 0), cost: 2, isLocal: true, isMask: true },
  { text: (u) => `(1 + ${u})`, of: (u) => 1 + u, cost: 3 },
  { text: (u) => `(1 - ${u})²`, of: (u) => (1 - u) ** 2, cost: 4 },
  { text: (u) => `(1 + ${u}²)`, of: (u) => 1 + u * u, cost: 3 },
  { text: (u) => `|${u}|`, of: Math.abs, cost: 3 },
  { text: (u) => `sign(${u})`, of: Math.sign, cost: 3, isSign: true },
  { text: (u) => `(1 + |${u}|)`, of: (u) => 1 + Math.abs(u), cost: 3 },
  { text: (u) => `√${u}`, of: (u) => Math.sqrt(u), cost: 3 },
  { text: (u) => `${u}³`, of: (u) => u ** 3, cost: 3 },
  { text: (u) => `(${u} <= 0)`, of: (u) => Number(u <= 0), cost: 3, isMask: true },
  { text: (u) => `exp(${u})`, of: (u) => Math.exp(u), cost: 3 },
  { text: (u) => `exp(-${u})`, of: (u) => Math.exp(-u), cost: 3 },
  { text: (u) => `log(${u})`, of: (u) => Math.log(u), cost: 3 },
  { text: (u) => `sigmoid(${u})`, of: logistic, cost: 4 },
  { text: (u) => `sigmoid'(${u})`, of: (u) => logistic(u) * logistic(-u), cost: 4, isLocal: true },
  { text: (u) => `(1 - sigmoid(${u}))`, of: (u) => logistic(-u), cost: 4 },
  { text: (u) => `tanh(${u})`, of: Math.tanh, cost: 4 },
  { text: (u) => `tanh'(${u})`, of: (u) => 1 - Math.tanh(u) ** 2, cost: 4, isLocal: true },
  { text: (u) => `sin(${u})`, of: Math.sin, cost: 4 },
  { text: (u) => `cos(${u})`, of: Math.cos, cost: 4 },
];

/** Evidence together with the factors that its numbers could be made of. */
export interface View extends Evidence {
  /** All forms of all columns, the plainest first. */
  readonly factors: () => readonly Factor[];
}

/** A mistake that is looked for among factors. */
export type FactorHypothesis = (view: View) => Diagnosis | null;

/** The evidence as a view; its factors are made when they are first asked for, and then kept. */
export function viewOf(evidence: Evidence): View {
  let known: readonly Factor[] | null = null;
  return { ...evidence, factors: () => (known ??= factorsOf(columnsOf(evidence))) };
}

/** What was expected and found, element by element, in the rows of the columns. */
export interface Points {
  readonly expected: Float64Array;
  readonly found: Float64Array;
  /** The upstream of the same element, or the only one there is; NaN where they do not go together. */
  readonly upstream: Float64Array;
  /** Rows that tell something, those with the largest numbers first. */
  readonly rows: readonly number[];
  readonly scale: number;
  readonly closeness: Closeness;
}

/** The points of a view, or null if what was found has another shape than the slot. */
export function pointsOf({ observations }: Evidence): Points | null {
  if (!observations.every(({ found, expected }) => sameShape(found.shape, expected.shape))) return null;
  const inRow = (values: (observation: Observation) => Iterable<number>): Float64Array =>
    Float64Array.from(observations.flatMap((each) => [...values(each)]));
  const expected = inRow((each) => each.expected.data);
  const found = inRow((each) => each.found.data);
  const upstream = inRow(({ upstream, value, output }) => {
    if (output.size > 1 && placeOf(upstream)) return value.data.map(() => 1); // one output at a time
    if (sameShape(upstream.shape, value.shape)) return upstream.data;
    return value.data.map(() => (upstream.size === 1 ? upstream.data[0]! : NaN));
  });
  const scale = scaleOf(expected);
  const size = (row: number): number => Math.abs(expected[row]!) + Math.abs(found[row]!);
  const rows = [...expected.keys()]
    .filter((row) => size(row) > 1e-9 * scale)
    .sort((a, b) => size(b) - size(a));
  return { expected, found, upstream, rows, scale, closeness: closenessFor(observations[0]!.found) };
}

/** Whether `left` and `right` are alike in every row that tells something; there must be a few of those. */
export function alikeInAll(
  { rows, scale, closeness }: Points,
  left: (row: number) => number,
  right: (row: number) => number,
): boolean {
  return rows.length >= 3 && rows.every((row) => isNear(left(row), right(row), scale, closeness));
}

/** The number that all rows have in common, or null. */
export function commonIn({ rows, closeness }: Points, at: (row: number) => number): number | null {
  if (rows.length < 3) return null;
  const first = at(rows[0]!);
  if (first === 0 || !Number.isFinite(first)) return null;
  return rows.every((row) => isNear(at(row), first, 0, closeness)) ? first : null;
}

function factorsOf(columns: readonly Column[]): Factor[] {
  const factors = columns.flatMap((column) =>
    formsFor(column).map((form): Factor => ({
      text: form.text(column.name),
      column,
      form,
      at: (row) => form.of(column.values[row]!),
    })),
  );
  const rows = [...(columns[0]?.values.keys() ?? [])];
  const varies = ({ at }: Factor): boolean => rows.some((row) => at(row) !== at(0));
  return factors.filter(varies).sort((a, b) => a.form.cost - b.form.cost);
}

/** Of zeros and ones most forms say nothing; of the upstream they make no sense. */
function formsFor({ isBinary, role }: Column): readonly Form[] {
  if (role === 'upstream' || role === 'total') return FORMS.slice(0, 2);
  return isBinary ? FORMS.filter(({ isForBinary }) => isForBinary) : FORMS;
}

function columnsOf(evidence: Evidence): Column[] {
  const { observations } = evidence;
  const laid = observations.map((observation) => {
    const { value, output, upstream } = observation;
    const at = output.size > 1 ? placeOf(upstream) : null;
    const beside = new Map<string, { name: string; role: Role; alignment: string; data: Float64Array }>();
    for (const { name, role, value: quantity } of quantitiesOf(evidence, observation)) {
      for (const [alignment, { data }] of alignments(quantity, value.shape, output.shape, at)) {
        beside.set(`${name}, ${role}, ${alignment}`, { name, role, alignment, data });
      }
    }
    return beside;
  });
  const columns: Column[] = [];
  for (const [key, { name, role, alignment }] of laid[0] ?? []) {
    const parts = laid.map((beside) => beside.get(key)?.data);
    if (!parts.every((part) => part !== undefined)) continue;
    const values = Float64Array.from(parts.flatMap((part) => [...part]));
    const isConstant = values.every((x) => x === values[0]);
    const isKnown = columns.some((other) => values.every((x, i) => x === other.values[i]));
    if (isConstant || isKnown) continue;
    columns.push({ name, role, alignment, values, isBinary: values.every((x) => x === 0 || x === 1) });
  }
  return columns;
}
