// The report of a check: its verdict, what was found, and how it is printed.

import { formatNumber, type NestedArray } from '../tensor/index.js';
import type { Examination } from './examine.js';
import type { Finding, SlotResult, Verdict } from './finding.js';

/** What a check found. */
export class Report {
  /** The subject's name. */
  readonly name: string;
  readonly slots: readonly SlotResult[];
  /** The gravest first. */
  readonly findings: readonly Finding[];
  /** Number of places at which derivatives were compared. */
  readonly probes: number;
  /** Chance that a wrong element was overlooked, where there are too many to compare each. */
  readonly chanceOfMiss: number;

  constructor(
    name: string,
    slots: readonly SlotResult[],
    findings: readonly Finding[],
    { probes, chanceOfMiss }: Pick<Examination, 'probes' | 'chanceOfMiss'>,
  ) {
    this.name = name;
    this.slots = slots;
    this.findings = findings;
    this.probes = probes;
    this.chanceOfMiss = chanceOfMiss;
  }

  /** `wrong` if any finding is an error, `cannot tell` if any is a doubt, else `right`. */
  get verdict(): Verdict {
    if (this.findings.some(({ severity }) => severity === 'error')) return 'wrong';
    return this.findings.some(({ severity }) => severity === 'doubt') ? 'cannot tell' : 'right';
  }

  /** For a terminal. */
  toText(): string {
    const head = `${this.name}: ${this.verdict}`;
    const slots = this.slots.map((slot) => `  ${slotLine(slot)}`);
    const miss =
      this.chanceOfMiss > 0
        ? [`  along random directions; chance of a miss ${formatNumber(this.chanceOfMiss, 1)}`]
        : [];
    return [head, ...slots, ...miss, ...this.findings.flatMap((each) => ['', ...findingLines(each)])].join(
      '\n',
    );
  }

  /** As plain data, for `JSON.stringify`. */
  toJSON(): {
    readonly name: string;
    readonly verdict: Verdict;
    readonly slots: readonly SlotResult[];
    readonly findings: readonly Finding[];
    readonly probes: number;
    readonly chanceOfMiss: number;
  } {
    const { name, verdict, slots, findings, probes, chanceOfMiss } = this;
    return { name, verdict, slots, findings, probes, chanceOfMiss };
  }

  /** As `toText`. */
  toString(): string {
    return this.toText();
  }
}

function slotLine({ name, outcome, relativeError, numericError }: SlotResult): string {
  switch (outcome) {
    case 'agrees':
      return `by ${name}: right (the numeric derivative is known to ${formatNumber(Math.max(numericError, 1e-15), 1)})`;
    case 'differs':
      return `by ${name}: wrong${Number.isFinite(relativeError) && relativeError > 0 ? `, off by ${formatNumber(100 * relativeError, 3)}%` : ''}`;
    case 'unknown':
      return `by ${name}: cannot tell`;
    case 'not given':
      return `by ${name}: not given`;
  }
}

function findingLines({
  cause,
  message,
  correction,
  stage,
  slot,
  index,
  expected,
  found,
  inputs,
}: Finding): string[] {
  const where = [stage, slot && `${slot}${index?.length ? `[${index.join(', ')}]` : ''}`]
    .filter(Boolean)
    .join(', ');
  return [
    `${cause}${where ? ` (${where})` : ''}`,
    `  ${message}`,
    ...(correction ? [`  ${correction}`] : []),
    ...(expected !== null && found !== null
      ? [`  expected ${formatNumber(expected, 8)}, found ${formatNumber(found, 8)}`]
      : []),
    ...(Object.keys(inputs).length > 0
      ? [
          `  with ${Object.entries(inputs)
            .map(([name, value]) => `${name} = ${shortened(value)}`)
            .join(', ')}`,
        ]
      : []),
  ];
}

function shortened(value: NestedArray): string {
  const text =
    typeof value === 'number'
      ? formatNumber(value)
      : JSON.stringify(value, (_, x: unknown) => (typeof x === 'number' ? Number(formatNumber(x, 4)) : x));
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
