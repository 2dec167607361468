// A machine: a compiled program, the memory that it works in, and the tensors that it stands for.

import { ShapeError } from '../../errors.js';
import { Tensor, type DType, type Shape } from '../../tensor/index.js';
import { lower, type Program } from '../program/lower.js';
import { plan, type Buffer, type Plan } from '../program/plan.js';
import { reporting } from '../program/report.js';
import { trace, type Step } from '../program/trace.js';
import { WebAssembly, type WasmMemory } from './assembler.js';
import { compiledModule } from './cache.js';
import { Helpers } from './crew.js';
import { KEPT, layOut, type Dataset, type Samples } from './dataset.js';
import { Duel } from './duel.js';
import { generate } from './generate.js';
import { BYTES, type Float } from './loops.js';
import { bestTarget, type Target } from './target.js';

/** Numbers in the memory of a machine. */
export type Numbers = Float64Array | Float32Array;

/** How a machine computes. */
export interface MachineOptions {
  readonly float: Float;
  /** Default: what gives the same bits everywhere. */
  readonly target?: Target;
  /** At most so many threads, on kernels for which it pays. Default 1. */
  readonly threads?: number;
}

/** The values that tensors had at one time. */
export interface Kept {
  /** Whether none of them is NaN or infinite. */
  isFinite(): boolean;
  putBack(): void;
}

/** What keeps the values of the tensors that it moves by itself, without their being read. */
export interface Keeper {
  readonly moved: readonly Tensor[];
  keep(): Kept;
}

/** What generate.ts exports: `run` and `keep` where there is a data set, else `step`. */
interface Exports {
  step?(): void;
  run?(first: number, count: number): void;
  /** Copies what steps move to a byte in memory. */
  keep?(place: number): void;
}

/** A step compiled for inputs of certain shapes. */
export class Machine implements Keeper {
  /** What the step gives: shape and dtype of each output. */
  readonly results: readonly { readonly shape: Shape; readonly dtype: DType }[];
  readonly #program: Program;
  readonly #plan: Plan;
  readonly #memory: WasmMemory;
  readonly #exports: Exports;
  readonly #float: Float;
  readonly #helpers: Helpers | null;
  readonly #duel = new Duel();
  #sharedSteps = 0;
  readonly #dataset: Dataset | null;
  readonly #views = new Map<Buffer, Numbers>();
  #keeps = 0;
  /** The version of each leaf that memory holds. */
  readonly #held = new Map<number, number>();

