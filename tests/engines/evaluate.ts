// The plainest engine there can be: computes the nodes of a program one by one. Lowering is held to the interpreter with it.

import type { Node } from '../../src/engines/program/ir.js';
import { lower } from '../../src/engines/program/lower.js';
import { trace, type Step } from '../../src/engines/program/trace.js';
import { functions } from '../../src/functions/index.js';
import { indicesAt, sizeOf, Tensor, type Shape } from '../../src/tensor/index.js';

/** Outputs and new values of moved tensors of a step, by way of its program. */
export function runProgram(
  step: Step,
  inputs: readonly Tensor[],
): { outputs: Tensor[]; updates: Map<Tensor, Tensor> } {
  const program = lower(trace(step, inputs));
  const values = new Map<Node, Tensor>();
  const valueOf = (node: Node): Tensor => {
    const known = values.get(node);
    if (known) return known;
    const value = compute(node);
    values.set(node, value);
    return value;
  };
  const compute = (node: Node): Tensor => {
    switch (node.kind) {
      case 'leaf':
        return node.leaf < inputs.length ? inputs[node.leaf]! : program.leaves[node.leaf]!;
      case 'constant':
        return fill(node.shape, () => node.value);
      case 'map': {
        const { operation } = Object.values(functions).find((call) => call.operation.name === node.name)!;
        const args = node.inputs.map(valueOf);
        return new Tensor(operation.value(args, node.shape, {}), node.shape);
      }
      case 'view': {
        const of = valueOf(node.of);
        return fill(node.shape, (index) => of.data[at(node.view, index)]!);
      }
      case 'reduce':
        return functions[node.name](valueOf(node.of), node.axes);
      case 'matmul':
        return functions.matmul(valueOf(node.a), valueOf(node.b));
      case 'place': {
        const data = new Float64Array(sizeOf(node.shape));
        for (const { of, view } of node.parts) {
          const part = valueOf(of);
          part.data.forEach((x, i) => (data[at(view, indicesAt(i, part.shape))] = x));
        }
        return new Tensor(data, node.shape);
      }
      case 'gather':
        return functions.gather(valueOf(node.of), valueOf(node.indices), node.axis);
      case 'scatter':
        return functions.scatterAdd(valueOf(node.of), valueOf(node.indices), node.shape, node.axis);
      case 'argmax':
        return functions.argmax(valueOf(node.of), node.axis);
    }
  };
  return {
    outputs: program.outputs.map(valueOf),
    updates: new Map(program.updates.map(({ leaf, value }) => [program.leaves[leaf]!, valueOf(value)])),
  };
}

function at(
  { offset, strides }: { offset: number; strides: readonly number[] },
  index: readonly number[],
): number {
  return index.reduce((position, i, axis) => position + i * strides[axis]!, offset);
}

function fill(shape: Shape, element: (index: number[]) => number): Tensor {
  return new Tensor(
    Float64Array.from({ length: sizeOf(shape) }, (_, i) => element(indicesAt(i, shape))),
    shape,
  );
}
