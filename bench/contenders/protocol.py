# The Python side of child.ts: told what to do by lines of JSON.

import json
import os
import sys
import time
from array import array


def read(folder, name):
    """The numbers of a file, as Python's array of doubles."""
    values = array("d")
    with open(os.path.join(folder, name + ".f64"), "rb") as file:
        values.frombytes(file.read())
    return values


def serve(make):
    """`make(work, X, labels, parameters)` gives an object with `steps(n)`, `loss()` and, for the race on digits, `parameters()`."""
    training = None
    for line in sys.stdin:
        request = json.loads(line)
        reply = {}
        begun = time.perf_counter()
        if "prepare" in request:
            folder = request["prepare"]
            with open(os.path.join(folder, "problem.json")) as file:
                work = json.load(file)
            training = make(work, *(read(folder, name) for name in ("X", "labels", "parameters")))
        elif "steps" in request:
            training.steps(request["steps"])
        elif "parameters" in request:
            with open(request["parameters"], "wb") as file:
                array("d", training.parameters()).tofile(file)
        else:
            reply["loss"] = training.loss()
        reply["ms"] = (time.perf_counter() - begun) * 1e3
        print(json.dumps(reply), flush=True)


def shapes(layers):
    """Weight and bias of each layer: where they begin in the file, and their shapes."""
    start = 0
    for inputs, outputs in zip(layers, layers[1:]):
        yield start, (outputs, inputs), start + outputs * inputs, (outputs,)
        start += outputs * (inputs + 1)
