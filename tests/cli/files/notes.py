# Deep learning, lesson 2: an artificial neuron, forward and backward
import numpy as np


class AffineFunction:
    def __init__(self):
        self.w = np.random.randn(2)
        self.b = np.random.randn()

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
        J = -(y * np.log(p + 1e-7) + (1 - y) * np.log(1 - p + 1e-7))
        dJ_dp = (p - y) / (p + 1e-7 * (1 - p + 1e-7))
        return J, dJ_dp


class Model:
    def __init__(self):
        self.affine = AffineFunction()
        self.sigmoid = Sigmoid()

    def forward(self, x):
        z = self.affine.forward(x)
        p = self.sigmoid.forward(z)
        return p

    def backward(self, dJ_dp, lr):
        dJ_dz = self.sigmoid.backward(dJ_dp)
        w, b = self.affine.backward(dJ_dz, lr)
        return w, b


x = np.array([1, 0])
y = 0
lr = 0.1
model = Model()
loss_fn = BCELoss()
for step in range(30):
    p = model.forward(x)
    J, dJ_dp = loss_fn(p, y)
    w, b = model.backward(dJ_dp, lr)
    print(step, J)
