// A checkpoint as bytes: a safetensors file with the run's tensors, the rest of its state as JSON in the metadata, and a checksum
// over all of it.

import { createHash } from 'node:crypto';
import { FormatError, readSafetensors, writeSafetensors } from '../files/index.js';
import { Tensor } from '../tensor/index.js';
import type { RunState } from '../train/index.js';

const FORMAT = 'chainrule checkpoint 1';
const BLANK = '0'.repeat(64); // in the checksum's place while it is taken

/** @internal The bytes of a checkpoint. */
export function encodeCheckpoint(state: RunState): Uint8Array {
  const tensors = new Map<string, Tensor>();
  const json = JSON.stringify(pack(state, '', tensors));
  const bytes = writeSafetensors(tensors, { metadata: { sha256: BLANK, format: FORMAT, run: json } });
  bytes.set(new TextEncoder().encode(sumOf(bytes)), placeOfSum(bytes)!);
  return bytes;
}

/**
 * @internal The state that a checkpoint holds. Throws a `FormatError` for one that is cut short, has a byte that is another, or is
 * no checkpoint.
 */
export function decodeCheckpoint(bytes: Uint8Array): RunState {
  const place = placeOfSum(bytes);
  if (place === null) throw new FormatError('it is no checkpoint, or its beginning is damaged');
  const written = new TextDecoder().decode(bytes.subarray(place, place + BLANK.length));
  const blank = bytes.slice();
  blank.set(new TextEncoder().encode(BLANK), place);
  if (sumOf(blank) !== written) throw new FormatError('its checksum is wrong: it is cut short or damaged');
  const { tensors, metadata } = readSafetensors(bytes);
  if (metadata.get('format') !== FORMAT) {
    throw new FormatError(`its format is ${metadata.get('format')}, expected ${FORMAT}`);
  }
  return unpack(JSON.parse(metadata.get('run')!), tensors) as RunState;
}

/** The state as JSON can hold it, with each tensor replaced by its path, under which it is put into `tensors`. */
function pack(value: unknown, path: string, tensors: Map<string, Tensor>): unknown {
  if (value instanceof Tensor) {
    tensors.set(path, value);
    return { [TENSOR]: path };
  }
  if (typeof value !== 'object' || value === null) return value;
  const within = (key: string | number): string => (path === '' ? `${key}` : `${path}.${key}`);
  if (Array.isArray(value)) return value.map((entry, i) => pack(entry, within(i), tensors));
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [key, pack(entry, within(key), tensors)]),
  );
}

function unpack(value: unknown, tensors: ReadonlyMap<string, Tensor>): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((entry) => unpack(entry, tensors));
  if (TENSOR in value) return tensors.get(String(value[TENSOR]));
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, unpack(entry, tensors)]));
}

const TENSOR = '$tensor';

function sumOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Where the 64 digits are: the metadata come first in the header, and the checksum first in the metadata. */
function placeOfSum(bytes: Uint8Array): number | null {
  const before = new TextEncoder().encode('{"__metadata__":{"sha256":"');
  const start = 8; // the header's length
  if (bytes.length < start + before.length + BLANK.length) return null;
  if (!before.every((byte, i) => bytes[start + i] === byte)) return null;
  return start + before.length;
}
