// Code as values: an expression knows its type and its bytes, and expressions are composed by functions.

import { ValueError } from '../../errors.js';

/** What a WebAssembly value can be: whole numbers, floating-point numbers, and 128 bits that hold several of them. */
export type ValueType = 'i32' | 'i64' | 'f32' | 'f64' | 'v128';

/** What code leaves behind: a value, or nothing. */
export type Type = ValueType | 'void';

/** Instructions that leave a value of type `T`; with `'void'`, a statement. */
export interface Code<T extends Type> {
  readonly type: T;
  readonly parts: readonly Part[];
  /** Of a block: the name by which branches inside it know it. */
  readonly label: Label | undefined;
}

/** A place that a branch can jump to: the end of a `block` or `ifElse`, the start of a `loop`. */
export interface Label {
  readonly kind: 'label';
}

/** Bytes, more code, or a label, which becomes the number of blocks between a branch and the block it leaves. */
export type Part = readonly number[] | Code<Type> | Label;

/** What an instruction takes: code of that type, or a number that is meant as a constant of it. */
export type Operand<T extends Type> = Code<T> | (T extends 'i32' | 'i64' | 'f32' | 'f64' ? number : never);

/** A variable of a function. It is code itself, reading the variable. */
export interface Local<T extends ValueType> extends Code<T> {
  set(value: Operand<T>): Code<'void'>;
  /** Sets the variable and leaves the value. */
  tee(value: Operand<T>): Code<T>;
}

/** A function that can be called. */
export interface Func<P extends readonly ValueType[], R extends Type> {
  readonly name: string;
  readonly params: P;
  readonly result: R;
  readonly index: number;
}

/** The operands for a list of types. */
export type Operands<P extends readonly ValueType[]> = { readonly [i in keyof P]: Operand<P[i]> };

/** The byte that stands for a type. */
export const typeByte: Readonly<Record<Type, number>> = {
  ...{ i32: 0x7f, i64: 0x7e, f32: 0x7d, f64: 0x7c, v128: 0x7b },
  void: 0x40,
};

/** Code of a type from its parts. */
export function code<T extends Type>(type: T, parts: readonly Part[], label?: Label): Code<T> {
  return { type, parts, label };
}

/** An operand as code. */
export function operand<T extends ValueType>(type: T, value: Operand<T>): Code<T> {
  return typeof value === 'number' ? constant(type, value) : value;
}

/** A constant. In v128 no single number is meant; `v128.const` takes bytes. */
export function constant<T extends ValueType>(type: T, value: number | bigint): Code<T> {
  switch (type) {
    case 'i32':
      return code(type, [signed(0x41, Number(value) | 0)]);
    case 'i64':
      return code(type, [signed64(0x42, BigInt.asIntN(64, BigInt(value)))]);
    case 'f32':
      scratch.setFloat32(0, Number(value), true);
      return code(type, [[0x43, ...scratchBytes.subarray(0, 4)]]);
    case 'f64':
      scratch.setFloat64(0, Number(value), true);
      return code(type, [[0x44, ...scratchBytes]]);
    default:
      throw new ValueError(`a constant of type ${type} is written with ${type}.const`);
  }
}

/** Where a number is taken apart into bytes; nothing stays in it. */
const scratchBytes = new Uint8Array(8);
const scratch = new DataView(scratchBytes.buffer);

/** Statements one after the other, and then the value of the last. */
export function seq(...statements: readonly Code<'void'>[]): Code<'void'>;
export function seq<T extends Type>(...codes: readonly [...Code<'void'>[], Code<T>]): Code<T>;
export function seq(...codes: readonly Code<Type>[]): Code<Type> {
  return code(codes.at(-1)?.type ?? 'void', codes);
}

const END = [0x0b];

/** A block that `br(exit)` inside it leaves. */
export function block(body: (exit: Label) => Code<'void'>): Code<'void'> {
  return labelled(0x02, body);
}

/** A block that `br(again)` inside it starts anew; without that it ends like any other. */
export function loop(body: (again: Label) => Code<'void'>): Code<'void'> {
  return labelled(0x03, body);
}

function labelled(opcode: number, body: (label: Label) => Code<'void'>): Code<'void'> {
  const label: Label = { kind: 'label' };
  return code('void', [[opcode, typeByte.void], body(label), END], label);
}

