// A folder of pictures, in a folder for each class.

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ChainruleError } from '../errors.js';
import { FormatError, readImage, resizeImage, type ImageOptions } from '../files/index.js';
import { formatShape, sameShape, Tensor } from '../tensor/index.js';
import type { Dataset } from '../data/index.js';
import { onDisk } from './disk-error.js';
import { loadFile } from './file.js';

/** Options of `imageFolder`. */
export interface ImageFolderOptions extends Pick<ImageOptions, 'channels' | 'maxPixels'> {
  /** The size that every picture gets, `[height, width]`. Default: as they are; all must have one size then. */
  readonly size?: readonly [height: number, width: number] | undefined;
  /** The most bytes that X may take, 8 a number. Default 2³¹, 2 GiB. */
  readonly maxBytes?: number | undefined;
}

/** Pictures and their classes. */
export interface ImageFolder extends Dataset {
  /** The classes' names in order, those of their folders; y counts them from 0. */
  readonly classes: readonly string[];
  /** Where each picture is, below the folder. */
  readonly paths: readonly string[];
}

/**
 * The PNG and JPEG pictures of a folder that has a folder for each class: X is `[pictures, height, width, channels]` from 0 to 1, y
 * `[pictures]`. Classes and pictures come in the order of their names, as with `torchvision.datasets.ImageFolder`; other files
 * are left out. Throws a `DiskError` if the folder cannot be read, a `FormatError` that names the picture if one is damaged or of another
 * shape than the first, and if there are no classes or no pictures.
 */
export async function imageFolder(folder: string, options: ImageFolderOptions = {}): Promise<ImageFolder> {
  const { size, maxBytes = 2 ** 31, ...imageOptions } = options;
  const classes = await namesIn(folder, 'folder');
  const labelled: { readonly path: string; readonly label: number }[] = [];
  for (const [label, name] of classes.entries()) {
    const pictures = (await namesIn(join(folder, name), 'file')).filter((file) =>
      /\.(png|jpe?g)$/i.test(file),
    );
    labelled.push(...pictures.map((file) => ({ path: join(name, file), label })));
  }
  if (labelled.length === 0) {
    throw new FormatError(
      `imageFolder: ${folder} has no pictures; expected a folder for each class with .png or .jpg files in it`,
    );
  }

  let X = new Float64Array(0);
  let shape: readonly number[] = [];
  for (const [i, { path }] of labelled.entries()) {
    const picture = await readOne(join(folder, path), imageOptions, size);
    if (i === 0) {
      shape = picture.shape;
      const bytes = labelled.length * picture.size * 8;
      if (bytes > maxBytes) {
        throw new FormatError(
          `imageFolder: ${labelled.length} pictures of shape ${formatShape(shape)} take ${bytes} bytes, expected at most ` +
            `${maxBytes} (maxBytes); pass a smaller size`,
        );
      }
      X = new Float64Array(labelled.length * picture.size);
    }
    if (!sameShape(picture.shape, shape)) {
      throw new FormatError(
        `imageFolder: ${path} has shape ${formatShape(picture.shape)}, expected ${formatShape(shape)} as ${labelled[0]!.path}; ` +
          'pass size and channels to make them alike',
      );
    }
    X.set(picture.data, i * picture.size);
  }
  return {
    X: new Tensor(X, [labelled.length, ...shape]),
    y: new Tensor(
      Float64Array.from(labelled, ({ label }) => label),
      [labelled.length],
      { dtype: 'int64' },
    ),
    classes,
    paths: labelled.map(({ path }) => path),
  };
}

async function readOne(
  path: string,
  options: ImageOptions,
  size: readonly [number, number] | undefined,
): Promise<Tensor> {
  const bytes = await loadFile(path);
  try {
    const picture = await readImage(bytes, options);
    return size ? resizeImage(picture, size) : picture;
  } catch (error) {
    if (error instanceof ChainruleError) throw new FormatError(`${path}: ${error.message}`, { cause: error });
    throw error;
  }
}

/** The folders or the files in a folder, by name; those that begin with a dot are left out. */
async function namesIn(folder: string, kind: 'folder' | 'file'): Promise<string[]> {
  const entries = await onDisk(folder, 'read', () => readdir(folder, { withFileTypes: true }));
  return entries
    .filter((entry) => (kind === 'folder' ? entry.isDirectory() : !entry.isDirectory()))
    .map(({ name }) => name)
    .filter((name) => !name.startsWith('.'))
    .sort((a, b) => (a < b ? -1 : 1));
}
