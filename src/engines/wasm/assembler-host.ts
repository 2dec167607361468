// The part of JavaScript's WebAssembly API that we use. TypeScript knows it only together with a whole browser, and this
// library runs without one.

/** Compiled code, which instances are made of. */
export interface WasmModule {
  readonly compiled: never;
}

/** Memory that a module works in, in pages of 64 KiB. Growing it gives it a new `buffer`. */
export interface WasmMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

/** What an instance offers: functions and memory by name. */
export interface WasmInstance {
  readonly exports: Readonly<Record<string, unknown>>;
}

/** What a module asks for: by module name and name, functions and memory. */
export type WasmImports = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

interface Api {
  validate(bytes: Uint8Array): boolean;
  compile(bytes: Uint8Array): Promise<WasmModule>;
  readonly Module: new (bytes: Uint8Array) => WasmModule;
  readonly Instance: new (module: WasmModule, imports?: WasmImports) => WasmInstance;
  readonly RuntimeError: new () => Error;
  readonly Memory: new (size: { initial: number; maximum?: number; shared?: boolean }) => WasmMemory;
}

export const { WebAssembly } = globalThis as unknown as { readonly WebAssembly: Api };
