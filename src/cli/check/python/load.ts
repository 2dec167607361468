// Loading a learner's Python file, and what it defines.

import type { Places } from '../child/place-findings.js';
import type { Parameter, Thing } from '../child/thing.js';
import { placeOfStack } from '../javascript/frames.js';
import { placeOf, type Span } from '../place.js';
import type { Problem, Task } from '../task.js';
import { DERIVATIVE_NAME } from '../wanted.js';
import { ask, encodeArgument, problemOf, type HostProblem } from './link.js';
import { functionFor, objectFor, targetOf, type Description } from './stand-ins.js';

/** What the host tells about a name in the file. */
type Listed =
  | {
      readonly kind: 'class';
      readonly name: string;
      readonly id: number;
      readonly parameters: readonly Parameter[];
      readonly methods: readonly string[];
      readonly isBase: boolean;
    }
  | {
      readonly kind: 'function';
      readonly name: string;
      readonly id: number;
      readonly parameters: readonly Parameter[];
    }
  | ({ readonly kind: 'object'; readonly name: string; readonly instanceOf: string | null } & Description)
  | { readonly kind: 'other'; readonly name: string; readonly what: string };

/** Loads the file. What a file that ends in an exception has defined before can be checked all the same. */
export function loadPython({ file }: Task): {
  readonly things: readonly Thing[];
  readonly problem: Problem | null;
  readonly files: readonly string[];
  readonly places: Omit<Places, 'callOf'>;
} {
  ask('hello'); // whether there is a Python that will do, before the file has its say
  const { things, problem, files } = ask('load', file) as {
    readonly things: readonly Listed[];
    readonly problem: HostProblem | null;
    readonly files: readonly string[];
  };
  return {
    things: things.map(thingOf),
    problem: problem && partly(problemOf(problem), things.length > 0),
    files,
    places: { placeIn, placeOfStack },
  };
}

function partly(problem: Problem, definesSomething: boolean): Problem {
  return problem.kind === 'threw' ? { ...problem, partly: definesSomething } : problem;
}

function thingOf(listed: Listed): Thing {
  switch (listed.kind) {
    case 'class':
      return {
        ...listed,
        make: (args) => objectFor(ask('new', listed.id, args.map(encodeArgument)) as Description),
      };
    case 'function': {
      const { name, id, parameters } = listed;
      return {
        kind: 'function',
        name,
        parameters,
        value: functionFor({ id, method: null }, name, parameters),
      };
    }
    case 'object':
      return {
        kind: 'object',
        name: listed.name,
        value: objectFor(listed),
        instanceOf: listed.instanceOf,
      };
    case 'other':
      return listed;
  }
}

const placeIn: Places['placeIn'] = (f, wanted, within) => {
  const target = targetOf(f);
  if (!target) return null;
  const located = ask('locate', target.id, target.method, {
    ...wanted,
    pattern: DERIVATIVE_NAME,
  }) as { readonly span: Span; readonly range: readonly [number, number] } | null;
  return located && placeOf(located.span, within, [...located.range]);
};
