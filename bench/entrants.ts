// Who takes part, how each is started, and what each can do.

import { fileURLToPath } from 'node:url';
import { compileC, pythonWith, sourceOf } from './programs.js';
import type { Work } from './works.js';

/** A contender in one way of running it. */
export interface Entrant {
  readonly name: string;
  /** The command that starts it. Throws `Missing` where it cannot run. */
  command(): readonly string[];
  /** Whether the work is within its reach. Default: all is. */
  takes?(work: Work): boolean;
  /** The work that it does in place of the one asked for, because it can do no other. */
  instead?(work: Work): Work;
  /** What it computes in. Default: the work's. */
  readonly precision?: Work['precision'];
  /** Whether it tells its parameters, by which its accuracy is measured. */
  readonly tellsParameters?: boolean;
  /** Whether it runs only whole epochs. */
  readonly wholeEpochs?: boolean;
  /** How what it does differs. */
  readonly note?: string;
}

/** The one that others are compared with. */
export const OURS = 'chainrule, fit';

const isNeuron = ({ loss }: Work): boolean => loss === 'bce';
const isSmall = ({ layers }: Work): boolean => layers.length < 4 || layers[0]! < 784;

function javascript(name: string, file: string, variant: string, more: Partial<Entrant> = {}): Entrant {
  const child = fileURLToPath(new URL('child.js', import.meta.url));
  return { name, command: () => [process.execPath, child, file, variant], ...more };
}

function python(
  name: string,
  file: string,
  module: string,
  more: Partial<Entrant> = {},
  ...rest: string[]
): Entrant {
  return { name, command: () => [pythonWith(module), sourceOf(`contenders/${file}`), ...rest], ...more };
}

export const entrants: readonly Entrant[] = [
  javascript(OURS, 'ours', 'fit', { wholeEpochs: true, tellsParameters: true }),
  javascript('chainrule, fit, 1 thread', 'ours', 'fit-1-thread', {
    wholeEpochs: true,
    tellsParameters: true,
  }),
  javascript('chainrule, fit, deterministic', 'ours', 'fit-deterministic', {
    wholeEpochs: true,
    takes: ({ precision }) => precision === 'float32', // float64 always is
  }),
  javascript('chainrule, compile', 'ours', 'compile'),
  javascript('chainrule, interpreted', 'ours', 'interpreted', { takes: isSmall, precision: 'float64' }),
  javascript('jax-js wasm, 1 thread', 'jax', '1', { precision: 'float32', tellsParameters: true }),
  javascript('jax-js wasm, 2 threads', 'jax', '2', { precision: 'float32', tellsParameters: true }),
  javascript('TensorFlow.js wasm', 'tfjs', 'wasm', { precision: 'float32' }),
  javascript('TensorFlow.js cpu', 'tfjs', 'cpu', { precision: 'float32' }),
  javascript('ONNX Runtime, 1 thread', 'onnx', '1'),
  javascript('ONNX Runtime, 2 threads', 'onnx', '2'),
  javascript('brain.js', 'brain', '', {
    precision: 'float32',
    takes: (work) => isSmall(work) && work.optimizer === 'sgd',
    // Its step is one sample: `batch` of them count as a step.
    instead: (work) => ({
      ...{ ...work, activation: 'sigmoid', loss: 'squared' },
      ...{ batch: 1, batches: work.batch * work.batches },
    }),
    note: 'a step is so many single-sample updates, with sigmoids and squared error, which is all it has',
  }),
  python('PyTorch, 1 thread', 'torch_mlp.py', 'torch', { tellsParameters: true }, '1'),
  python('PyTorch, 2 threads', 'torch_mlp.py', 'torch', { tellsParameters: true }, '2'),
  python("the notes' NumPy", 'numpy_neuron.py', 'numpy', { takes: isNeuron }),
  python('NumPy', 'numpy_mlp.py', 'numpy', {
    takes: (work) => !isNeuron(work) && work.optimizer === 'sgd',
    note: 'forward and backward by hand',
  }),
  {
    name: 'C',
    command: () => [compileC('contenders/neuron.c', '-O3')],
    takes: isNeuron,
    note: 'gcc -O3, the loop by hand',
  },
];
