import { describe, expect, test } from 'vitest';
import { rotate } from '../../src/data/images/rotation.js';
import {
  data,
  fit,
  nn,
  optim,
  RandomState,
  ShapeError,
  tensor,
  type Callback,
  type RunState,
  type Tensor,
  ValueError,
} from '../../src/index.js';
import { readFixture } from '../functions/reference.js';

const {
  augmentedBatches,
  composeTransforms,
  normalizeImages,
  randomHorizontalFlip,
  randomRotation,
  randomShift,
} = data;

/** Pictures of two channels whose pixels are all different and above 0. */
function pictures(batch: number, height: number, width: number): Tensor {
  const count = batch * 2 * height * width;
  return tensor(Array.from({ length: count }, (_, i) => i + 1)).reshape([batch, 2, height, width]);
}

/** One picture's channels as rows of pixels. */
function planesOf(images: Tensor, picture: number): number[][][] {
  return (images.slice([picture, picture + 1]).toArray() as number[][][][])[0]!;
}

describe('randomHorizontalFlip', () => {
  test('mirrors a picture as a whole or not at all, half of them on average', () => {
    const images = pictures(400, 2, 3);
    const flipped = randomHorizontalFlip().train(images, new RandomState(0));
    let count = 0;
    for (let i = 0; i < 400; i++) {
      const before = planesOf(images, i);
      const mirrored = before.map((rows) => rows.map((row) => row.toReversed()));
      const isMirrored = planesOf(flipped, i)[0]![0]![0] !== before[0]![0]![0];
      expect(planesOf(flipped, i)).toEqual(isMirrored ? mirrored : before);
      count += Number(isMirrored);
    }
    expect(Math.abs(count - 200)).toBeLessThan(4 * Math.sqrt(400 / 4));
  });

  test('always, and never', () => {
    const images = pictures(2, 1, 2);
    expect(randomHorizontalFlip(1).train(images, new RandomState(0)).toArray()).toEqual([
      [[[2, 1]], [[4, 3]]],
      [[[6, 5]], [[8, 7]]],
    ]);
    expect(randomHorizontalFlip(0).train(images, new RandomState(0)).toArray()).toEqual(images.toArray());
  });
});

describe('randomShift', () => {
  test('moves both channels alike, by every step with the same chance, and fills what comes in', () => {
    const images = pictures(2000, 3, 4);
    const moved = randomShift(2, { fill: -1 }).train(images, new RandomState(1));
    const counts = new Map<string, number>();
    for (let i = 0; i < 2000; i++) {
      const [before, after] = [planesOf(images, i), planesOf(moved, i)];
      const [first] = after; // at most two rows and columns have gone: the middle tells how far it moved
      const seen = first!.flatMap((row, r) =>
        row.flatMap((pixel, c) => (pixel < 0 ? [] : [{ r, c, pixel }])),
      );
      const { r, c, pixel } = seen[0]!;
      const place = pixel - before[0]![0]![0]!;
      const [down, right] = [r - Math.floor(place / 4), c - (place % 4)];
      const expected = before.map((rows) =>
        rows.map((row, r) => row.map((_, c) => rows[r - down]?.[c - right] ?? -1)),
      );
      expect(after).toEqual(expected);
      counts.set(`${down} ${right}`, (counts.get(`${down} ${right}`) ?? 0) + 1);
    }
    expect(counts.size).toBe(25);
    for (const count of counts.values()) expect(Math.abs(count - 80)).toBeLessThan(5 * Math.sqrt(80));
  });

  test('farther than the picture is large leaves nothing but the fill', () => {
    const far = randomShift(9).train(pictures(400, 1, 2), new RandomState(0));
    const gone = 1 - (1 / 19) * (3 / 19); // of 19 by 19 steps, those that leave something
    const share = Array.from({ length: 400 }, (_, i) => planesOf(far, i).flat(2)).filter((pixels) =>
      pixels.every((pixel) => pixel === 0),
    ).length;
    expect(share).toBeLessThan(400);
    expect(Math.abs(share - 400 * gone)).toBeLessThan(4 * Math.sqrt(400 * gone * (1 - gone)));
  });
});

