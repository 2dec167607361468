// Where: the parts of a chain or a model, each with what went in when the whole ran.

import type { Tensor } from '../tensor/index.js';
import { foreignObject } from './foreign.js';
import type { Specimen } from './specimen/specimen.js';
import type { Value } from './value.js';

/** A part that ran, with the inputs of its first forward pass. */
export interface Stage {
  readonly name: string;
  readonly part: object;
  readonly inputs: readonly Value[];
}

/** Runs the whole forward once and notes what each of its parts was given, in the order in which they ran. */
export function stagesOf(specimen: Specimen, inputs: readonly Tensor[]): Stage[] {
  const stages: Stage[] = [];
  const releases = specimen.parts.map(({ name, part }) =>
    listen(part, (args) => {
      if (!stages.some((stage) => stage.part === part)) stages.push({ name, part, inputs: args });
    }),
  );
  try {
    specimen.within((session) => session.forward(inputs));
  } finally {
    releases.forEach((release) => release());
  }
  return stages;
}

/** Hears what a part's forward pass is given, until the function that this gives is called. */
function listen(part: object, onForward: (args: readonly Value[]) => void): () => void {
  const elsewhere = foreignObject(part);
  if (elsewhere) return elsewhere.listen(onForward);
  const owner = part as { forward: (...args: Value[]) => unknown };
  const forward = owner.forward;
  const isOwn = Object.hasOwn(owner, 'forward');
  owner.forward = function (this: unknown, ...args: Value[]) {
    onForward(structuredClone(args));
    return forward.apply(this, args);
  };
  return () => {
    if (isOwn) owner.forward = forward;
    else delete (owner as { forward?: unknown }).forward;
  };
}
