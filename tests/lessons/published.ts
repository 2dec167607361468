// The numbers that the class notes print, and those measured with NumPy 1.24; see LESSONS.md.

/** Lesson 2: the loss before each of the thirty steps. */
export const NEURON_LOSSES = [
  0.469, 0.4517, 0.4351, 0.4193, 0.4041, 0.3895, 0.3756, 0.3624, 0.3497, 0.3376, 0.326, 0.315, 0.3045, 0.2945,
  0.2849, 0.2758, 0.2671, 0.2588, 0.2509, 0.2433, 0.2361, 0.2292, 0.2226, 0.2163, 0.2103, 0.2046, 0.1991,
  0.1938, 0.1887, 0.1839,
];

/** Lesson 3: step, w1, w2, b, x1, x2, y, p, J. */
export const AND_LOG = [
  [0, -0.67118365, 0.33768056, -1.3686, 0, 0, 0, 0.2055, 0.23],
  [201, 0.59800725, 1.2191753, -1.994, 0, 1, 0, 0.325, 0.393],
  [402, 1.20148858, 1.59111998, -2.7858, 1, 0, 0, 0.1743, 0.1915],
  [603, 1.67891003, 1.91474772, -3.3624, 1, 1, 1, 0.542, 0.6125],
  [804, 2.03064026, 2.17479361, -3.8558, 0, 0, 0, 0.0208, 0.021],
  [1005, 2.31699053, 2.39473414, -4.284, 0, 1, 0, 0.134, 0.1439],
  [1206, 2.54887926, 2.60437286, -4.6555, 1, 0, 0, 0.1104, 0.117],
  [1407, 2.772214, 2.80717186, -4.9626, 1, 1, 1, 0.6406, 0.4453],
  [1608, 2.95720033, 2.97910143, -5.2521, 0, 0, 0, 0.0052, 0.0052],
  [1809, 3.12336679, 3.1290271, -5.5222, 0, 1, 0, 0.0849, 0.0887],
] as const;

/** A run of lesson 4. */
export interface BlobsRow {
  readonly loss: readonly [first: number, last: number];
  readonly accuracy: readonly [first: number, last: number];
  /** Printed to eight digits. */
  readonly w: readonly [number, number];
  readonly b: number;
}

/** Lesson 4, from `np.random.seed(0)`: with the two derivatives of the notes, and with the exact one, dJ/dz = p - y. */
export const BLOBS_RUNS = {
  published: {
    loss: [2.2141120848541664, 1.8930232669723648],
    accuracy: [0.5, 0.5],
    w: [1.74514471, 0.25383954],
    b: 0.9451224281591856,
  },
  right: {
    loss: [1.97888585189238, 0.09304515626162681],
    accuracy: [0.5, 1],
    w: [1.48930201, -1.18297735],
    b: 0.6799260001933977,
  },
  exact: {
    loss: [1.9788839183735483, 0.0930451244804769],
    accuracy: [0.5, 1],
    w: [1.4893021, -1.18297767],
    b: 0.6799260965935671,
  },
} satisfies Record<string, BlobsRow>;
