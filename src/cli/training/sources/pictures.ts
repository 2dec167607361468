// Pictures: a folder that has a folder for each class, and the digits of MNIST.

import { take, tensor, type Tensor } from '../../../index.js';
import { imageFolder, loadMnist } from '../../../disk/index.js';
import { FormatError } from '../../../files/index.js';
import { UsageError } from '../../errors.js';
import type { Translate } from '../../texts/index.js';
import { divide, partsOf } from './parts.js';
import type { DataOptions, Material, Part, PictureShape, Request, Samples } from './source.js';

/** The samples of MNIST: the first so many digits, in an order that the seed gives. */
export async function loadDigits({ data, seed, ...parts }: Request, text: Translate): Promise<Material> {
  const { X, y } = await loadMnist({ randomState: seed });
  const count = Math.min(data.samples ?? y.size, y.size);
  const digits = { X: X.slice([0, count]).reshape([count, 1, 28, 28]), y: y.slice([0, count]) };
  return {
    ...partsOf(digits, divide(digits.y, 'classification', { ...parts, seed }, text)),
    ...pictureTask(
      Array.from({ length: 10 }, (_, digit) => String(digit)),
      {
        ...{ height: 28, width: 28, channels: 1 },
      },
    ),
  };
}

/** The samples of a folder of PNG and JPEG files, in a folder for each class. */
export async function loadFolder(path: string, request: Request, text: Translate): Promise<Material> {
  const { samples, classes, shape } = await picturesIn(path, request.data, text);
  if (classes.length === 1) throw new UsageError(text('error.oneClass', { path, name: classes[0]! }));
  const parts = partsOf(samples, divide(samples.y, 'classification', request, text));
  const other = async (part: Part | null, drawn: Samples | null): Promise<Samples | null> => {
    if (!part || !('file' in part)) return drawn;
    const size = [shape.height, shape.width] as const;
    const data = { ...request.data, size, channels: shape.channels };
    const found = await picturesIn(part.file, data, text);
    return { X: found.samples.X, y: labelsIn(part.file, found, classes, text) };
  };
  return {
    train: parts.train,
    validation: await other(request.validation, parts.validation),
    test: await other(request.test, parts.test),
    ...pictureTask(classes, shape),
  };
}

/** What holds for all pictures: classes are learned, and the inputs are channels first, as convolutions take them. */
function pictureTask(classes: readonly string[], pictures: PictureShape) {
  const { height, width, channels } = pictures;
  return {
    task: 'classification',
    classes,
    inputShape: [channels, height, width],
    ...{ columns: null, pictures, units: null },
  } as const;
}

interface Found {
  readonly samples: Samples;
  readonly classes: readonly string[];
  readonly shape: PictureShape;
}

async function picturesIn(path: string, data: DataOptions, text: Translate): Promise<Found> {
  try {
    const { X, y, classes } = await imageFolder(path, { size: data.size, channels: data.channels });
    const [, height, width, channels] = X.shape as [number, number, number, number];
    // Grey with opacity: what a network should learn from is the grey.
    if (channels === 2) return await picturesIn(path, { ...data, channels: 1 }, text);
    const shape = { height, width, channels: channels as PictureShape['channels'] };
    return { samples: { X: X.transpose([0, 3, 1, 2]), y }, classes, shape };
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    const isAdvised = /pass (a smaller )?size/.test(error.message);
    const message = error.message.replace(/^imageFolder: /, '').replace(/; pass (a smaller )?size.*$/, '');
    throw new UsageError(message, isAdvised ? text('error.pictures.hint') : undefined);
  }
}

/** The labels of another folder's pictures, by the names of its classes. */
function labelsIn(path: string, found: Found, classes: readonly string[], text: Translate): Tensor {
  const labels = found.classes.map((name) => classes.indexOf(name));
  const stranger = labels.indexOf(-1);
  if (stranger >= 0) {
    throw new UsageError(
      text('error.pictures.class', { path, name: found.classes[stranger]!, classes: classes.join(', ') }),
    );
  }
  const { y } = found.samples;
  return take(tensor(labels, { dtype: 'int64' }), y);
}
