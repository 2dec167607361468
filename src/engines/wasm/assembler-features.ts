// What this machine's WebAssembly can do, found out by showing it a module that does it.

import { drop, type Code } from './assembler-code.js';
import { WebAssembly } from './assembler-host.js';
import { atomics, f32, f32x4 } from './assembler-instructions.js';
import { moduleBuilder } from './assembler-module.js';

/** Vectors of 128 bits; products and sums rounded once; memory that threads share. */
export type Feature = 'simd' | 'relaxed-simd' | 'threads';

/**
 * Whether the machine has a feature.
 *
 * @example
 * supports('simd'); // true
 */
export function supports(feature: Feature): boolean {
  const module = moduleBuilder();
  const vector = f32x4.splat(f32.const(0));
  if (feature === 'threads') module.memory({ initial: 1, maximum: 1, shared: true });
  const probe: Readonly<Record<Feature, Code<'v128' | 'i32'>>> = {
    simd: vector,
    'relaxed-simd': f32x4.relaxed_madd(vector, vector, vector),
    threads: atomics.load(0),
  };
  module.define({ name: 'probe', params: [], result: 'void' }, () => drop(probe[feature]));
  return WebAssembly.validate(module.toBytes());
}
