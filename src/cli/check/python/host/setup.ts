// The beginning of the Python host: the link, and what it needs.

export const PYTHON = String.raw`
import sys, os

if sys.path[:1] == ['']:
    del sys.path[0]  # a file called random.py in the current folder must not be taken for the module

# The link is a socket on standard input. The learner's file gets none, and what it prints goes to standard error.
os.set_blocking(0, True)
link = os.dup(0)
os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
os.dup2(2, 1)

import json
import threading

reader = os.fdopen(link, 'r', encoding='utf-8', newline='\n')
writer = os.fdopen(os.dup(link), 'w', encoding='utf-8', newline='\n')
writing = threading.Lock()


def answer(message):
    with writing:
        writer.write(json.dumps(message) + '\n')
        writer.flush()


def fail(problem):
    answer({'problem': problem})
    os._exit(0)


if sys.version_info < (3, 8):
    fail({'kind': 'python-old', 'version': '.'.join(map(str, sys.version_info[:3]))})

for name in ('OPENBLAS_NUM_THREADS', 'OMP_NUM_THREADS', 'MKL_NUM_THREADS'):
    os.environ.setdefault(name, '1')  # each thread would take memory of its own
os.environ.setdefault('MPLBACKEND', 'Agg')  # plots must not open a window and wait

try:
    import numpy as np
except ImportError:
    fail({'kind': 'numpy-missing'})

import ast
import base64
import copy
import importlib.util
import inspect
import math
import numbers
import random
import re
import sysconfig
import textwrap
import time
import traceback
import types

np.random.seed(0)  # weights drawn at random are the same on every run
random.seed(0)
np.seterr(all='ignore')  # overflows are looked for on purpose
`;
