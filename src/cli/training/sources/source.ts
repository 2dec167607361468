// What a network can learn from: a source, and the samples that it gives once it has been loaded.

import type { nn, Tensor } from '../../../index.js';
import type { Columns, ColumnKind, MissingRule } from '../../../files/index.js';
import type { Context } from '../../context.js';
import type { OptimizerName } from '../optimizers.js';

/** What is learned: a class, or a number. */
export type TaskName = 'classification' | 'regression';

/** What shapes the data; each kind of source takes some of these. */
export interface DataOptions {
  readonly samples?: number | undefined;
  readonly noise?: number | undefined;
  readonly clusterStd?: readonly number[] | undefined;
  readonly centers?: number | undefined;
  readonly factor?: number | undefined;
  /** The column to predict; undefined: the last. */
  readonly target?: string | undefined;
  /** Undefined: as the target's column looks. */
  readonly task?: TaskName | undefined;
  /** Kinds of columns where the guess is not the right one. */
  readonly column?: Readonly<Record<string, ColumnKind>> | undefined;
  readonly missing?: MissingRule | undefined;
  /** False: the first line of the file holds values, not names. */
  readonly header?: boolean | undefined;
  readonly delimiter?: string | undefined;
  /** Whether a table is read row by row in every epoch instead of being held in memory. Undefined: if the file is large. */
  readonly stream?: boolean | undefined;
  /** Height and width that pictures get. */
  readonly size?: readonly [height: number, width: number] | undefined;
  readonly channels?: 1 | 3 | 4 | undefined;
  /** Whether pictures are turned and moved a little, another way in every epoch. */
  readonly augment?: boolean | undefined;
}

/** The name of such an option. */
export type DataOption = keyof DataOptions;

/** Samples kept apart: a share of all, or those of another file or folder. */
export type Part = { readonly fraction: number } | { readonly file: string };

/** What is asked of a source. */
export interface Request {
  readonly data: DataOptions;
  readonly seed: number;
  /** To measure on at the end; null: nothing. */
  readonly test: Part | null;
  /** To measure on after each epoch; null: nothing. */
  readonly validation: Part | null;
}

/** Defaults of training that depend on the source. */
export interface TrainingDefaults {
  readonly layers: readonly number[];
  readonly activation: nn.ActivationName;
  readonly optimizer: OptimizerName;
  /** Of SGD. */
  readonly learningRate: number;
  /** Of optimizers whose steps do not depend on the gradients' size. */
  readonly adaptiveRate: number;
  readonly epochs: number;
  readonly batchSize: number;
  /** The share that is kept for testing. */
  readonly test: number;
  /** Of compiled steps. */
  readonly precision: 'float64' | 'float32';
}

/** Something to learn from, as it was named on the command line. */
export interface Source {
  readonly name: string;
  readonly kind: 'generated' | 'iris' | 'mnist' | 'table' | 'pictures';
  readonly options: readonly DataOption[];
  /** Whether the parts for testing and validating can be files of their own. */
  readonly takesFiles: boolean;
  readonly defaults: TrainingDefaults;
  /** Throws a `UsageError`, `FormatError` or `DiskError` for what cannot be read or makes no sense. */
  readonly load: (request: Request, context: Context) => Promise<Material>;
}

/** Samples and their targets. */
export interface Samples {
  /** `[samples, …inputShape]` */
  readonly X: Tensor;
  /** `[samples]`: labels, or numbers in units of `target`. */
  readonly y: Tensor;
}

/** Samples that are read anew in every epoch. */
export interface Stream {
  /** Samples in an epoch. */
  readonly size: number;
  /** The batches of one epoch after the other, for `fit`; in an order that depends on the seed and the epoch's number alone. */
  readonly batches: (order: Order) => (epoch: number) => AsyncIterable<Samples>;
}

/** In which order samples are learned from, and how many at a time. */
export interface Order {
  readonly batchSize: number;
  readonly shuffle: boolean;
}

/** Where a number to predict has its middle, and its standard deviation: networks learn `(value - mean) / std`. */
export interface Units {
  readonly mean: number;
  readonly std: number;
}

/** What pictures are made to be before they go into the network. */
export interface PictureShape {
  readonly height: number;
  readonly width: number;
  readonly channels: 1 | 3 | 4;
}

/** What a source has given. */
export interface Material {
  readonly train: Samples | Stream;
  readonly validation: Samples | null;
  readonly test: Samples | null;
  readonly task: TaskName;
  /** The classes' names in the order of their labels; none for regression. */
  readonly classes: readonly string[];
  /** Of one sample. */
  readonly inputShape: readonly number[];
  /** How a table's columns became inputs; null for anything else. */
  readonly columns: Columns | null;
  /** Null for anything but pictures. */
  readonly pictures: PictureShape | null;
  /** Null for classes. */
  readonly units: Units | null;
}

/** How many samples there are. */
export function sizeOf(samples: Samples | Stream): number {
  return 'size' in samples ? samples.size : samples.y.size;
}
