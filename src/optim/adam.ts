// Adam: momentum, divided by the size that the gradient had lately. Kingma and Ba, 2015; AMSGrad: Reddi, Kale and Kumar, 2018.

import { zeros, type Tensor } from '../tensor/index.js';
import type { Optimizer } from './optimizer.js';
import { byRule, decayed, type UpdateRule } from './rule.js';
import { checkOption, checkShare } from './options.js';
import type { Schedule } from './schedules/schedule.js';

/** Options of `adam` and `adamw`. */
export interface AdamOptions {
  /** Size of a step, above 0, or a schedule of it. Default 0.001. */
  readonly learningRate?: number | Schedule;
  /** How much of the average of gradients is kept. Default 0.9. */
  readonly beta1?: number;
  /** How much of the average of squares is kept. Default 0.999. */
  readonly beta2?: number;
  /** Added to the divisor. Default 1e-8. */
  readonly epsilon?: number;
  /** How strongly parameters are pulled to 0. Default 0 for `adam`, 0.01 for `adamw`. */
  readonly weightDecay?: number;
  /** Divide by the largest average of squares so far. Default false. */
  readonly amsgrad?: boolean;
}

/** What a parameter remembers, under the paper's names: its step count, and the averages of gradients and squares. */
type State = { readonly step: Tensor; readonly m: Tensor; readonly v: Tensor; readonly vMax?: Tensor };

/**
 * Adam, `w -= learningRate * m / (sqrt(v) + epsilon)` with averages m of dw and v of dw², each corrected for having begun
 * at 0. Weight decay is added to the gradient. Equals `torch.optim.Adam`, in its order and with its defaults. Throws a
 * `ValueError` for options outside their range.
 *
 * @example
 * const w = tensor(3, { requiresGrad: true });
 * w.mul(w).backward();
 * optim.adam({ learningRate: 0.1 }).step([w]);
 * w.item().toFixed(4); // '2.9000'
 */
export function adam(options: AdamOptions = {}): Optimizer {
  const { learningRate = 0.001, weightDecay = 0 } = options;
  const { begin, update } = adamRule('adam', options);
  checkOption('adam', 'weightDecay', weightDecay);
  return byRule('Adam', learningRate, {
    begin,
    update: (parameter, gradient, state, rate) =>
      update(parameter, decayed(gradient, parameter, weightDecay), state, rate),
  });
}

/** Adam's rule without weight decay. */
export function adamRule(
  where: string,
  { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, amsgrad = false }: AdamOptions,
): UpdateRule<State> {
  checkShare(where, 'beta1', beta1);
  checkShare(where, 'beta2', beta2);
  checkOption(where, 'epsilon', epsilon);
  return {
    begin: ({ shape }) => ({
      ...{ step: zeros([]), m: zeros(shape), v: zeros(shape) },
      ...(amsgrad && { vMax: zeros(shape) }),
    }),
    update: (parameter, gradient, state, rate) => {
      const step = state.step.add(1);
      const m = state.m.mul(beta1).add(gradient.mul(1 - beta1));
      const v = state.v.mul(beta2).add(gradient.mul(gradient).mul(1 - beta2));
      const vMax = state.vMax?.maximum(v);
      const divisor = (vMax ?? v).sqrt().div(begun(beta2, step).sqrt()).add(epsilon);
      return {
        parameter: parameter.sub(m.div(divisor).mul(rate.div(begun(beta1, step)))),
        ...{ step, m, v },
        ...(vMax && { vMax }),
      };
    },
  };
}

/**
 * `1 - beta ** step`: how much of an average that began at 0 is gradients. By expm1, since in float32 the difference itself
 * would keep only four digits of the first steps with beta = 0.999.
 */
function begun(beta: number, step: Tensor): Tensor {
  return step.mul(Math.log(beta)).expm1().neg();
}
