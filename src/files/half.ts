// Numbers of 16 bits: IEEE half precision, and bfloat16, the upper half of a float32.

const scratch = new Float32Array(1);
const bits = new Uint32Array(scratch.buffer);

/** @internal The value of a half-precision number: 1 bit sign, 5 bits exponent, 10 bits fraction. */
export function fromFloat16(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0x1f) return fraction ? NaN : sign * Infinity;
  if (exponent === 0) return sign * fraction * 2 ** -24; // subnormal
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** @internal The half-precision number nearest to a value, ties to even, as NumPy and PyTorch round. */
export function toFloat16(value: number): number {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const size = Math.abs(value);
  if (Number.isNaN(value)) return 0x7e00;
  if (size >= 65520) return sign | 0x7c00; // from half a step above the largest, 65504, on
  // In units of the last place every half is a whole number: 2⁻²⁴ below 2⁻¹⁴, above it the exponent's step.
  const exponent = size < 2 ** -14 ? -14 : exponentOf(size);
  const steps = roundHalfEven(size / 2 ** (exponent - 10));
  // 1024 steps are the hidden bit, so that adding carries from the fraction into the exponent.
  return sign | (steps + (exponent + 14) * 1024);
}

/** @internal The value of a bfloat16. */
export function fromBFloat16(half: number): number {
  bits[0] = half << 16;
  return scratch[0]!;
}

/** @internal The bfloat16 nearest to a value (rounded to float32 first, as PyTorch has it), ties to even. */
export function toBFloat16(value: number): number {
  if (Number.isNaN(value)) return 0x7fc0;
  scratch[0] = value;
  const word = bits[0]!;
  return ((word + 0x7fff + ((word >>> 16) & 1)) >>> 16) & 0xffff;
}

function exponentOf(size: number): number {
  const guess = Math.floor(Math.log2(size)); // off by one at most, next to a power of two
  return size < 2 ** guess ? guess - 1 : size >= 2 ** (guess + 1) ? guess + 1 : guess;
}

function roundHalfEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  return rest > 0.5 || (rest === 0.5 && below % 2 === 1) ? below + 1 : below;
}