describe('randomRotation', () => {
  interface Rotation {
    readonly angle: number;
    readonly height: number;
    readonly width: number;
    readonly picture: readonly number[];
    readonly turned: readonly number[];
  }
  const { rotations } = readFixture<{ rotations: readonly Rotation[] }>('torch-images.json');
  test.each(rotations)('turns as PyTorch does: $height × $width by $angle°', (c) => {
    const to = new Float64Array(c.picture.length);
    rotate(Float64Array.from(c.picture), to, c, c.angle, 0);
    to.forEach((pixel, i) => expect(pixel).toBeCloseTo(c.turned[i]!, 12));
  });

  test('a quarter turn moves pixels counter-clockwise', () => {
    const to = new Float64Array(4);
    rotate(Float64Array.of(1, 2, 3, 4), to, { height: 2, width: 2 }, 90, 0);
    [2, 4, 1, 3].forEach((pixel, i) => expect(to[i]).toBeCloseTo(pixel, 14)); // NumPy's rot90
  });

  test('a slope stays a slope, and its steepness tells the angle: all of them come, none beyond', () => {
    const size = 9;
    const slope = Array.from({ length: size * size }, (_, i) => (i % size) - 4);
    const images = tensor(Array.from({ length: 300 }, () => slope)).reshape([300, 1, size, size]);
    const turned = randomRotation(20).train(images, new RandomState(3));
    const angles = Array.from({ length: 300 }, (_, i) => {
      const [rows] = planesOf(turned, i);
      const [right, down] = [rows![4]![5]! - rows![4]![4]!, rows![5]![4]! - rows![4]![4]!];
      expect(Math.hypot(right, down)).toBeCloseTo(1, 12);
      return (Math.atan2(-down, right) * 180) / Math.PI;
    });
    expect(Math.max(...angles)).toBeLessThan(20);
    expect(Math.max(...angles)).toBeGreaterThan(19);
    expect(Math.min(...angles)).toBeLessThan(-19);
    expect(angles.filter((angle) => angle > 0).length).toBeGreaterThan(110);
  });

  test('what comes in is the fill', () => {
    const images = tensor(new Array<number>(81).fill(7)).reshape([1, 1, 9, 9]);
    const turned = randomRotation(180, { fill: 7 }).train(images, new RandomState(0));
    turned.data.forEach((pixel) => expect(pixel).toBeCloseTo(7, 12));
  });
});

test('normalizeImages is by channel, in training and in evaluation, and undone by hand', () => {
  const images = pictures(2, 2, 2);
  const both = normalizeImages([2, -1], [0.5, 4]);
  const back = both.evaluate(images).mul(tensor([0.5, 4]).reshape([2, 1, 1]));
  expect(back.add(tensor([2, -1]).reshape([2, 1, 1])).toArray()).toEqual(images.toArray());
  expect(both.train(images, new RandomState(0)).toArray()).toEqual(both.evaluate(images).toArray());
});

describe('composed', () => {
  const images = pictures(5, 4, 4);
  const all = composeTransforms(
    randomHorizontalFlip(),
    randomShift(1),
    randomRotation(15),
    normalizeImages(80, 40),
  );

  test('evaluation leaves chance out', () => {
    expect(all.evaluate(images).toArray()).toEqual(images.sub(80).div(40).toArray());
  });

  test('the same seed gives the same pictures, another one others; the given ones stay', () => {
    const before = images.toArray();
    const [one, same, other] = [0, 0, 1].map((seed) => all.train(images, new RandomState(seed)).toArray());
    expect(one).toEqual(same);
    expect(one).not.toEqual(other);
    expect(images.toArray()).toEqual(before);
  });
});

