// PNG (W3C PNG, third edition). The pixels are unfolded here, under a limit; the decoder proper, fast-png, is loaded when asked for.

import { zlibSync } from 'fflate';
import { ShapeError, ValueError } from '../errors.js';
import { formatShape, toTensor, type TensorLike } from '../tensor/index.js';
import { decoding, FormatError } from './format-error.js';
import { checkSize, type Pixels } from './image.js';
import { crc32, inflate } from './inflate.js';

const WHERE = 'readImage (PNG)';
const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** Channels and allowed depths of each colour type: grey, colour, palette, grey and opacity, colour and opacity. */
const COLOURS: Readonly<Record<number, { readonly channels: number; readonly depths: readonly number[] }>> = {
  0: { channels: 1, depths: [1, 2, 4, 8, 16] },
  2: { channels: 3, depths: [8, 16] },
  3: { channels: 1, depths: [1, 2, 4, 8] },
  4: { channels: 2, depths: [8, 16] },
  6: { channels: 4, depths: [8, 16] },
};
const PALETTE = 3;

interface Header {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  readonly colour: number;
  readonly channels: number;
  readonly interlaced: boolean;
}

/** @internal The pixels of a PNG file. Throws a `FormatError` for a damaged file, and for one of more than `maxPixels`. */
export async function decodePng(bytes: Uint8Array, maxPixels: number): Promise<Pixels> {
  const { header, palette, transparency, data } = partsOf(bytes, maxPixels);
  const { width, height, depth, colour, channels } = header;
  const expected = unfoldedSize(header);
  // A zlib stream: two bytes of header, DEFLATE, four bytes of checksum.
  const unfolded = inflate(data.subarray(2, -4), expected, WHERE);
  if (unfolded.length !== expected) {
    throw new FormatError(
      `${WHERE}: ${width} by ${height} pixels take ${expected} bytes, the file has ${unfolded.length}`,
    );
  }
  // What the decoder gets is the pixels as they are, not compressed: it has nothing left to unfold.
  const plain = joinChunks([
    chunk('IHDR', bytes.subarray(16, 29)),
    ...(palette ? [chunk('PLTE', palette)] : []),
    ...(palette && transparency ? [chunk('tRNS', transparency)] : []),
    chunk('IDAT', zlibSync(unfolded, { level: 0 })),
    chunk('IEND', new Uint8Array(0)),
  ]);
  const { decode, convertIndexedToRgb } = await import('fast-png');
  return decoding(WHERE, () => {
    const decoded = decode(plain);
    if (colour === PALETTE) {
      const data = convertIndexedToRgb(decoded);
      return { width, height, channels: transparency ? 4 : 3, max: 255, data };
    }
    if (depth >= 8) return { width, height, channels, max: 2 ** depth - 1, data: decoded.data };
    return { width, height, channels, max: 255, data: unpacked(decoded.data, header) };
  });
}

/**
 * A picture, `[height, width, channels]` with 1 to 4 channels and numbers from 0 to 1, as a PNG file of 8 bits. Throws a
 * `ShapeError` for another shape, a `ValueError` for other numbers. fast-png is loaded when first asked for.
 */
export async function writePng(picture: TensorLike): Promise<Uint8Array> {
  const source = toTensor(picture);
  const [height = 0, width = 0, channels = 0] = source.shape;
  if (source.ndim !== 3 || channels < 1 || channels > 4 || source.size === 0) {
    throw new ShapeError(
      `writePng: expected [height, width, 1 to 4 channels], got shape ${formatShape(source.shape)}`,
    );
  }
  const bad = source.data.find((value) => !(value >= 0 && value <= 1));
  if (bad !== undefined) throw new ValueError(`writePng: expected numbers from 0 to 1, got ${bad}`);
  const data = Uint8Array.from(source.data, (value) => Math.round(value * 255));
  const { encode } = await import('fast-png');
  return encode({ width, height, channels, depth: 8, data });
}

interface Parts {
  readonly header: Header;
  readonly palette: Uint8Array | null;
  readonly transparency: Uint8Array | null;
  readonly data: Uint8Array;
}

