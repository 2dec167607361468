# A multilayer perceptron in NumPy, forward and backward by hand, with plain gradient descent.

import numpy as np
from protocol import serve, shapes


class Training:
    def __init__(self, work, X, labels, parameters):
        dtype = np.dtype(work["precision"])
        values = np.array(parameters, dtype)
        self.layers = []
        for weight_at, weight, bias_at, bias in shapes(work["layers"]):
            w = values[weight_at:bias_at].reshape(weight).T.copy()
            self.layers.append([w, values[bias_at : bias_at + bias[0]]])
        X = np.array(X, dtype).reshape(len(labels), -1)
        y = np.eye(work["layers"][-1], dtype=dtype)[np.array(labels, int)]
        count = len(labels) // work["batch"]
        self.batches = list(zip(np.split(X, count), np.split(y, count)))
        self.lr = dtype.type(work["learningRate"])
        self.relu = work["activation"] == "relu"

    def forward(self, X, y):
        """Inputs of each layer, probabilities and loss."""
        inputs = [X]
        for i, (w, b) in enumerate(self.layers):
            z = inputs[-1] @ w + b
            if i < len(self.layers) - 1:
                inputs.append(np.maximum(z, 0) if self.relu else np.tanh(z))
        e = np.exp(z - z.max(1, keepdims=True))
        p = e / e.sum(1, keepdims=True)
        return inputs, p, -np.mean(np.log((p * y).sum(1)))

    def steps(self, n):
        for i in range(n):
            X, y = self.batches[i % len(self.batches)]
            inputs, p, _ = self.forward(X, y)
            dz = (p - y) / len(y)
            for layer, a in zip(self.layers[::-1], inputs[::-1]):
                w, b = layer
                dw, db = a.T @ dz, dz.sum(0)
                if a is not X:
                    dz = (dz @ w.T) * ((a > 0) if self.relu else 1 - a * a)
                layer[:] = [w - self.lr * dw, b - self.lr * db]

    def loss(self):
        return float(self.forward(*self.batches[0])[2])


serve(Training)
