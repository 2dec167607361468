// Arguments for a constructor that wants some, guessed by the names of its parameters.

import type { Parameter } from './thing.js';

/** Sizes that are all different, so that a transposed matrix does not fit by chance. */
const SIZES = { in: 3, out: 2, hidden: 4, other: 3 };

const WEIGHTS = {
  vector: [0.5, -0.3, 0.8],
  matrix: [
    [0.5, -0.3],
    [0.8, 0.2],
    [-0.6, 0.4],
  ],
};

/** By the parameter's name in small letters without underscores; the first that matches. Functions get the round of guesses. */
const GUESSES: readonly (readonly [names: RegExp, value: unknown | ((round: number) => unknown)])[] = [
  [
    /^(n|num|d|size|dim|c|fan)?in(s|put|puts|size|dim|dims|features|channels|n|putsize|putdim|units)?$/,
    SIZES.in,
  ],
  [/^(n|num)?(inputs?|features|inputdims?|inputsize|inputfeatures)$/, SIZES.in],
  [
    /^(n|num|d|size|dim|c|fan)?out(s|put|puts|size|dim|dims|features|channels|n|putsize|putdim|units)?$/,
    SIZES.out,
  ],
  [/^(n|num)?(outputs?|outputdims?|outputsize|outputfeatures)$/, SIZES.out],
  [/^(n|num|d)?hidden(s|size|dim|units|n)?$|^h$|^nh$/, SIZES.hidden],
  [/^(n|num)?(classes|categories|labels)$|^vocab(ulary)?(size)?$|^numembeddings$/, SIZES.hidden],
  [
    /^(n|m|d|dim|dims|size|width|units|neurons|length|len|dmodel|modeldim|embed(ding)?(dim|size)|channels|features)$/,
    SIZES.other,
  ],
  [/^rows$/, SIZES.in],
  [/^(cols|columns)$/, SIZES.out],
  [/^(lr|eta|learningrate|stepsize)$/, 0.1],
  [/^(eps|epsilon)$/, 1e-5],
  [/^(momentum|decay|rho|beta[12])$/, 0.9],
  [/^(negative)?(slope|leak|alpha)$|^a$/, 0.1],
  [/^(p|q|prob|probability|rate|drop(out)?(rate|prob|p)?|keep(prob|rate)?)$/, 0.5],
  [/^(kernel|pool|window|filter)(size)?$|^k(size)?$/, 2],
  [/^strides?$/, 1],
  [/^pad(ding)?$/, 0],
  [/^(seed|randomstate|rng)$/, 0],
  [/^(n|num)?heads?$/, 1],
  [/^(use|with|has)[a-z]+$/, true],
  [/^(w|wt|weights?|kernel|theta)\d?$/, (round: number) => [WEIGHTS.vector, WEIGHTS.matrix, 0.7][round]],
  [/^(b|bias|biases|beta)\d?$/, (round: number) => [0.1, [0.1, -0.2], 0.1][round]],
  [/^(gamma|g)$/, (round: number) => [[1.2, 0.7, -0.5], 1.2, 1.2][round]],
  [/^(c|constant|value|factor|scale|t|temperature|delta|margin|exponent|power|threshold)$/, 1.5],
  [/^(y|target|label|ytrue|x|input)$/, 0.3],
  [/^(n|num|count)[a-z]+$|[a-z](size|dims?|count|num|units|len|length)$/, SIZES.hidden],
];

/** How many lists of arguments are worth trying. */
const ROUNDS = 3;

/** Lists of arguments to try, the likeliest first; none if a name says nothing. Without required parameters there is one: `[]`. */
export function guessArguments(parameters: readonly Parameter[]): (readonly unknown[])[] {
  const required = parameters.filter(({ isOptional }) => !isOptional);
  const lists = Array.from({ length: ROUNDS }, (_, round) => required.map((each) => guess(each, round)));
  const distinct = new Map(lists.map((list) => [JSON.stringify(list), list]));
  return [...distinct.values()].filter((list) => !list.includes(undefined));
}

function guess({ name, keys }: Parameter, round: number): unknown {
  if (keys) {
    const values = keys.map((key) => [key, guess({ name: key, isOptional: false }, round)] as const);
    return values.some(([, value]) => value === undefined) ? undefined : Object.fromEntries(values);
  }
  const plain = name.toLowerCase().replaceAll('_', '');
  const value = GUESSES.find(([names]) => names.test(plain))?.[1];
  return typeof value === 'function' ? (value as (round: number) => unknown)(round) : value;
}
