// Pictures to predict for, a few at a time.

import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { loadFile } from '../../disk/index.js';
import { readImage, resizeImage } from '../../files/index.js';
import { concat, type Tensor } from '../../index.js';
import { aboutFile } from '../about-file.js';
import type { PictureShape } from '../training/sources/source.js';
import { TOGETHER } from './outputs.js';

const PICTURE = /\.(png|jpe?g)$/i;

/** Whether paths are those of pictures, by their names, or of folders. */
export async function arePictures(paths: readonly string[]): Promise<boolean> {
  const each = await Promise.all(
    paths.map(async (path) => PICTURE.test(path) || (await stat(path).catch(() => null))?.isDirectory()),
  );
  return each.every(Boolean);
}

/** The files, and those in the folders and in the folders within them, each folder's in the order of their names. */
export async function pictureFiles(paths: readonly string[]): Promise<string[]> {
  const found = await Promise.all(
    paths.map(async (path) => {
      if (PICTURE.test(path)) return [path];
      const names = await readdir(path, { recursive: true });
      return names
        .filter((name) => PICTURE.test(name) && !/(^|[/\\])\./.test(name))
        .sort((a, b) => (a < b ? -1 : 1))
        .map((name) => join(path, name));
    }),
  );
  return found.flat();
}

/** The pictures as `[pictures, channels, height, width]`, each made to be of this shape. Throws a `UsageError` that names a damaged one. */
export async function* pictureBatches(
  files: readonly string[],
  shape: PictureShape,
): AsyncGenerator<{ readonly X: Tensor; readonly files: readonly string[] }> {
  for (let first = 0; first < files.length; first += TOGETHER) {
    const some = files.slice(first, first + TOGETHER);
    const pictures: Tensor[] = [];
    for (const file of some) pictures.push(await pictureInput(await loadFile(file), file, shape));
    yield { X: concat(pictures), files: some };
  }
}

async function pictureInput(
  bytes: Uint8Array,
  file: string,
  { height, width, channels }: PictureShape,
): Promise<Tensor> {
  try {
    const picture = await readImage(bytes, { channels });
    const [h, w] = picture.shape;
    const fitting = h === height && w === width ? picture : resizeImage(picture, [height, width]);
    return fitting.transpose([2, 0, 1]).reshape([1, channels, height, width]);
  } catch (error) {
    throw aboutFile(file, error);
  }
}
