// Passes with several results, such as the two states of an LSTM: joined to one, whose upstream is cut up again.

import { Tensor } from '../../tensor/index.js';
import { foreign } from '../foreign.js';
import { readValue, writeValue, type Value } from '../value.js';
import type { Code, Passes } from './passes.js';
import { isUpstream, parameterNames } from './signature.js';

/**
 * The passes with one result: where forward gives a list of arrays (and a cache behind them), and backward takes as many derivatives
 * as there are arrays. All others as they are. `result`: what forward gave.
 */
export function withOneResult(passes: Passes, result: unknown): Passes {
  const { owner, forward, backward } = passes;
  const names = parameterNames(backward);
  const upstreams = names.flatMap((name, i) => (isUpstream(name) ? [i] : []));
  const count = upstreams.length;
  if (count < 2 || !Array.isArray(result) || result.length < count || result.length > count + 1)
    return passes;
  const likes = result.slice(0, count) as Value[];
  if (!likes.every((like) => typeof like === 'object' && readValue(like))) return passes;

  const joined = (...args: unknown[]): unknown => {
    const results = forward.call(owner, ...args) as unknown[];
    const all = joinedValues(results.slice(0, count).map((each) => readValue(each)!));
    return results.length > count ? [all, results[count]] : all;
  };
  const cut = (...args: unknown[]): unknown => {
    const parts = cutInto(readValue(args[upstreams[0]!])!, likes);
    const rest = args.filter((_, i) => i !== upstreams[0]);
    return backward.call(
      owner,
      ...names.map((_, i) => (upstreams.includes(i) ? parts[upstreams.indexOf(i)] : rest.shift())),
    );
  };
  const named = (code: Code, parameters: readonly string[]): Code =>
    Object.assign(code, { [foreign]: { parameters } });
  return {
    ...passes,
    forward: named(joined, parameterNames(forward)),
    backward: named(
      cut,
      names.filter((_, i) => i === upstreams[0] || !upstreams.includes(i)),
    ),
  };
}

function joinedValues(values: readonly Tensor[]): Tensor {
  const numbers = values.flatMap(({ data }) => Array.from(data));
  return new Tensor(Float64Array.from(numbers), [numbers.length]);
}

function cutInto(values: Tensor, likes: readonly Value[]): Value[] {
  let from = 0;
  return likes.map((like) => {
    const { shape, size } = readValue(like)!;
    const part = new Tensor(values.data.slice(from, from + size), shape);
    from += size;
    return writeValue(part, like);
  });
}
