// Typical wrong answers, two or more for each exercise: what the right one has, what stands there instead, and what must be said.

/** A mistake planted in the right answer. */
export interface Mistake {
  readonly from: string;
  readonly to: string;
  /** The kind of a problem, or the cause of `check`'s finding. */
  readonly says: RegExp;
}

/** By exercise. */
export const mistakes: Readonly<Record<string, readonly Mistake[]>> = {
  'chain-rule': [
    { from: 'da_dz1 * -1', to: 'da_dz1', says: /sign-flipped/ },
    { from: 'da_dz2 * this.#z2', to: 'this.#z2', says: /upstream-missing/ },
    { from: '(dJ_da * -1) / this.#z3 ** 2', to: '(dJ_da * -1) / this.#z3', says: /factor-missing/ },
    { from: '1 + z2', to: '1 - z2', says: /forward-value/ },
  ],
  sigmoid: [
    { from: '(1 - this.#a) * dJ_da', to: 'dJ_da', says: /factor-missing/ },
    { from: 'this.#a * (1 - this.#a) * dJ_da', to: 'this.#a * (1 - this.#a)', says: /upstream-missing/ },
    { from: 'Math.exp(-z)', to: 'Math.exp(z)', says: /forward-value/ },
  ],
  tanh: [
    { from: '1 - this.#y ** 2', to: '1 - this.#y', says: /wrong-factor/ },
    { from: 'this.#y = Math.tanh(x)', to: 'this.#y = x', says: /forward-value/ },
    { from: '(1 - this.#y ** 2)', to: '(this.#y ** 2 - 1)', says: /sign-flipped/ },
  ],
  affine: [
    { from: 'this.b -= lr * dJ_dz;', to: '', says: /bias-forgotten/ },
    { from: 'w_i - lr * this.#x[i]! * dJ_dz', to: 'w_i + lr * this.#x[i]! * dJ_dz', says: /sign-flipped/ },
    { from: 'lr * this.#x[i]! * dJ_dz', to: 'lr * dJ_dz', says: /factor-missing/ },
    { from: ', this.b);', to: ', 0);', says: /forward-value/ },
  ],
  bce: [
    { from: '(p - y) / (p * (1 - p))', to: '(p - y) / p * (1 - p)', says: /misplaced-parenthesis/ },
    {
      from: '(p - y) / (p * (1 - p))',
      to: '(p - y) / (p + 1e-7 * (1 - p + 1e-7))',
      says: /misplaced-parenthesis/,
    },
    { from: '-(y * Math.log(p) +', to: '(y * Math.log(p) +', says: /forward-value/ },
  ],
  'bce-with-logits': [
    { from: 'return p - this.#y;', to: 'return this.#y - p;', says: /sign-flipped/ },
    {
      from: 'return p - this.#y;',
      to: 'return (p - this.#y) / (p * (1 - p));',
      says: /local-derivative-missing/,
    },
    {
      from: 'Math.max(z, 0) - z * y + Math.log1p(Math.exp(-Math.abs(z)))',
      to: 'Math.log(1 + Math.exp(z)) - z * y',
      says: /forward-value/,
    },
  ],
  neuron: [
    {
      from: 'this.affine.backward(dJ_dz, lr)',
      to: 'this.affine.backward(dJ_dp, lr)',
      says: /local-derivative-missing/,
    },
    {
      from: 'const dJ_dz = this.sigmoid.backward(dJ_dp);',
      to: 'const dJ_dz = this.sigmoid.backward(1);',
      says: /upstream-missing/,
    },
    { from: 'this.b -= lr * dJ_dz;', to: '', says: /bias-forgotten/ },
  ],
  relu: [
    { from: '(this.#x[i]! > 0 ? dy_i : 0)', to: '(dy_i > 0 ? dy_i : 0)', says: /mask-of-upstream/ },
    {
      from: '(this.#x[i]! > 0 ? dy_i : this.slope * dy_i)',
      to: '(this.#x[i]! > 0 ? dy_i : 0)',
      says: /factor-extra|wrong-on-one-side/,
    },
    { from: '(x_i > 0 ? x_i : this.slope * x_i)', to: '(x_i > 0 ? x_i : this.slope)', says: /forward-value/ },
  ],
  linear: [
    { from: 'sum + row[j]!, 0)', to: 'sum + row[j]!, 0) / dy.length', says: /averaged-instead-of-summed/ },
    { from: 'this.db = this.b.map', to: 'const unused = this.b.map', says: /bias-forgotten/ },
    {
      from: 'matmul(transpose(this.#x), dy)',
      to: 'transpose(matmul(transpose(this.#x), dy))',
      says: /transposed/,
    },
    {
      from: 'return matmul(dy, transpose(this.W))',
      to: 'matmul(dy, transpose(this.W))',
      says: /no-derivative/,
    },
  ],
  mse: [
    {
      from: '(2 * (p_ij - this.#y[i]![j]!)) / count',
      to: '(p_ij - this.#y[i]![j]!) / count',
      says: /constant-factor/,
    },
    { from: 'this.#p.length * this.#p[0]!.length', to: 'this.#p.length', says: /constant-factor/ },
    { from: '/ squares.length', to: '/ p.length', says: /forward-value/ },
  ],
  softmax: [
    { from: 'p_i * (dp[i]! - mean)', to: 'p_i * (1 - p_i) * dp[i]!', says: /softmax-jacobian/ },
    { from: 'dp[i]! - mean', to: 'dp[i]!', says: /term-missing/ },
    { from: 'Math.max(...z)', to: '0', says: /forward-value/ },
  ],
  'softmax-cross-entropy': [
    {
      from: '(j === this.#labels[i] ? 1 : 0)) / n',
      to: '(j === this.#labels[i] ? 1 : 0))',
      says: /summed-instead-of-averaged/,
    },
    { from: '(p_j - (j === this.#labels[i] ? 1 : 0)) / n', to: 'p_j / n', says: /target-not-subtracted/ },
    {
      from: 'largest + Math.log(total) - row[labels[i]!]!',
      to: '-Math.log(this.#p[i]![labels[i]!]!)',
      says: /forward-value/,
    },
  ],
  'two-layers': [
    {
      from: 'matmul(transpose(this.#h), dy)',
      to: 'matmul(transpose(this.#h), dy.map((row) => row.map((d) => -d)))',
      says: /sign-flipped/,
    },
    {
      from: 'this.db1 = this.b1.map((_, j) => dz',
      to: 'this.db1 = this.b1.map((_, j) => dh',
      says: /constant-gradient|local-derivative-missing/,
    },
  ],
  residual: [
    { from: 'dy_j + through[i]![j]!', to: 'through[i]![j]!', says: /term-missing/ },
    { from: 'dy_j + through[i]![j]!', to: 'dy_j', says: /used-twice/ },
    { from: 'x_j + this.#h[i]![j]!', to: 'this.#h[i]![j]!', says: /forward-value/ },
  ],
  'convolution-1d': [
    { from: 'dx[i + k]! += dy_i * w_k', to: 'dx[i + k]! = dy_i * w_k', says: /used-twice/ },
    {
      from: 'this.db = dy.reduce((sum, dy_i) => sum + dy_i, 0)',
      to: 'this.db = dy[0]!',
      says: /used-twice|term-missing/,
    },
    { from: 'x.length - this.w.length + 1', to: 'x.length - this.w.length', says: /forward-shape/ },
  ],
  'convolution-2d': [
    { from: 'dx[i + u]![j + v]! += dy', to: 'dx[i + u]![j + v]! = dy', says: /unexplained|used-twice/ },
    {
      from: 'dx[i + u]![j + v]! += dy[i]![j]! * this.K[u]![v]!',
      to: 'dx[i + u]![j + v]! += dy[i]![j]! * this.K.at(-1 - u)!.at(-1 - v)!',
      says: /kernel/,
    },
    {
      from: 'x[i + u]![j + v]!;\n    });\n    return y',
      to: 'x[i + v]![j + u]!;\n    });\n    return y',
      says: /throws/,
    },
  ],
  'max-pooling': [
    {
      from: 'dx[r]![c] = dy_ij;',
      to: 'for (const a of [0, 1]) for (const b of [0, 1]) dx[2 * i + a]![2 * j + b] = dy_ij;',
      says: /mask-missing/,
    },
    { from: 'dx[r]![c] = dy_ij;', to: 'dx[r]![c] = dy_ij / 4;', says: /constant-factor/ },
    { from: ']]! > this', to: ']]! < this', says: /forward-value/ },
  ],
  'layer-norm': [
    { from: '(dn_j - mean(dn) - n[j]! * meanOfProducts)', to: 'dn_j', says: /statistics-as-constants/ },
    { from: 'row.map((dy_j, j) => dy_j * this.gamma[j]!)', to: 'row', says: /factor-missing/ },
    {
      from: 'this.dgamma = this.gamma.map((_, j) => dy.reduce((sum, row, i) => sum + row[j]! * this.#n[i]![j]!, 0));',
      to: 'this.dgamma = this.gamma.map((_, j) => dy.reduce((sum, row) => sum + row[j]!, 0));',
      says: /constant-gradient|factor-missing/,
    },
  ],
  embedding: [
    { from: 'this.dE[id]![j]! += dy_ij', to: 'this.dE[id]![j]! = dy_ij', says: /used-twice/ },
    { from: 'this.dE[id]![j]! += dy_ij', to: 'this.dE[id]![j]! -= dy_ij', says: /sign-flipped/ },
    { from: 'this.E[id]!]', to: 'this.E[0]!]', says: /forward-value/ },
  ],
  attention: [
    { from: '(p_j * (dp[i]![j]! - mean)) / scale', to: 'p_j * (dp[i]![j]! - mean)', says: /constant-factor/ },
    {
      from: 'dk: matmul(transpose(ds), this.#q)',
      to: 'dk: matmul(transpose(ds), this.#q.map((row) => row.map((x) => -x)))',
      says: /sign-flipped/,
    },
    { from: 'Math.exp((score - largest) / scale)', to: 'Math.exp(score - largest)', says: /forward-value/ },
  ],
};
