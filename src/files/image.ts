// Pictures to tensors: [height, width, channels], by whatever of PNG and JPEG the bytes are.

import { ValueError } from '../errors.js';
import { Tensor } from '../tensor/index.js';
import { FormatError } from './format-error.js';
import { decodeJpeg } from './jpeg.js';
import { decodePng } from './png.js';

/** Options of `readImage`. */
export interface ImageOptions {
  /** Grey (1), colour (3), colour and opacity (4). Default: as the file has it. */
  readonly channels?: 1 | 3 | 4 | undefined;
  /** Whether the numbers are the file's whole ones, 0 to 255 (65535 for 16 bits), instead of 0 to 1. Default false. */
  readonly raw?: boolean | undefined;
  /** The most pixels; the header is held to it before anything is decoded. Default 2²⁴, 4096 by 4096. */
  readonly maxPixels?: number | undefined;
}

/** @internal Decoded pixels, row by row. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  /** White: 255, or 65535. */
  readonly max: number;
  readonly data: ArrayLike<number>;
}

/** @internal Throws a `FormatError` for a picture without pixels or with too many. */
export function checkSize(width: number, height: number, maxPixels: number, where: string): void {
  if (width > 0 && height > 0 && width * height <= maxPixels) return;
  throw new FormatError(
    `${where}: a picture of ${width} by ${height} pixels, expected at least one and at most ${maxPixels} (maxPixels)`,
  );
}

/**
 * A PNG or JPEG picture as a tensor, `[height, width, channels]`, from 0 (black) to 1 (white), float64. PNG: every depth and colour type,
 * palettes become colours; JPEG: baseline and progressive, 8 bits. Grey out of colour is Pillow's `L`, 0.299 R + 0.587 G + 0.114 B.
 * Throws a `FormatError` for a damaged file (every checksum of a PNG is tried) and for more than `maxPixels`. The decoders,
 * fast-png and jpeg-js, are loaded when first asked for.
 *
 * @example
 * const png = await writePng([[[0], [1]], [[1], [0.5]]]);
 * (await readImage(png)).shape; // [2, 2, 1]
 */
export async function readImage(bytes: Uint8Array, options: ImageOptions = {}): Promise<Tensor> {
  const { channels, raw = false, maxPixels = 2 ** 24 } = options;
  if (channels !== undefined && ![1, 3, 4].includes(channels)) {
    throw new ValueError(`readImage: channels must be 1, 3 or 4, got ${String(channels)}`);
  }
  const pixels = await decode(bytes, maxPixels);
  return toTensor(pixels, channels ?? pixels.channels, raw);
}

function decode(bytes: Uint8Array, maxPixels: number): Promise<Pixels> {
  if (bytes[0] === 0x89 && bytes[1] === 0x50) return decodePng(bytes, maxPixels);
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return decodeJpeg(bytes, maxPixels);
  const start = Array.from(bytes.subarray(0, 4), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
  throw new FormatError(
    `readImage: expected a PNG or JPEG file, got ${start ? `one that begins with ${start}` : 'nothing'}`,
  );
}

function toTensor(pixels: Pixels, channels: number, raw: boolean): Tensor {
  const { width, height, max, data } = pixels;
  const values = new Float64Array(width * height * channels);
  const from = pixels.channels;
  const colour = from >= 3;
  for (let i = 0; i < width * height; i++) {
    const source = i * from;
    const target = i * channels;
    if (channels === from) {
      for (let c = 0; c < channels; c++) values[target + c] = data[source + c]!;
    } else if (channels === 1) {
      values[target] = colour ? luma(data[source]!, data[source + 1]!, data[source + 2]!) : data[source]!;
    } else {
      for (let c = 0; c < Math.min(channels, 3); c++) values[target + c] = data[source + (colour ? c : 0)]!;
      if (channels === 4) values[target + 3] = from % 2 === 0 ? data[source + from - 1]! : max;
    }
  }
  if (!raw) for (let i = 0; i < values.length; i++) values[i]! /= max;
  return new Tensor(values, [height, width, channels], { dtype: raw ? 'int64' : 'float64' });
}

/** Brightness in whole steps, as Pillow rounds it: ITU-R 601-2 in units of 2⁻¹⁶. */
function luma(r: number, g: number, b: number): number {
  return Math.floor((r * 19595 + g * 38470 + b * 7471 + 0x8000) / 2 ** 16);
}
