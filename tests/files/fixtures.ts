// What NumPy, safetensors, Pillow and scikit-learn made; tests/fixtures/make_files_fixtures.py wrote it.

import { readFileSync } from 'node:fs';

/** A file and the array that is in it. */
export interface FileCase {
  readonly name: string;
  readonly bytes: string;
  readonly shape: readonly number[];
  readonly values: readonly (number | string | boolean)[];
}

interface Fixtures {
  readonly npy: readonly FileCase[];
  readonly unsupported: Readonly<Record<string, string>>;
  readonly npz: { readonly stored: string; readonly compressed: string };
  readonly half: {
    readonly values: readonly number[];
    readonly bits: readonly number[];
    readonly all: readonly (number | string)[];
  };
  readonly safetensors: {
    readonly bytes: string;
    readonly tensors: readonly Omit<FileCase, 'bytes'>[];
  };
  readonly plainSafetensors: string;
  readonly pictures: readonly FileCase[];
  readonly jpegs: readonly FileCase[];
  readonly luma: readonly number[];
  readonly resize: {
    readonly values: readonly number[];
    readonly shape: readonly number[];
    readonly results: readonly { readonly size: [number, number]; readonly values: readonly number[] }[];
  };
  readonly idx: { readonly plain: string; readonly gzipped: string };
  readonly iris: {
    readonly X: number[][];
    readonly y: number[];
    readonly featureNames: readonly string[];
    readonly targetNames: readonly string[];
  };
  readonly splits: {
    readonly labels: number[];
    readonly cases: readonly {
      readonly options: {
        readonly test_size?: number;
        readonly train_size?: number;
        readonly shuffle?: boolean;
      };
      readonly stratify: boolean;
      readonly seed: number;
      readonly train: readonly number[];
      readonly test: readonly number[];
    }[];
  };
}

export const fixtures = JSON.parse(
  readFileSync(new URL('../fixtures/files.json', import.meta.url), 'utf8'),
) as Fixtures;

/** The bytes of a base64 text. */
export function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(Buffer.from(base64, 'base64'));
}

/** A case's values as numbers: Python's nan, inf and booleans included. */
export function numbersOf(values: FileCase['values']): number[] {
  const words: Readonly<Record<string, number>> = { inf: Infinity, '-inf': -Infinity, nan: NaN };
  return values.map((value) => (typeof value === 'string' ? words[value]! : Number(value)));
}
