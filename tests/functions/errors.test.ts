// What does not fit is refused in a sentence that names the function and the shapes or the value.

import { describe, expect, test } from 'vitest';
import { ShapeError, ValueError } from '../../src/errors.js';
import { concat, functions, take } from '../../src/functions/index.js';
import { ones, zeros, type Tensor } from '../../src/tensor/index.js';

const x = ones([3, 4]);
const { bce, bceWithLogits, crossEntropy, hinge, huber, klDiv, l1, mse, nll } = functions;
const { gather, matmul, placeSlice, scatterAdd, where } = functions;
const { avgPool2d, conv1d, conv2d, foldWindows, maxPool2d, pad, standardize, windows } = functions;

const shapes: readonly [call: () => Tensor, ...parts: string[]][] = [
  [() => x.add(ones([3])), 'add', '[3, 4]', '[3]', 'axis -1 has lengths 4 and 3'],
  [() => x.pow(ones([2, 1])), 'pow', '[3, 4]', '[2, 1]'],
  [() => where(x, ones([2, 4]), 0), 'where', '[3, 4]', '[2, 4]', '[]'],
  [() => x.maximum(zeros([0])), 'maximum', '[3, 4]', '[0]'],
  [() => x.matmul(ones([3, 2])), 'matmul', '[3, 4] @ [3, 2]', '(4)', '(3)'],
  [() => x.matmul(ones([3])), 'matmul', '[3, 4] @ [3]', 'only axis'],
  [() => matmul(2, x), 'matmul', '[] @ [3, 4]', 'mul'],
  [() => ones([2, 1, 3]).matmul(ones([4, 3, 2])), 'matmul', '[2]', '[4]'],
  [() => x.reshape([5, -1]), 'reshape', '12', '[3, 4]', '[5, -1]'],
  [() => x.reshape([-1, -1]), 'reshape', '[-1, -1]'],
  [() => zeros([0, 3]).reshape([0, -1]), 'reshape', '[0, 3]', '[0, -1]'],
  [() => x.broadcastTo([4, 3]), 'broadcastTo', '[3, 4]', '[4, 3]'],
  [() => x.broadcastTo([4]), 'broadcastTo', '[3, 4]', '[4]'],
  [() => x.sum(2), 'sum', 'axis 2', '[3, 4]'],
  [() => x.mean([0, -2]), 'mean', 'twice', '[3, 4]'],
  [() => x.max(0.5), 'max', 'axis 0.5', '[3, 4]'],
  [() => zeros([0, 3]).max(0), 'max', '[0, 3]'],
  [() => zeros([0]).min(), 'min', '[0]'],
  [() => zeros([3, 0]).argmax(), 'argmax', '[3, 0]'],
  [() => x.softmax(2), 'softmax', 'axis 2', '[3, 4]'],
  [() => ones([]).logSoftmax(), 'logSoftmax', '[]'],
  [() => x.transpose([0, 0]), 'transpose', '[0, 0]', '[3, 4]'],
  [() => x.transpose([0]), 'transpose', '[0]', '[3, 4]'],
  [() => x.slice(3), 'slice', 'index 3', 'axis 0', '[3, 4]'],
  [() => x.slice(0, -5), 'slice', 'index -5', 'axis 1', '[3, 4]'],
  [() => x.slice(0, 0, 0), 'slice', '3 ranges', '[3, 4]'],
  [() => placeSlice(x, [5, 4], [3]), 'placeSlice', '[3, 4]', '[2, 4]', '[5, 4]'],
  [() => placeSlice(x, [3], 0, 0), 'placeSlice', '2 ranges', '[3]'],
  [() => concat([x, ones([3, 5])]), 'concat', '[3, 4]', '[3, 5]', 'axis 0'],
  [() => concat([x, ones([4])], 1), 'concat', '[3, 4]', '[4]'],
  [() => gather(x, [[0]]), 'gather', '[1, 1]', '[3, 4]'],
  [() => gather(x, [[0], [4], [0]]), 'gather', 'index 4', '[3, 4]'],
  [() => gather(x, [[0], [0.5], [0]]), 'gather', 'index 0.5', '[3, 4]'],
  [() => scatterAdd(x, x, [3]), 'scatterAdd', '[3, 4]', '[3]'],
  [() => scatterAdd(x, x, [2, 4]), 'scatterAdd', '[3, 4]', '[2, 4]'],
  [() => scatterAdd(x, ones([3]), [3, 4]), 'scatterAdd', '[3, 4]', '[3]'],
  [() => scatterAdd(x, x.mul(4), [3, 4]), 'scatterAdd', 'index 4', '[3, 4]'],
  [() => take(x, [3]), 'index 3', 'axis 0', '[3, 4]'],
  [() => mse(x, ones([3, 4, 1])), 'mse', '[3, 4]', '[3, 4, 1]', 'does not broadcast'],
  [() => bce(ones([3]), ones([3, 1])), 'bce', '[3]', '[3, 1]'],
  [() => huber(1, [1]), 'huber', '[]', '[1]'],
  [() => bceWithLogits(x, 1), 'bceWithLogits', '[3, 4]', '[]'],
  [() => crossEntropy(x, [0, 1]), 'crossEntropy', '[3, 4]', '[2]', '[3]'],
  [() => crossEntropy(1, 0), 'crossEntropy', '[]'],
  [() => crossEntropy(x, x.mul(0.3)), 'crossEntropy', '[3, 4]', '[3]'],
  [() => crossEntropy(x, [0, 1, 2], { classWeights: [1, 2] }), 'crossEntropy', '4 classes', 'got 2'],
  [() => nll(x, [0]), 'nll', '[3, 4]', '[3]', '[1]'],
  [() => nll(x, [0, 1, 2], { classWeights: [1] }), 'nll', '4 classes', 'got 1'],
  [() => l1(x, ones([3])), 'l1', '[3, 4]', '[3]'],
  [() => klDiv(x, ones([3])), 'klDiv', '[3, 4]', '[3]'],
  [() => hinge(ones([3]), ones([3, 1])), 'hinge', '[3]', '[3, 1]'],
  [() => pad(x, [1, 1, 1]), 'pad', '3 widths', '2 axes', '[3, 4]'],
  [() => windows(x, [5]), 'windows', '[5]', '[3, 4]'],
  [() => windows(x, [2], { dilation: 4 }), 'windows', 'reach over 5', '[3, 4]'],
  [() => windows(ones([3]), [1, 1]), 'windows', '[1, 1]', '[3]'],
  [() => foldWindows(ones([2, 2, 3, 3]), [4, 5]), 'foldWindows', '[4, 5]', '[2, 2, 3, 4]', '[2, 2, 3, 3]'],
  [() => foldWindows(ones([3]), [4]), 'foldWindows', '[3]'],
  [() => conv1d(x, ones([1, 4, 1])), 'conv1d', '[3, 4]', '[batch, channels, L]'],
  [() => conv2d(ones([1, 2, 3, 3]), ones([1, 3, 3, 3])), 'conv2d', '[1, 2, 3, 3]', '[1, 3, 3, 3]'],
  [() => conv2d(ones([1, 2, 3, 3]), ones([3, 1, 3, 3]), { groups: 2 }), 'conv2d', 'multiple of 2'],
  [() => conv2d(ones([1, 1, 3, 3]), ones([1, 1, 4, 4])), 'conv2d', '[4, 4]', '[3, 3]'],
  [() => maxPool2d(ones([4]), 2), 'maxPool2d', 'H, W', '[4]'],
  [() => avgPool2d(x, 4), 'avgPool2d', '[4, 4]', '[3, 4]'],
  [() => standardize(x, 2), 'standardize', 'axis 2', '[3, 4]'],
];

