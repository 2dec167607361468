// Shapes broadcast as in NumPy.

import { expect, test } from 'vitest';
import { ShapeError } from '../../src/errors.js';
import { broadcastShapes, type Shape } from '../../src/tensor/index.js';
import { readFixture } from '../functions/reference.js';

interface Broadcast {
  readonly shapes: readonly Shape[];
  /** Null where NumPy refuses. */
  readonly result: Shape | null;
}

const { broadcasts } = readFixture<{ broadcasts: readonly Broadcast[] }>('torch-numpy.json');

test.each(broadcasts.map(({ shapes, result }) => [JSON.stringify(shapes), result, shapes] as const))(
  '%s broadcast to %j',
  (_, result, shapes) => {
    const broadcast = (): Shape => broadcastShapes(shapes, 'add');
    if (result) {
      expect(broadcast()).toEqual(result);
    } else {
      expect(broadcast).toThrow(ShapeError);
      for (const shape of shapes) expect(broadcast).toThrow(`[${shape.join(', ')}]`);
    }
  },
);
