// Many steps one after the other, each with its batch of a data set that lies in memory.

import type { Plan } from '../program/plan.js';
import { brIf, i32, loop, select, type Code } from './assembler.js';
import { TOGETHER, type Dataset } from './dataset.js';
import { KernelWriter } from './kernels.js';
import { MEMORY_START, writeLoops, type Cursor, type Place } from './loops.js';
import type { Memory, Variable } from './memory.js';
import { repeat } from './runs.js';

/** Which steps: `count` of them, at least one, from number `first` on. */
interface Steps {
  readonly first: Code<'i32'>;
  readonly count: Code<'i32'>;
}

/** Steps that take their batches, compute what `writeStep` writes, and leave their reports. */
export function writeRun(
  memory: Memory,
  layout: Plan,
  dataset: Dataset,
  { first, count }: Steps,
  writeStep: (memory: Memory) => void,
): void {
  const { body } = memory;
  const { batchSize, order, noted, reports, inputs } = dataset;
  const each = memory.bytes(1);
  const rowNumber = body.let(i32.add(order, i32.mul(first, 4 * batchSize)));
  const result = body.let(i32.mul(first, each));
  const left = body.let(count);
  const carried = carry(memory, layout, inputs.length);
  const writer = new KernelWriter(memory, layout);

  /** One step; what it notes goes to `slot`, in bytes. */
  const writeRound = (slot: Code<'i32'>): void => {
    for (const { place, lanes, variable } of carried) {
      memory.know(place, memory.page(lanes).numbers(variable), lanes);
    }
    writeBatch(memory, layout, dataset, rowNumber);
    writeStep(memory);
    for (const { place, lanes, variable } of carried) {
      body.do(variable.set(memory.load(place, lanes).code as Code<typeof variable.type>));
    }
    [...noted.values()].forEach(({ start }, i) => {
      const from = fixed(memory.bytes(layout.outputs[i]!.start));
      const to = { address: slot, offset: memory.bytes(start), repeats: false };
      memory.store(to, memory.load(from, 1), 1);
    });
    body.do(rowNumber.set(i32.add(rowNumber, 4 * batchSize)));
  };
  const writeTogether = (): void => {
    const rounds = body.let(select(i32.lt_u(left, TOGETHER), left, i32.const(TOGETHER)));
    const slot = body.let(i32.const(0));
    // No `inLoop`: before the loop nothing is known of memory, and in a round what that round has put into variables.
    body.do(
      loop((again) =>
        body.scope(() => {
          writeRound(slot);
          body.do(slot.set(i32.add(slot, each)));
          body.do(brIf(again, rounds.tee(i32.sub(rounds, 1))));
        }),
      ),
    );
    for (const { node, values } of reports) {
      const target = { address: result, start: memory.bytes(values.start), strides: [1] };
      writer.report(node, TOGETHER, noted, target);
    }
  };
  body.do(
    loop((again) =>
      body.scope(() => {
        writeTogether();
        body.do(result.set(i32.add(result, TOGETHER * each)));
        body.do(brIf(again, i32.gt_s(left.tee(i32.sub(left, TOGETHER)), 0)));
      }),
    ),
  );
}

/** A number, or the first of a vector, so many bytes from the start of memory. */
function fixed(offset: number): Place {
  return { address: MEMORY_START, offset, repeats: false };
}

/** Numbers that a step moves, in variables that the next one takes them from: through memory they would come some cycles later. */
interface Carried {
  readonly place: Place;
  readonly lanes: number;
  readonly variable: Variable;
}

const MOST_CARRIED = 16; // numbers, for which there are registers

/** What is carried from step to step: all that they move, if that is little. Inputs come anew each time. */
function carry(memory: Memory, { leaves, moved: all }: Plan, inputs: number): Carried[] {
  const moved = all.filter((leaf) => leaves.indexOf(leaf) >= inputs);
  if (moved.reduce((total, { size }) => total + size, 0) > MOST_CARRIED) return [];
  return moved.flatMap(({ start, size }) => {
    const carried: Carried[] = [];
    for (let at = 0; at < size;) {
      const lanes = at + memory.lanes <= size ? memory.lanes : 1;
      const place = fixed(memory.bytes(start + at));
      const variable = memory.variable(lanes);
      memory.body.do(variable.set(memory.read(place, lanes) as Code<typeof variable.type>));
      carried.push({ place, lanes, variable });
      at += lanes;
    }
    return carried;
  });
}

/** Copies the rows of one batch to where the step reads them. */
function writeBatch(
  memory: Memory,
  { leaves }: Plan,
  { batchSize, inputs }: Dataset,
  rowNumber: Code<'i32'>,
): void {
  const { body, lanes: most } = memory;
  const widths = inputs.map((_, i) => leaves[i]!.size / batchSize);
  inputs.forEach((_, i) => memory.forget(leaves[i]!.start, leaves[i]!.size));
  const writeRow = (number: Code<'i32'>, targets: readonly Cursor[]): void => {
    const row = body.let(i32.load(number));
    inputs.forEach(({ start }, i) => {
      const cursors = new Map<'from' | 'to', Cursor>([
        [
          'from',
          {
            address: body.let(i32.mul(row, memory.bytes(widths[i]!))),
            start: memory.bytes(start),
            strides: [1],
          },
        ],
        ['to', targets[i]!],
      ]);
      writeLoops(memory, [widths[i]!], cursors, most, (places, lanes) => {
        memory.store(places.get('to')!, memory.load(places.get('from')!, lanes), lanes);
      });
    });
  };
  const targets = inputs.map((_, i): Cursor => ({ start: memory.bytes(leaves[i]!.start), strides: [1] }));
  if (batchSize === 1) {
    writeRow(rowNumber, targets);
    return;
  }
  const number = body.let(rowNumber);
  const moved = targets.map(() => body.let(i32.const(0)));
  repeat(memory, batchSize, () => {
    writeRow(
      number,
      targets.map((target, i) => ({ ...target, address: moved[i]! })),
    );
    body.do(number.set(i32.add(number, 4)));
    moved.forEach((bytes, i) => body.do(bytes.set(i32.add(bytes, memory.bytes(widths[i]!)))));
  });
}