const values: readonly [call: () => unknown, ...parts: string[]][] = [
  [() => bce([0.5, 1.5], [1, 1]), 'bce', '1.5', '[1]', 'bceWithLogits'],
  [() => bce([NaN], [1]), 'bce', 'nan', '[0]'],
  [() => crossEntropy(x, [0, 1, 4]), 'crossEntropy', '0 to 3', '4'],
  [() => crossEntropy(x, [0, 1.5, 2]), 'crossEntropy', '1.5'],
  [() => crossEntropy(x, [0, -1, 2]), 'crossEntropy', '-1'],
  [() => crossEntropy(x, [0, -1, 2], { ignoreIndex: -100 }), 'crossEntropy', '-1'],
  [() => crossEntropy(x, [0, 1, 2], { ignoreIndex: 0.5 }), 'ignoreIndex', '0.5'],
  [() => crossEntropy(x, [0, 1, 2], { labelSmoothing: 1.5 }), 'labelSmoothing', '1.5'],
  [() => crossEntropy(x, [0, 1, 2], { classWeights: [1, 1, 1, -1] }), 'class weights', '-1'],
  [() => nll(x, [0, 1, 4]), 'nll', '0 to 3', '4'],
  [() => hinge([1, 2], [1, 0]), 'hinge', '-1 or 1', 'got 0'],
  [() => huber(x, x, { delta: 0 }), 'huber', 'delta', '0'],
  [() => mse(x, x, { reduction: 'average' as 'mean' }), 'reduction', 'average', 'mean'],
  [() => x.slice([0, null, 0]), 'slice', 'step', '0'],
  [() => x.slice([0.5]), 'slice', '0.5'],
  // @ts-expect-error ranges in one array
  [() => x.slice([[0, 2], null]), 'slice', '[0,2]', 'one for each axis'],
  [() => x.reshape([-2, -6]), 'reshape', '-2'],
  [() => x.broadcastTo([1.5]), 'broadcastTo', '1.5'],
  [() => scatterAdd(x, x, [-1, 4]), 'scatterAdd', '-1'],
  [() => concat([]), 'concat', 'empty list'],
  [() => pad(x, [-1]), 'pad', 'width', '-1'],
  [() => pad(x, [[0, 0.5]]), 'pad', 'width', '0.5'],
  [() => windows(x, [0]), 'windows', 'size', '0'],
  [() => windows(x, [2], { step: 0 }), 'windows', 'step', '0'],
  [() => windows(x, [2, 2], { step: [1, 1, 1] }), 'windows', 'step', '2 of them', '1,1,1'],
  [() => conv2d(x, x, { groups: 0 }), 'conv2d', 'groups', '0'],
  [() => conv2d(x, x, { padding: -1 }), 'conv2d', 'padding', 'at least 0', '-1'],
  [() => maxPool2d(x, 2, { padding: 2 }), 'maxPool2d', 'half the kernel', '[2, 2]'],
  [() => standardize(x, 0, { epsilon: NaN }), 'standardize', 'epsilon', 'NaN'],
  [() => (x as unknown as { add(): Tensor }).add(), 'add', 'b is missing'],
  [() => (x as unknown as { where(a: Tensor): Tensor }).where(x), 'where', 'b is missing'],
  [() => x.add('1' as unknown as number), 'numbers', '"1"'],
];

describe.each([
  ['shapes', ShapeError, shapes],
  ['values', ValueError, values],
] as const)('%s', (_, kind, cases) => {
  test.each(cases.map(([call, ...parts]) => [parts.join(' · '), call, parts] as const))(
    '%s',
    (_, call, parts) => {
      expect(call).toThrow(kind);
      for (const part of parts) expect(call).toThrow(part);
    },
  );
});
