// JPEG (ITU-T T.81), baseline and progressive. The file is walked here first, so that what it declares can be true and is all
// there; the decoder proper, jpeg-js, is loaded when asked for.

import { decoding, FormatError } from './format-error.js';
import { checkSize, type Pixels } from './image.js';

const WHERE = 'readImage (JPEG)';

/** Scans of one picture; encoders make about ten, and each costs a walk over all pixels. */
const MAX_SCANS = 100;

interface Frame {
  readonly width: number;
  readonly height: number;
  readonly components: number;
}

/** @internal The pixels of a JPEG file. Throws a `FormatError` for a damaged file, and for one of more than `maxPixels`. */
export async function decodeJpeg(bytes: Uint8Array, maxPixels: number): Promise<Pixels> {
  const { frame, end } = walk(bytes, maxPixels);
  const { width, height, components } = frame;
  const { default: jpeg } = await import('jpeg-js');
  const decoded = decoding(WHERE, () =>
    jpeg.decode(bytes.subarray(0, end), {
      useTArray: true,
      formatAsRGBA: components !== 1,
      tolerantDecoding: false,
      maxResolutionInMP: maxPixels / 1e6,
      maxMemoryUsageInMB: 16 + (width * height * 64) / 2 ** 20,
    }),
  );
  if (components !== 1) return { width, height, channels: 3, max: 255, data: every(decoded.data, 4, 3) };
  return { width, height, channels: 1, max: 255, data: every(decoded.data, 3, 1) };
}

/** The first `keep` of each `of` bytes. */
function every(data: Uint8Array, of: number, keep: number): Uint8Array {
  const kept = new Uint8Array((data.length / of) * keep);
  for (let i = 0; i < kept.length; i++) kept[i] = data[Math.floor(i / keep) * of + (i % keep)]!;
  return kept;
}

/** Goes from marker to marker: one frame of a kind that is known, and the mark of the end. */
function walk(bytes: Uint8Array, maxPixels: number): { frame: Frame; end: number } {
  const cut = (): never => {
    throw new FormatError(`${WHERE}: the file is cut short`);
  };
  let frame: Frame | null = null;
  let scans = 0;
  let at = 2;
  for (;;) {
    if (at + 2 > bytes.length) return cut();
    if (bytes[at] !== 0xff) throw new FormatError(`${WHERE}: damaged, expected a marker at byte ${at}`);
    const marker = bytes[at + 1]!;
    if (marker === 0xff) {
      at++; // a fill byte
      continue;
    }
    at += 2;
    if (marker === 0xd9) break;
    if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)) continue;
    if (at + 2 > bytes.length) return cut();
    const length = bytes[at]! * 256 + bytes[at + 1]!;
    if (length < 2) throw new FormatError(`${WHERE}: damaged, a segment of length ${length}`);
    if (at + length > bytes.length) return cut();
    if (isFrame(marker)) {
      if (frame) throw new FormatError(`${WHERE}: more than one frame`);
      frame = frameOf(marker, bytes.subarray(at + 2, at + length), bytes.length, maxPixels);
    }
    at += length;
    if (marker !== 0xda) continue;
    if (++scans > MAX_SCANS) throw new FormatError(`${WHERE}: more than ${MAX_SCANS} scans`);
    at = scanEnd(bytes, at);
  }
  if (!frame || scans === 0) throw new FormatError(`${WHERE}: there is no picture in it`);
  return { frame, end: at };
}

function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}

function frameOf(marker: number, content: Uint8Array, fileLength: number, maxPixels: number): Frame {
  if (marker > 0xc2) {
    throw new FormatError(
      `${WHERE}: lossless and arithmetic coding are not supported; expected baseline or progressive`,
    );
  }
  const [precision = 0, h1 = 0, h0 = 0, w1 = 0, w0 = 0, components = 0] = content;
  const [width, height] = [w1 * 256 + w0, h1 * 256 + h0];
  checkSize(width, height, maxPixels, WHERE);
  if (precision !== 8 || ![1, 3, 4].includes(components) || content.length !== 6 + 3 * components) {
    throw new FormatError(
      `${WHERE}: ${precision} bits and ${components} components, expected 8 bits and 1, 3 or 4 components`,
    );
  }
  const factors = Array.from(
    { length: components },
    (_, i) => [content[7 + 3 * i]! >> 4, content[7 + 3 * i]! & 15] as const,
  );
  if (factors.flat().some((factor) => factor < 1 || factor > 4)) {
    throw new FormatError(`${WHERE}: sampling factors ${factors.join(' and ')}, expected 1 to 4`);
  }
  // Every block of 8 by 8 samples takes at least one bit.
  const [maxH, maxV] = [Math.max(...factors.map(([h]) => h)), Math.max(...factors.map(([, v]) => v))];
  const blocks = factors.map(
    ([h, v]) => Math.ceil((Math.ceil(width / 8) * h) / maxH) * Math.ceil((Math.ceil(height / 8) * v) / maxV),
  );
  if (blocks.reduce((sum, count) => sum + count, 0) > fileLength * 8) {
    throw new FormatError(`${WHERE}: ${width} by ${height} pixels cannot come out of ${fileLength} bytes`);
  }
  return { width, height, components };
}

/** Where a scan's coded data end: at a marker that is neither a stuffed zero nor a restart. */
function scanEnd(bytes: Uint8Array, start: number): number {
  for (let at = bytes.indexOf(0xff, start); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1];
    if (next !== undefined && next !== 0 && !(next >= 0xd0 && next <= 0xd7)) return at;
  }
  throw new FormatError(`${WHERE}: the file is cut short`);
}
