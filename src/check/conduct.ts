// How code behaves beyond its numbers: whether it repeats itself, remembers the wrong call, or changes what it was given.

import type { Tensor } from '../tensor/index.js';
import { finding, type Finding } from './finding.js';
import type { Probe } from './gradient.js';
import { isClose } from './hypotheses/match.js';
import { evaluate, type Gradients, type Specimen } from './specimen/specimen.js';

/** Whether the same inputs give the same result. Without that there is no derivative to check. */
export function repeats(specimen: Specimen, inputs: readonly Tensor[]): boolean {
  const first = evaluate(specimen, inputs);
  const repeats = Math.ceil(COIN_TOSSES / first.size) || 1;
  return Array.from({ length: repeats }).every(() => {
    const { data } = evaluate(specimen, inputs);
    return first.data.every((x, i) => Object.is(x, data[i]));
  });
}

const COIN_TOSSES = 10; // a mask over one number is the same by chance every other time, over ten hardly ever

/** How code behaves at one probe and another. `isBrief`, as for large layers, leaves out what an earlier backward pass may have left. */
export function conduct(
  specimen: Specimen,
  here: Probe,
  elsewhere: Probe | null,
  { isBrief }: { readonly isBrief: boolean },
): Finding[] {
  const stale = elsewhere ? remembersEarlier(specimen, elsewhere, here) : [];
  return [
    ...changesInputs(specimen, here),
    ...stale,
    ...changesOnRepeat(specimen, here, isBrief || stale.length > 0 ? null : elsewhere),
  ];
}

function changesInputs(specimen: Specimen, { inputs, upstream }: Probe): Finding[] {
  return specimen.within((session) => {
    const changed = (): number =>
      session.inputsNow().findIndex((now, i) => now.data.some((x, k) => !Object.is(x, inputs[i]!.data[k])));
    session.forward(inputs);
    const byForward = changed();
    session.backward(upstream);
    const index = byForward >= 0 ? byForward : changed();
    if (index < 0) return [];
    const name = specimen.inputNames[index]!;
    return [
      finding({
        cause: 'input-changed-in-place',
        severity: 'warning',
        slot: name,
        message:
          `${byForward >= 0 ? 'forward' : 'backward'} changes its input ${name} in place. Whoever passed it still needs ` +
          'it as it was: the part before this one, for its own backward pass.',
        correction: `Work on a copy of ${name}.`,
      }),
    ];
  });
}

/** Forward there, then here, then backward: the derivative must be the one here. */
function remembersEarlier(specimen: Specimen, earlier: Probe, here: Probe): Finding[] {
  const alone = gradientsAfter(specimen, [here.inputs], here.upstream);
  const after = gradientsAfter(specimen, [earlier.inputs, here.inputs], here.upstream);
  for (const [slot, expected] of alone.bySlot) {
    const found = after.bySlot.get(slot);
    if (!found || isClose(found, expected)) continue;
    const stale = gradientsAfter(specimen, [earlier.inputs], here.upstream).bySlot.get(slot);
    const isStale = stale !== undefined && isClose(found, stale);
    return [
      finding({
        cause: 'stale-forward',
        severity: 'error',
        slot,
        message: isStale
          ? `After two forward passes, backward gives the derivative by ${slot} at the inputs of the first one.`
          : `The derivative by ${slot} changes when another forward pass came before the last one.`,
        correction: 'In forward, store what backward needs anew on every call.',
      }),
    ];
  }
  return [];
}

/** Forward and backward, twice over: fields that pile up give a multiple, and fields that are filled once the first derivative. */
function changesOnRepeat(specimen: Specimen, here: Probe, elsewhere: Probe | null): Finding[] {
  const { inputs, upstream } = here;
  const alone = elsewhere && gradientsAfter(specimen, [elsewhere.inputs], elsewhere.upstream);
  return specimen.within((session) => {
    const before = specimen.parameters.map((parameter) => parameter.read());
    session.forward(inputs);
    const first = session.backward(upstream);
    const isUpdating = specimen.parameters.some(
      (parameter, i) => !isClose(parameter.read(), before[i]!, [0, 0]),
    );
    if (isUpdating) return [];
    session.forward(inputs);
    const second = session.backward(upstream);
    for (const [slot, gradient] of first.bySlot) {
      const again = second.bySlot.get(slot);
      if (!again || isClose(again, gradient)) continue;
      const adds = isClose(again, gradient.mul(2));
      return [
        finding({
          cause: adds ? 'gradient-accumulates' : 'backward-changes-on-repeat',
          severity: adds ? 'note' : 'warning',
          slot,
          message: adds
            ? `The derivative by ${slot} adds up from one backward pass to the next, as PyTorch's does.`
            : `A second forward and backward pass on the same inputs gives another derivative by ${slot}.`,
          correction: adds ? `Set it to zero before each backward pass.` : null,
        }),
      ];
    }
    if (!elsewhere || !alone) return [];
    session.forward(elsewhere.inputs);
    return remembered(session.backward(elsewhere.upstream), alone, first);
  });
}

/** After another backward pass the derivative must be what it is alone, or be added to the earlier one. */
function remembered(after: Gradients, alone: Gradients, earlier: Gradients): Finding[] {
  for (const [slot, expected] of alone.bySlot) {
    const found = after.bySlot.get(slot);
    const before = earlier.bySlot.get(slot);
    if (!found || isClose(found, expected) || (before && isClose(found, expected.add(before)))) continue;
    return [
      finding({
        cause: 'stale-forward',
        severity: 'error',
        slot,
        message: `The derivative by ${slot} changes when another backward pass came before: something in it is still that of the earlier inputs.`,
        correction: 'Compute in backward, or store in forward, all that it needs anew on every call.',
      }),
    ];
  }
  return [];
}

function gradientsAfter(
  specimen: Specimen,
  inputs: readonly (readonly Tensor[])[],
  upstream: Tensor,
): Gradients {
  return specimen.within((session) => {
    inputs.forEach((values) => session.forward(values));
    return session.backward(upstream);
  });
}
