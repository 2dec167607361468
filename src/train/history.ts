// The history of a run.

/** What `fit` gives back: for the loss and for each metric, a number per epoch. */
export interface History {
  /** Mean of the losses of each epoch, each taken before its update. */
  readonly loss: number[];
  /** Share of right predictions of each epoch, before the updates; absent if it was not watched. */
  readonly accuracy?: number[];
  readonly [metric: string]: number[] | undefined;
}