  constructor(
    step: Step,
    examples: readonly Tensor[],
    { float, target = bestTarget(true), threads = 1 }: MachineOptions,
    samples: Samples | null = null,
  ) {
    const traced = trace(step, examples);
    this.results = traced.outputs.map(({ shape, dtype }) => ({ shape, dtype }));
    const lowered = lower(traced);
    const { program, reports } = samples ? reporting(lowered) : { program: lowered, reports: [] };
    this.#program = program;
    this.#plan = plan(program);
    this.#float = float;
    const { dataset, bytes } = layOut(samples, this.#plan, float, { program, reports });
    this.#dataset = dataset;
    const sizes = samples && [samples.inputs.map(({ size }) => size), samples.batchSize, samples.steps];
    const text = JSON.stringify([float, target, threads, sizes, program.text]);
    const { module, shared } = compiledModule(text, () =>
      generate(this.#plan, float, bytes, dataset, { target, threads }),
    );
    const imported =
      shared && new WebAssembly.Memory({ initial: shared.pages, maximum: shared.pages, shared: true });
    const { exports } = new WebAssembly.Instance(module, imported ? { env: { memory: imported } } : {});
    const memory = imported ?? (exports['memory'] as WasmMemory);
    this.#memory = memory;
    this.#exports = exports as unknown as Exports;
    this.#helpers = shared && new Helpers({ module, memory }, shared.control, threads - 1);
    samples?.inputs.forEach((input, i) => this.#view(dataset!.inputs[i]!).set(input.data));
  }

  /** One step on inputs; gives the outputs. */
  step(inputs: readonly Tensor[]): Tensor[] {
    inputs.forEach((input, i) => this.#view(this.#plan.leaves[i]!).set(input.data));
    this.#attempt(() => this.#exports.step!(), 1);
    return this.#plan.outputs.map((buffer, i) => {
      const { shape, dtype } = this.results[i]!;
      return new Tensor(new Float64Array(this.#view(buffer)), shape, { dtype });
    });
  }

  /** In which order the samples come. */
  setOrder(order: ArrayLike<number>): void {
    new Int32Array(this.#memory.buffer, this.#dataset!.order, order.length).set(order);
  }

  /**
   * Steps `first` and following of an epoch; gives their outputs, single numbers: for each its values, step by step, which
   * stand until these steps are run again.
   */
  run(first: number, count: number): Numbers[] {
    this.#attempt(() => this.#exports.run!(first, count), count);
    return this.#dataset!.reports.map(({ values }) => this.#view(values).subarray(first, first + count));
  }

  /** Runs with the present values of the tensors around the step, and gives those that it moves their new ones. */
  #attempt(run: () => void, steps: number): void {
    const { leaves, inputCount, updates } = this.#program;
    for (let i = inputCount; i < leaves.length; i++) {
      const leaf = leaves[i]!;
      if (this.#held.get(i) === leaf.version) continue;
      this.#view(this.#plan.leaves[i]!).set(leaf.data);
      this.#held.set(i, leaf.version);
    }
    try {
      if (this.#helpers) this.#runShared(this.#helpers, run, steps);
      else run();
    } catch (error) {
      // The one thing that traps: see kernels.ts. The steps before it are done.
      const message = 'compile: a whole number that picks an element (a label, say) lies outside its axis';
      throw new ShapeError(message, { cause: error });
    } finally {
      for (const { leaf: i } of updates) this.#hand(i);
    }
  }

  /** Gives a tensor what its place in memory holds: when somebody reads it, or at once if not every number is one of its dtype. */
  #hand(i: number): void {
    const leaf = this.#program.leaves[i]!;
    const numbers = this.#view(this.#plan.leaves[i]!);
    if (leaf.dtype === 'float64') leaf.assignLater(() => new Float64Array(numbers));
    else leaf.assign(new Tensor(new Float64Array(numbers), leaf.shape));
    this.#held.set(i, leaf.version);
  }

  /** The tensors that the step moves. */
  get moved(): readonly Tensor[] {
    return this.#program.updates.map(({ leaf }) => this.#program.leaves[leaf]!);
  }

  /** Keeps the present values of what the step moves, until it has been called `KEPT` times more. */
  keep(): Kept {
    const { leaves, updates } = this.#program;
    const { moved, kept } = this.#dataset!;
    const place = kept[this.#keeps++ % KEPT]!;
    this.#exports.keep!(place.start * BYTES[this.#float]);
    const values = updates.map(({ leaf: i }): Numbers => {
      const isHere = this.#held.get(i) === leaves[i]!.version;
      const { start, size } = this.#plan.leaves[i]!;
      const from = start - moved.start;
      return isHere ? this.#view(place).subarray(from, from + size) : leaves[i]!.data;
    });
    return {
      isFinite: () => values.every((numbers) => numbers.every(Number.isFinite)),
      putBack: () =>
        this.moved.forEach((leaf, i) => leaf.assign(new Tensor(new Float64Array(values[i]!), leaf.shape))),
    };
  }

  /** Whether the program is large enough for threads to share. */
  get isShared(): boolean {
    return this.#helpers !== null;
  }

  /** Steps so far that threads have shared. */
  get sharedSteps(): number {
    return this.#sharedSteps;
  }

  /** Lets go of the threads that help, and of the memory, from which tensors may still have their numbers to fetch. */
  dispose(): void {
    for (const { data } of this.moved) void data;
    this.#helpers?.dismiss();
  }

  /** Alone or together, whichever has been faster: other programs may need the cores, too. */
  #runShared(helpers: Helpers, run: () => void, steps: number): void {
    helpers.call();
    const way = helpers.areIn ? this.#duel.choose() : ALONE;
    helpers.setAlone(way === ALONE);
    if (way !== ALONE) this.#sharedSteps += steps;
    const start = performance.now();
    run();
    this.#duel.note(way, (performance.now() - start) / steps);
  }

  #view(place: Buffer): Numbers {
    const known = this.#views.get(place);
    if (known) return known;
    const at = place.start * BYTES[this.#float];
    const { buffer } = this.#memory;
    const numbers = this.#float === 'f64' ? Float64Array : Float32Array;
    const view = new numbers(buffer, at, place.size);
    this.#views.set(place, view);
    return view;
  }
}

const ALONE = 0; // and 1 together, in a duel
