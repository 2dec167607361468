// TensorBoard's events, in the encoding of protocol buffers: of tensorflow/core/util/event.proto and
// tensorflow/core/framework/summary.proto only what scalars need.

/** What happens: the beginning of a file, of a run that goes on from a step, or scalars at a step. */
export type Event = { readonly wallTime: number } & (
  | { readonly fileVersion: string }
  | { readonly startsAt: number }
  | { readonly step: number; readonly scalars: Readonly<Record<string, number>> }
);

/**
 * @internal The bytes of `tensorflow.Event`; `wallTime` is in seconds since 1970.
 *
 * @example
 * encodeEvent({ wallTime: 0, fileVersion: 'brain.Event:2' }).length; // 24
 */
export function encodeEvent(event: Event): Uint8Array {
  const time = double(1, event.wallTime);
  if ('fileVersion' in event) return join(time, text(3, event.fileVersion));
  if ('startsAt' in event) return join(time, whole(2, event.startsAt), message(7, whole(1, START)));
  const values = Object.entries(event.scalars).map(([tag, value]) =>
    message(1, join(text(1, tag), float(2, value))),
  );
  return join(time, whole(2, event.step), message(5, join(...values)));
}

const START = 1; // SessionLog.START: TensorBoard drops what an earlier file says of this step and later ones

// A field is its number and the kind of its value, then the value.
const [VARINT, FIXED64, BYTES, FIXED32] = [0, 1, 2, 5];

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  for (; value >= 128; value = Math.floor(value / 128)) bytes.push((value % 128) + 128);
  return Uint8Array.from([...bytes, value]);
}

function field(number: number, kind: number, value: Uint8Array): Uint8Array {
  return join(varint(number * 8 + kind), value);
}

function whole(number: number, value: number): Uint8Array {
  return field(number, VARINT!, varint(value));
}

function double(number: number, value: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setFloat64(0, value, true);
  return field(number, FIXED64!, bytes);
}

function float(number: number, value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setFloat32(0, value, true);
  return field(number, FIXED32!, bytes);
}

function message(number: number, bytes: Uint8Array): Uint8Array {
  return field(number, BYTES!, join(varint(bytes.length), bytes));
}

function text(number: number, value: string): Uint8Array {
  return message(number, new TextEncoder().encode(value));
}

function join(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}
