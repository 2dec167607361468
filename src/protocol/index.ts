export { Chain, chain, type Link } from './chain.js';
export {
  differentiable,
  hasMethod,
  isDifferentiable,
  nameOf,
  tensorCodeOf,
  type Differentiable,
  type Subject,
  type TensorCode,
  type TensorModule,
} from './differentiable.js';
