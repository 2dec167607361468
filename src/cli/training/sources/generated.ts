// The generated data sets, by name.

import { DATASETS, type DatasetName } from '../datasets.js';
import { divide, partsOf } from './parts.js';
import type { Source } from './source.js';

/** A generated data set, drawn by the seed. */
export function generatedSource(name: DatasetName): Source {
  const { options, defaults, make } = DATASETS[name];
  return {
    name,
    kind: 'generated',
    options,
    takesFiles: false,
    defaults: { ...defaults, optimizer: 'sgd', adaptiveRate: 0.01, test: 0, precision: 'float64' },
    load: async (request, { text }) => {
      const set = make(request.data, request.seed);
      const classes = request.data.centers ?? 2;
      return {
        ...partsOf(set, divide(set.y, 'classification', request, text)),
        task: 'classification',
        classes: Array.from({ length: classes }, (_, label) => String(label)),
        inputShape: [2],
        ...{ columns: null, pictures: null, units: null },
      };
    },
  };
}
