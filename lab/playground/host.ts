// The far side of the worker: what a page can ask of the training, each question answered once.

import type { Bar, BarPlace } from './bars.js';
import { derive, type NetworkDerivation, type Target } from './derivation.js';
import { observerOf, type Look, type Observer, type View } from './look.js';
import type { Settings, TrainingSettings } from './settings.js';
import { trainerOf, type Saved, type Trainer } from './trainer.js';

/** Milliseconds of training before a look, so that a frame stays a frame. */
const BUDGET = 9;

/** What can be asked. */
export interface Host {
  /** Begins anew, from a saved state if there is one. Throws for settings that give no points. */
  begin(input: { readonly settings: Settings; readonly saved: Saved | null; readonly view: View }): Look;
  /** Goes on with another way of learning, from the same weights. */
  retrain(input: { readonly training: TrainingSettings; readonly view: View }): Look;
  /** Takes steps, at most as many as fit into a frame, and looks. */
  advance(input: { readonly steps: number; readonly view: View }): Look;
  /** Takes one step on one sample. */
  learn(input: { readonly sample: number; readonly view: View }): Look;
  /** What is in a bar of the histograms. */
  bar(place: BarPlace): Bar;
  derive(input: { readonly target: Target; readonly sample: number }): NetworkDerivation;
  save(): Saved;
}

/** The names of what can be asked. */
export type Question = keyof Host;
/** What goes with a question, and what comes back. */
export type Input<Q extends Question> = Parameters<Host[Q]>[0];
export type Answer<Q extends Question> = ReturnType<Host[Q]>;

/** A host without a training; `begin` comes first. */
export function hostOf(): Host {
  let trainer: Trainer | null = null;
  let observer: Observer | null = null;

  function current(): { readonly trainer: Trainer; readonly observer: Observer } {
    if (!trainer) throw new Error('playground: asked before it was begun');
    observer ??= observerOf(trainer);
    return { trainer, observer };
  }
  function forget(): void {
    observer?.dispose();
    observer = null;
  }

  return {
    begin({ settings, saved, view }) {
      const next = trainerOf(settings, saved);
      trainer?.dispose();
      forget();
      trainer = next;
      return current().observer.look(view);
    },
    retrain({ training, view }) {
      current().trainer.retrain(training);
      forget(); // its programs hold the penalty
      return current().observer.look(view);
    },
    advance({ steps, view }) {
      const now = current();
      if (steps > 0) now.trainer.advance(steps, BUDGET);
      return now.observer.look(view);
    },
    learn({ sample, view }) {
      const now = current();
      now.trainer.learn(sample);
      return now.observer.look(view);
    },
    bar: (place) => current().observer.bar(place),
    derive: ({ target, sample }) => derive(current().trainer, target, sample),
    save: () => current().trainer.save(),
  };
}
