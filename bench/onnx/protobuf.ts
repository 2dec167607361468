// Protocol Buffers, as much as it takes to write a message: fields with a number and a value.

/** A field: whole numbers and texts as they are, a float as an object, bytes and messages as bytes. */
export type Value = number | string | { readonly float: number } | Uint8Array;

/** A message of fields, in order. */
export function message(...fields: readonly (readonly [number: number, value: Value])[]): Uint8Array {
  return Buffer.concat(fields.map(([number, value]) => field(number, value)));
}

function field(number: number, value: Value): Uint8Array {
  const key = (wireType: number): Uint8Array => varint(number * 8 + wireType);
  if (typeof value === 'number') return Buffer.concat([key(0), varint(value)]);
  if (typeof value === 'object' && 'float' in value) {
    return Buffer.concat([key(5), new Uint8Array(Float32Array.of(value.float).buffer)]);
  }
  const bytes = Buffer.from(value as string | Uint8Array);
  return Buffer.concat([key(2), varint(bytes.length), bytes]);
}

/** A whole number of at least 0, seven bits a byte, the lowest first. */
function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  return Uint8Array.of(...bytes, rest);
}
