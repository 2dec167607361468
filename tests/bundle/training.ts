// A page that trains a network, with what it needs and no more.

import { fit, nn, optim, tensor } from '../../src/index.js';

const model = nn.mlp([2, 16, 2]);
const X = tensor([[0, 0], [0, 1], [1, 0], [1, 1]]); // prettier-ignore
export const history = fit(model, X, tensor([0, 1, 1, 0], { dtype: 'int64' }), {
  loss: nn.crossEntropyLoss(),
  optimizer: optim.adam({ learningRate: 0.01 }),
});
