// Specimens of tensor code: a library function, a module, or any function on tensors. Their backward pass is the graph's.

import { grad } from '../../graph/index.js';
import { Module } from '../../nn/index.js';
import { nameOf, tensorCodeOf, type TensorCode, type TensorModule } from '../../protocol/index.js';
import { tensor, type Tensor } from '../../tensor/index.js';
import type { NumericField } from '../state.js';
import { nameInputs, type Code } from './passes.js';
import type { Session, Specimen } from './specimen.js';

/** The specimen of code on tensors. Whole numbers such as labels carry no gradient. */
export function specimenOfTensorCode(
  subject: TensorModule | TensorCode,
  inputs: readonly Tensor[],
): Specimen {
  const code = tensorCodeOf(subject);
  const inputNames =
    'operation' in code
      ? [...(code.operation as { readonly inputs: readonly string[] }).inputs].slice(0, inputs.length)
      : nameInputs((typeof subject === 'function' ? subject : subject.forward) as Code, inputs.length);
  const named = subject instanceof Module ? subject.namedParameters() : [];
  const open = (): Session => {
    let leaves: Tensor[] = [];
    let output: Tensor | null = null;
    return {
      forward(values) {
        leaves = values.map((value, i) => tensor(value, { requiresGrad: inputs[i]!.dtype === 'float64' }));
        output = code(...leaves);
        return output;
      },
      backward(upstream) {
        const slots = [...leaves.map((leaf, i) => [inputNames[i]!, leaf] as const), ...named].filter(
          ([, leaf]) => leaf.requiresGrad,
        );
        const gradients = output?.requiresGrad
          ? grad(
              output,
              slots.map(([, leaf]) => leaf),
              { upstream },
            )
          : [];
        return {
          bySlot: new Map(gradients.map((gradient, i) => [slots[i]![0], gradient])),
          unread: [],
          unnamed: [],
        };
      },
      inputsNow: () => leaves,
      kept: () => new Map(),
    };
  };
  return {
    name: nameOf(subject),
    inputNames,
    takesUpstream: true,
    parameters: named.map(([path, parameter]) => fieldOf(path, parameter)),
    parts: [],
    within: (run) => run(open()),
  };
}

function fieldOf(path: string, parameter: Tensor): NumericField {
  return {
    path,
    read: () => parameter.clone(),
    write: (values) => parameter.assign(values),
    hold: () => {
      const held = parameter.clone();
      return () => parameter.assign(held);
    },
  };
}