/** Jumps to a label. */
export function br(label: Label): Code<'void'> {
  return code('void', [[0x0c], label]);
}

/** Jumps to a label if the condition is not 0. */
export function brIf(label: Label, condition: Operand<'i32'>): Code<'void'> {
  return code('void', [operand('i32', condition), [0x0d], label]);
}

/** One of two pieces of code: only the chosen one runs. */
export function ifElse(condition: Operand<'i32'>, then: Code<'void'>): Code<'void'>;
export function ifElse<T extends Type>(
  condition: Operand<'i32'>,
  then: Code<T>,
  otherwise: Code<NoInfer<T>>,
): Code<T>;
export function ifElse(condition: Operand<'i32'>, then: Code<Type>, otherwise?: Code<Type>): Code<Type> {
  const branches = otherwise ? [then, [0x05], otherwise] : [then];
  const body = code(then.type, [[0x04, typeByte[then.type]], ...branches, END], { kind: 'label' });
  return code(then.type, [operand('i32', condition), body]);
}

/** One of two values, both computed: `a` where the condition is not 0. */
export function select<T extends ValueType>(
  condition: Operand<'i32'>,
  a: Code<T>,
  b: Code<NoInfer<T>>,
): Code<T> {
  return code(a.type, [a, b, operand('i32', condition), [0x1b]]);
}

/** The result of a function. */
export function call<P extends readonly ValueType[], R extends Type>(
  { params, result, index }: Func<P, R>,
  ...args: Operands<P>
): Code<R> {
  return code(result, [...args.map((arg, i) => operand(params[i]!, arg)), [0x10, ...unsigned(index)]]);
}

/** Computes a value and forgets it. */
export function drop(value: Code<ValueType>): Code<'void'> {
  return code('void', [value, [0x1a]]);
}

/** Code that must never be reached: it traps. */
export const unreachable: Code<'void'> = code('void', [[0x00]]);

/** A variable by its number in its function. */
export function localAt<T extends ValueType>(type: T, index: number): Local<T> {
  return {
    type,
    parts: [[0x20, ...unsigned(index)]],
    label: undefined,
    set: (value) => code('void', [operand(type, value), [0x21, ...unsigned(index)]]),
    tee: (value) => code(type, [operand(type, value), [0x22, ...unsigned(index)]]),
  };
}

/** Appends the bytes of code to `out`. */
export function encode({ parts, label }: Code<Type>, out: number[], open: Label[] = []): void {
  if (label) open.push(label);
  for (const part of parts) {
    if (isBytes(part)) for (const byte of part) out.push(byte);
    else if (isLabel(part)) out.push(...unsigned(depthOf(part, open)));
    else encode(part, out, open);
  }
  if (label) open.pop();
}

function isBytes(part: Part): part is readonly number[] {
  return Array.isArray(part);
}

function isLabel(part: Code<Type> | Label): part is Label {
  return (part as Partial<Label>).kind === 'label';
}

function depthOf(label: Label, open: readonly Label[]): number {
  const at = open.lastIndexOf(label);
  if (at < 0) throw new ValueError('a branch jumps to a block that does not surround it');
  return open.length - 1 - at;
}

/** A whole number ≥ 0 in LEB128: 7 bits a byte, lowest first; the top bit says that more follow. */
export function unsigned(value: number): number[] {
  const bytes: number[] = [];
  for (; value > 0x7f; value = Math.floor(value / 0x80)) bytes.push((value % 0x80) | 0x80);
  bytes.push(value);
  return bytes;
}

/** An opcode and a whole number in signed LEB128: as `unsigned`, until what is left is all sign. */
function signed(opcode: number, value: number): number[] {
  const bytes = [opcode];
  for (; value < -64 || value > 63; value >>= 7) bytes.push((value & 0x7f) | 0x80);
  bytes.push(value & 0x7f);
  return bytes;
}

function signed64(opcode: number, value: bigint): number[] {
  const bytes = [opcode];
  for (; value < -64n || value > 63n; value >>= 7n) bytes.push(Number(value & 0x7fn) | 0x80);
  bytes.push(Number(value & 0x7fn));
  return bytes;
}
