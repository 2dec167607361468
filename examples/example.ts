// What the examples have in common: how they are called, what they give, and how they print.

import type { Callback, History } from '../src/index.js';
import type { RunHistory } from '../src/plot/index.js';

/** How an example is run. */
export interface ExampleOptions {
  /** Times through the data. Default: enough for the figures in docs/examples.md. */
  readonly epochs?: number | undefined;
  /** Takes each line of output. Default: the console. */
  readonly print?: ((line: string) => void) | undefined;
}

/** What an example found out. */
export interface Result {
  /** Numbers by name, such as the accuracy on samples that were held back. */
  readonly figures: Readonly<Record<string, number>>;
  /** Pictures and tables by file name. */
  readonly files: Readonly<Record<string, string | Uint8Array>>;
}

/** A callback for `fit` that prints a line after every `each` epochs, and after the last. */
export function printing(print: (line: string) => void, each = 1): Callback {
  return {
    onEpochEnd({ epoch, epochs, logs }) {
      if (epoch % each > 0 && epoch < epochs) return;
      const values = Object.entries(logs).map(([name, value]) => `${name} ${value.toFixed(4)}`);
      print(`epoch ${epoch} of ${epochs}: ${values.join(', ')}`);
    },
  };
}

/** A history for `historyPlot`, which draws what was validated dashed beside the rest. */
export function curvesOf({ loss, accuracy, val_loss, val_accuracy }: History): RunHistory {
  return { loss, accuracy, validationLoss: val_loss, validationAccuracy: val_accuracy };
}
