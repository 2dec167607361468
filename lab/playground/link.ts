// The state of the playground as the end of an address, and back: settings, weights, the optimizer's memory, step and view.

import { deflateSync, inflateSync } from 'fflate';
import { SPEEDS, type Speed } from './speed.js';
import type { View } from './look.js';
import { clean, type Settings } from './settings.js';
import type { Saved } from './trainer.js';

/** All that a link restores. */
export interface PlaygroundState {
  readonly settings: Settings;
  /** Null before the first step. */
  readonly saved: Saved | null;
  readonly view: View;
  readonly speed: Speed;
}

/** Bytes that the state of a link may unfold to: enough for the largest network, and no bomb. */
const LARGEST = 4_000_000;
const VERSION = 1;

/**
 * A state as letters, digits, `-` and `_`: JSON, numbers in full, deflated.
 *
 * @example
 * decode(encode({ settings: DEFAULTS, saved: null, view: 'forward', speed: 'epoch' }))?.settings; // DEFAULTS
 */
export function encode(state: PlaygroundState): string {
  const { saved, ...rest } = state;
  const json = JSON.stringify({ version: VERSION, ...rest, saved: saved && packed(saved) });
  const bytes = deflateSync(new TextEncoder().encode(json), { level: 9 });
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** The state of such a text; null where it is none. Whatever it holds is brought within the limits. */
export function decode(text: string): PlaygroundState | null {
  try {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    // A buffer of its own makes fflate stop where it ends.
    const json = new TextDecoder().decode(inflateSync(bytes, { out: new Uint8Array(LARGEST) }));
    const given: unknown = JSON.parse(json);
    if (!isRecord(given) || given['version'] !== VERSION) return null;
    return {
      settings: clean(given['settings']),
      saved: savedOf(given['saved']),
      view: given['view'] === 'backward' ? 'backward' : 'forward',
      speed: SPEEDS.find((speed) => speed === given['speed']) ?? 'epoch',
    };
  } catch {
    return null; // a link that was cut short or made up
  }
}

/** Numbers as the base 64 of their eight bytes each: exact, and shorter than their digits. */
function packed({ weights, optimizer, ...at }: Saved): unknown {
  return {
    ...at,
    weights: base64(weights),
    optimizer: Object.fromEntries(Object.entries(optimizer).map(([name, values]) => [name, base64(values)])),
  };
}

function savedOf(given: unknown): Saved | null {
  if (!isRecord(given)) return null;
  const { steps, epoch, batch, weights, optimizer } = given;
  const counts = [steps, epoch, batch];
  if (!counts.every((count) => Number.isSafeInteger(count) && (count as number) >= 0)) return null;
  if (typeof weights !== 'string' || !isRecord(optimizer)) return null;
  const memory = Object.entries(optimizer).map(([name, values]) => [name, numbers(String(values))]);
  return {
    ...{ steps: steps as number, epoch: epoch as number, batch: batch as number },
    ...{ weights: numbers(weights), optimizer: Object.fromEntries(memory) },
  };
}

function base64(values: readonly number[]): string {
  const bytes = new Uint8Array(Float64Array.from(values).buffer);
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

function numbers(text: string): number[] {
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  return [...new Float64Array(bytes.slice(0, bytes.length - (bytes.length % 8)).buffer)];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