describe('augmentedBatches', () => {
  const images = pictures(10, 2, 2);
  const y = Array.from({ length: 10 }, (_, i) => i);
  const plain = normalizeImages(0, 1);
  const labels = (stream: Iterable<{ y: Tensor }>): number[] => [...stream].flatMap(({ y }) => [...y.data]);

  test('every sample once an epoch with its target, in an order that is the epoch’s own', () => {
    const stream = augmentedBatches(images, y, plain, { batchSize: 4, randomState: 0 });
    const sizes = [...stream(1)].map(({ X }) => X.shape[0]);
    expect(sizes).toEqual([4, 4, 2]);
    for (const { X, y } of stream(1)) {
      y.data.forEach((label, i) => expect(planesOf(X, i)).toEqual(planesOf(images, label)));
    }
    expect(labels(stream(1)).toSorted((a, b) => a - b)).toEqual(y);
    expect(labels(stream(1))).not.toEqual(labels(stream(2)));
    const again = augmentedBatches(images, y, plain, { batchSize: 4, randomState: 0 });
    expect(labels(again(2))).toEqual(labels(stream(2)));
    expect(labels(augmentedBatches(images, y, plain, { shuffle: false, randomState: 0 })(7))).toEqual(y);
  });

  test('trains with fit as the same batches by hand do', async () => {
    const stream = augmentedBatches(images, y, composeTransforms(randomShift(1), normalizeImages(40, 20)), {
      ...{ batchSize: 4, randomState: 0 },
    });
    const train = async (epochs: number, batches: typeof stream | ReturnType<typeof stream>[]) => {
      const model = nn.sequential(nn.flatten(), nn.linear(8, 10, { randomState: 0 }));
      const options = { loss: nn.crossEntropyLoss(), optimizer: optim.sgd({ learningRate: 0.1 }) };
      if (typeof batches === 'function') await fit(model, batches, { ...options, epochs });
      else for (const each of batches) await fit(model, each, options);
      return model.parameters().map((parameter) => parameter.toArray());
    };
    expect(await train(3, stream)).toEqual(await train(1, [stream(1), stream(2), stream(3)]));
  });

  test('a run that goes on in the middle of an epoch ends in the bits of one that was never interrupted', async () => {
    const train = async (options: {
      readonly callbacks?: readonly Callback[];
      readonly signal?: AbortSignal;
    }) => {
      const model = nn.sequential(nn.flatten(), nn.linear(8, 10, { randomState: 0 }));
      const stream = augmentedBatches(
        images,
        y,
        composeTransforms(randomRotation(30), normalizeImages(40, 20)),
        {
          ...{ batchSize: 4, randomState: 0 },
        },
      );
      const settings = {
        loss: nn.crossEntropyLoss(),
        optimizer: optim.adam({ learningRate: 0.01 }),
        epochs: 3,
      };
      await fit(model, stream, { ...settings, ...options });
      return model.parameters().map((parameter) => parameter.toArray());
    };
    const whole = await train({});
    for (const step of [1, 3, 5]) {
      let state: RunState | null = null;
      const controller = new AbortController();
      const until: Callback = {
        stepsUntilPause: () => 1,
        onPause(run) {
          if (run.step < step) return;
          state ??= run.snapshot();
          controller.abort();
        },
      };
      expect(await train({ callbacks: [until], signal: controller.signal })).not.toEqual(whole);
      const goOn: Callback = { onBegin: (run) => run.resumeFrom(state!) };
      expect(await train({ callbacks: [goOn] })).toEqual(whole);
    }
  });
});

test('what makes no sense is refused', () => {
  const flat = tensor([[1, 2, 3]]);
  expect(() => randomShift(1).train(flat, new RandomState(0))).toThrow(ShapeError);
  expect(() => randomRotation(1).evaluate(flat)).toThrow(
    'randomRotation: expected pictures [batch, channels, height, width], got shape [1, 3]; rows of pixels become',
  );
  expect(() => augmentedBatches(flat, [1], normalizeImages(0, 1))).toThrow(
    'augmentedBatches: expected pictures',
  );
  expect(() => normalizeImages([0, 0, 0], 1).evaluate(pictures(1, 1, 1))).toThrow(
    'for 3 channels, but the pictures have 2',
  );
  for (const make of [
    () => randomHorizontalFlip(1.5),
    () => randomShift(-1),
    () => randomShift(0.5),
    () => randomRotation(-1),
    () => randomRotation(181),
    () => normalizeImages(0, 0),
  ]) {
    expect(make).toThrow(ValueError);
  }
});
