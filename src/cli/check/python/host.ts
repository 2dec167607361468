// The Python side of a check: a program that loads the learner's file, and does on it what the lines on its standard input ask for.
// Requests and answers are JSON; link.ts is the other end. It runs on Python 3.8 and later, and needs NumPy.

import { PYTHON as limits } from './host/limits.js';
import { PYTHON as objects } from './host/objects.js';
import { PYTHON as places } from './host/places.js';
import { PYTHON as serve } from './host/serve.js';
import { PYTHON as setup } from './host/setup.js';
import { PYTHON as values } from './host/values.js';

/** The program, for `python3 -c`. Its arguments are the limits: seconds and megabytes. */
export const HOST = [setup, limits, values, objects, places, serve].join('\n');
