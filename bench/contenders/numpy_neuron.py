# The class notes' neuron in NumPy, class by class as they have it, with the loss's derivative put right and without its 1e-7,
# so that the numbers agree with the others'.

import numpy as np
from protocol import serve


class AffineFunction:
    def __init__(self, w, b):
        self.w = w
        self.b = b

    def forward(self, x):
        self.x = x
        z = np.dot(x, self.w) + self.b
        return z

    def backward(self, dJ_dz, lr):
        self.w = self.w - lr * self.x * dJ_dz
        self.b = self.b - lr * dJ_dz


class Sigmoid:
    def forward(self, z):
        self.a = 1 / (1 + np.exp(-z))
        return self.a

    def backward(self, dJ_dp):
        dJ_dz = self.a * (1 - self.a) * dJ_dp
        return dJ_dz


class BCELoss:
    def __call__(self, p, y):
        J = -(y * np.log(p) + (1 - y) * np.log(1 - p))
        dJ_dp = (p - y) / (p * (1 - p))
        return J, dJ_dp


class Training:
    def __init__(self, work, X, labels, parameters):
        self.X = np.array(X).reshape(-1, 2)
        self.y = np.array(labels)
        self.lr = work["learningRate"]
        self.affine = AffineFunction(np.array(parameters[:2]), np.float64(parameters[2]))
        self.sigmoid = Sigmoid()
        self.loss_fn = BCELoss()

    def steps(self, n):
        for i in range(n):
            x, y = self.X[i % len(self.X)], self.y[i % len(self.y)]
            p = self.sigmoid.forward(self.affine.forward(x))
            J, dJ_dp = self.loss_fn(p, y)
            self.affine.backward(self.sigmoid.backward(dJ_dp), self.lr)

    def loss(self):
        p = self.sigmoid.forward(self.affine.forward(self.X[0]))
        return float(self.loss_fn(p, self.y[0])[0])


serve(Training)