/** The chunks that make the picture, each held to its checksum. */
function partsOf(bytes: Uint8Array, maxPixels: number): Parts {
  if (!SIGNATURE.every((byte, i) => bytes[i] === byte)) throw new FormatError(`${WHERE}: not a PNG file`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let header: Header | null = null;
  let palette: Uint8Array | null = null;
  let transparency: Uint8Array | null = null;
  const data: Uint8Array[] = [];
  for (let at = 8; ;) {
    if (at + 12 > bytes.length) throw new FormatError(`${WHERE}: the file is cut short`);
    const length = view.getUint32(at);
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    const end = at + 8 + length;
    if (end + 4 > bytes.length)
      throw new FormatError(`${WHERE}: the file is cut short within ${shownType(type)}`);
    const content = bytes.subarray(at + 8, end);
    const known = ['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND'].includes(type);
    // A capital says that the picture cannot be shown without the chunk.
    if (!known && /^[A-Z]/.test(type)) throw new FormatError(`${WHERE}: an unknown chunk ${shownType(type)}`);
    if (known && crc32(bytes.subarray(at + 4, end)) !== view.getUint32(end)) {
      throw new FormatError(`${WHERE}: damaged, the checksum of ${type} differs`);
    }
    if ((type === 'IHDR') !== (at === 8))
      throw new FormatError(`${WHERE}: its header is not its first chunk`);
    if (type === 'IHDR') header = headerOf(content, maxPixels);
    if (type === 'PLTE') palette = content;
    if (type === 'tRNS') transparency = content;
    if (type === 'IDAT') data.push(content);
    if (type === 'IEND') break;
    at = end + 4;
  }
  if (!header) throw new FormatError(`${WHERE}: the header is missing`);
  if (header.colour !== PALETTE)
    return { header, palette: null, transparency: null, data: joinChunks(data, false) };
  if (
    !palette ||
    palette.length === 0 ||
    palette.length % 3 !== 0 ||
    palette.length > 3 * 2 ** header.depth
  ) {
    throw new FormatError(`${WHERE}: its palette is missing or of the wrong length`);
  }
  if (transparency && transparency.length > palette.length / 3) {
    throw new FormatError(`${WHERE}: more opacities than colours in its palette`);
  }
  return { header, palette, transparency, data: joinChunks(data, false) };
}

function headerOf(content: Uint8Array, maxPixels: number): Header {
  if (content.length !== 13)
    throw new FormatError(`${WHERE}: a header of ${content.length} bytes, expected 13`);
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  const [width, height] = [view.getUint32(0), view.getUint32(4)];
  checkSize(width, height, maxPixels, WHERE);
  const [depth, colour, compression, filter, interlace] = content.subarray(8) as unknown as [
    number,
    number,
    number,
    number,
    number,
  ];
  const type = COLOURS[colour];
  if (!type?.depths.includes(depth) || compression !== 0 || filter !== 0 || interlace > 1) {
    throw new FormatError(
      `${WHERE}: no such kind of PNG: depth ${depth}, colour type ${colour}, compression ${compression}, filter ${filter}, interlace ${interlace}`,
    );
  }
  if (interlace === 1 && depth < 8) {
    throw new FormatError(
      `${WHERE}: interlaced pictures of less than 8 bits are not supported; save it without interlacing`,
    );
  }
  return { width, height, depth, colour, channels: type.channels, interlaced: interlace === 1 };
}

/** Bytes of the pixels before filters are undone: a byte more for each line, of which an interlaced picture has seven sets. */
function unfoldedSize({ width, height, depth, channels, interlaced }: Header): number {
  const size = (columns: number, rows: number): number =>
    columns <= 0 || rows <= 0 ? 0 : rows * (1 + Math.ceil((columns * channels * depth) / 8));
  if (!interlaced) return size(width, height);
  const passes = [
    [0, 0, 8, 8],
    [4, 0, 8, 8],
    [0, 4, 4, 8],
    [2, 0, 4, 4],
    [0, 2, 2, 4],
    [1, 0, 2, 2],
    [0, 1, 1, 2],
  ] as const;
  return passes.reduce(
    (sum, [x, y, dx, dy]) => sum + size(Math.ceil((width - x) / dx), Math.ceil((height - y) / dy)),
    0,
  );
}

/** Greys of 1, 2 or 4 bits, several to a byte, as greys of 8 bits. */
function unpacked(data: ArrayLike<number>, { width, height, depth }: Header): Uint8Array {
  const perByte = 8 / depth;
  const line = Math.ceil(width / perByte);
  const scale = 255 / (2 ** depth - 1);
  return Uint8Array.from({ length: width * height }, (_, i) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    const byte = data[y * line + Math.floor(x / perByte)]!;
    return ((byte >> (8 - depth - (x % perByte) * depth)) & (2 ** depth - 1)) * scale;
  });
}

function chunk(type: string, content: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(content.length + 12);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, content.length);
  for (let i = 0; i < 4; i++) bytes[4 + i] = type.charCodeAt(i);
  bytes.set(content, 8);
  view.setUint32(8 + content.length, crc32(bytes.subarray(4, 8 + content.length)));
  return bytes;
}

function joinChunks(chunks: readonly Uint8Array[], signed = true): Uint8Array {
  const parts = signed ? [Uint8Array.from(SIGNATURE), ...chunks] : chunks;
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function shownType(type: string): string {
  return JSON.stringify(type);
}
