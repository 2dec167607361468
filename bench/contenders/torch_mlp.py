# PyTorch: a Sequential, a loss and an optimizer of torch.optim, on as many threads as the argument says.

import sys

import numpy as np
import torch
from protocol import serve, shapes
from torch import nn

torch.set_num_threads(int(sys.argv[1]))


class Training:
    def __init__(self, work, X, labels, parameters):
        dtype = getattr(torch, work["precision"])
        values = torch.from_numpy(np.array(parameters))
        layers = []
        for weight_at, weight, bias_at, bias in shapes(work["layers"]):
            linear = nn.Linear(weight[1], weight[0], dtype=dtype)
            with torch.no_grad():
                linear.weight.copy_(values[weight_at:bias_at].reshape(weight))
                linear.bias.copy_(values[bias_at : bias_at + bias[0]])
            layers += [linear, nn.ReLU() if work["activation"] == "relu" else nn.Tanh()]
        layers.pop()
        X = torch.from_numpy(np.array(X)).to(dtype).reshape(len(labels), -1)
        y = torch.from_numpy(np.array(labels))
        if work["loss"] == "bce":
            layers.append(nn.Sigmoid())
            self.loss_of, y = nn.BCELoss(), y.to(dtype).reshape(-1, 1)
        else:
            self.loss_of, y = nn.CrossEntropyLoss(), y.long()
        self.model = nn.Sequential(*layers)
        make = torch.optim.SGD if work["optimizer"] == "sgd" else torch.optim.Adam
        self.optimizer = make(self.model.parameters(), lr=work["learningRate"])
        self.batches = list(zip(X.split(work["batch"]), y.split(work["batch"])))

    def steps(self, n):
        for i in range(n):
            X, y = self.batches[i % len(self.batches)]
            self.optimizer.zero_grad()
            loss = self.loss_of(self.model(X), y)
            loss.backward()
            self.optimizer.step()

    def loss(self):
        X, y = self.batches[0]
        with torch.no_grad():
            return self.loss_of(self.model(X), y).item()

    def parameters(self):
        with torch.no_grad():
            return torch.cat([each.flatten() for each in self.model.parameters()]).tolist()


serve(Training)
