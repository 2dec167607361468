export * from './broadcast.js';
export * from './create.js';
export * from './modes.js';
export * from './operation.js';
export * from './print.js';
export * from './rows.js';
export * from './shape.js';
export { Tensor, type DType, type NestedArray, type TensorLike, type TensorOptions } from './tensor.js';
