// The state of the playground's page: settings with undo, the worker that trains, and what it last showed.

import { preferences } from '../state/preferences.svelte.js';
import { targetIn, type Bar, type BarPlace } from './bars.js';
import { clientOf } from './client.js';
import { EMPTY, extend, type Curve } from './curve.js';
import { pointsOf, type Points } from './datasets.js';
import type { NetworkDerivation, Target } from './derivation.js';
import type { Look, View } from './look.js';
import type { Brush } from './brush.js';
import { DEFAULTS, type Settings } from './settings.js';
import { SLOW_PACE, stepsAFrame, type Speed } from './speed.js';
import type { PlaygroundState } from './link.js';
import type { Saved } from './trainer.js';
import { back, change, on, undoOf, type Undo } from './undo.js';

/** Milliseconds between two derivations, and two states of the charts, while the network learns: nobody reads faster. */
const DERIVATION_PACE = 400;
const CHART_PACE = 120;

/** One visit to the playground. */
export class Session {
  #undo = $state.raw<Undo<Settings>>(undoOf(DEFAULTS));
  /** What the worker has been told; null before it has begun. */
  #told: Settings | null = null;
  readonly #client = clientOf(
    new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'playground' }),
  );
  /** A question whose answer is a look is on its way. */
  #busy = false;
  #isFollowing = false;
  #isBehind = false;
  #frame = 0;
  #lastStep = 0;
  #lastDerivation = 0;
  /** Milliseconds: at most a fifth of the worker's time goes into derivations. */
  #derivationPace = DERIVATION_PACE;
  #darkness = matchMedia('(prefers-color-scheme: dark)');

  points = $state.raw<Points | null>(null);
  look = $state.raw<Look | null>(null);
  #curve: Curve = EMPTY;
  #lastChart = 0;
  /** The losses so far and the look that goes with them, for the charts. */
  chart = $state.raw<{ readonly curve: Curve; readonly look: Look | null }>({ curve: EMPTY, look: null });
  view = $state<View>('forward');
  speed = $state<Speed>('epoch');
  isPlaying = $state(false);
  /** The sample that derivations are of, and that is learned from by itself. */
  sample = $state(0);
  target = $state.raw<Target | null>(null);
  derivation = $state.raw<NetworkDerivation | null>(null);
  /** The bar of a histogram that is open, and what is in it. */
  barPlace = $state.raw<BarPlace | null>(null);
  bar = $state.raw<Bar | null>(null);
  brush = $state<Brush>(1);
  /** Why the settings give nothing to train, as a sentence; null if they do. */
  problem = $state<string | null>(null);
  #isDarkSystem = $state(this.#darkness.matches);

  readonly settings: Settings = $derived(this.#undo.now);
  readonly canUndo = $derived(this.#undo.past.length > 0);
  readonly canRedo = $derived(this.#undo.future.length > 0);
  /** Units of each layer, the two inputs first, the output last. */
  readonly widths: readonly number[] = $derived([
    ...[2, ...this.settings.network.layers.map(({ units }) => units), 1],
  ]);
  readonly isDark = $derived(
    preferences.theme === 'system' ? this.#isDarkSystem : preferences.theme === 'dark',
  );

  constructor(state: PlaygroundState | null) {
    this.#darkness.addEventListener('change', this.#noteDarkness);
    if (state) {
      this.#undo = undoOf(state.settings);
      this.view = state.view;
      this.speed = state.speed;
    }
    this.#place();
    void this.#begin(state?.saved ?? null);
    this.#frame = requestAnimationFrame(this.#next);
  }

  /** Changes settings; a change to the same subject as the last one is undone together with it. */
  change(settings: Settings, subject: string | null = null): void {
    if (JSON.stringify(settings) === JSON.stringify(this.settings)) return;
    this.#undo = change(this.#undo, settings, subject);
    this.#draw();
  }
  changeData(data: Partial<Settings['data']>, subject: string | null = null): void {
    this.change({ ...this.settings, data: { ...this.settings.data, ...data } }, subject);
  }
  changeNetwork(network: Partial<Settings['network']>, subject: string | null = null): void {
    this.change({ ...this.settings, network: { ...this.settings.network, ...network } }, subject);
  }
  changeTraining(training: Partial<Settings['training']>, subject: string | null = null): void {
    this.change({ ...this.settings, training: { ...this.settings.training, ...training } }, subject);
  }
  undo(): void {
    this.#undo = back(this.#undo);
    this.#draw();
  }
  redo(): void {
    this.#undo = on(this.#undo);
    this.#draw();
  }

  toggle(): void {
    this.isPlaying = !this.isPlaying && this.look !== null && !this.look.breakdown;
    if (!this.isPlaying) this.#drawCharts();
  }
  /** The same first weights again. */
  reset(): void {
    this.isPlaying = false;
    void this.#begin(null);
  }
  /** One step on a batch. */
  async step(): Promise<void> {
    this.isPlaying = false;
    await this.#show(() => this.#client.ask('advance', { steps: 1, view: this.view }));
  }
  /** One step on the next sample alone, which becomes the one that derivations are of. */
  async learn(): Promise<void> {
    this.isPlaying = false;
    const training = this.points?.training ?? 0;
    if (training === 0) return;
    const sample = this.sample % training; // never one that is kept for testing
    await this.#show(() => this.#client.ask('learn', { sample, view: this.view }));
    this.sample = (sample + 1) % training;
    await this.#derive();
  }
  async turn(view: View): Promise<void> {
    this.view = view;
    await this.#show(() => this.#client.ask('advance', { steps: 0, view }));
  }

  /** Opens the derivation of a number; with `null` closes it. */
  async open(target: Target | null): Promise<void> {
    this.target = target;
    if (target) await this.#derive();
    else this.derivation = null;
  }
  /** Opens the loss of training or test samples, at one of theirs. */
  async openLoss(of: 'train' | 'test'): Promise<void> {
    const { training = 0, count = 0 } = this.points ?? {};
    const [first, end] = of === 'train' ? [0, training] : [training, count];
    if (this.sample < first || this.sample >= end) this.sample = first;
    await this.open({ kind: 'loss' });
  }
  /** Opens a bar of a histogram; with `null` closes it. */
  async openBar(place: BarPlace | null): Promise<void> {
    this.barPlace = place;
    if (place) await this.#openBar();
    else this.bar = null;
  }
  /** Opens the derivation of a value in a bar. */
  async openValue(place: BarPlace, unit: number, sample: number): Promise<void> {
    this.sample = sample;
    await this.open(targetIn(place, unit));
  }
  async choose(sample: number): Promise<void> {
    this.sample = sample;
    await this.#derive();
  }

  /** What a link holds. */
  async state(): Promise<PlaygroundState> {
    const { settings, view, speed } = this;
    const saved = this.look && this.look.steps > 0 ? await this.save() : null;
    return { settings, saved, view, speed };
  }
  save(): Promise<Saved> {
    return this.#client.ask('save', undefined as never);
  }
  /** Goes on from settings and weights that were saved. */
  async load(settings: Settings, saved: Saved | null): Promise<void> {
    this.isPlaying = false;
    this.#undo = change(this.#undo, settings);
    this.#curve = EMPTY;
    this.#place();
    await this.#begin(saved);
  }

  close(): void {
    cancelAnimationFrame(this.#frame);
    this.#darkness.removeEventListener('change', this.#noteDarkness);
    this.#client.close();
  }

  readonly #noteDarkness = (event: MediaQueryListEvent): void => {
    this.#isDarkSystem = event.matches;
  };

  /** Every frame: if the last look has come and there is something to do, ask for the next. */
  readonly #next = (now: number): void => {
    this.#frame = requestAnimationFrame(this.#next);
    if (!this.isPlaying || this.#busy) return;
    if (this.speed === 'slow' && now - this.#lastStep < SLOW_PACE) return;
    this.#lastStep = now;
    const steps = stepsAFrame(this.speed, this.look?.batches ?? 1);
    void this.#show(() => this.#client.ask('advance', { steps, view: this.view }));
    if ((this.target || this.barPlace) && now - this.#lastDerivation > this.#derivationPace) {
      this.#lastDerivation = now;
      void this.#derive();
      void this.#openBar();
    }
  };

  /** Shows the points of the settings at once, and tells the worker. */
  #draw(): void {
    if (this.#place()) void this.#follow();
  }

  /** The points of the settings; false, with the last points left in place, where there are none. */
  #place(): boolean {
    try {
      this.points = pointsOf(this.settings.data);
      this.sample = Math.min(this.sample, Math.max(0, this.points.count - 1));
      this.problem = null;
      return true;
    } catch (error) {
      this.isPlaying = false;
      this.problem = error instanceof Error ? error.message : String(error);
      return false;
    }
  }

  /** Tells the worker of the settings, one after the other: of many that come meanwhile, only of the last. */
  async #follow(): Promise<void> {
    this.#isBehind = true;
    if (this.#isFollowing) return;
    this.#isFollowing = true;
    while (this.#isBehind) {
      this.#isBehind = false;
      await this.#tell();
    }
    this.#isFollowing = false;
  }

  /** Points that are painted are learned from the weights that are there; other data or another network begin anew. */
  async #tell(): Promise<void> {
    const [old, now] = [this.#told, this.settings];
    if (old === now) return;
    const isSame = (partOf: (settings: Settings) => unknown): boolean =>
      old !== null && JSON.stringify(partOf(old)) === JSON.stringify(partOf(now));
    if (!isSame(({ network, training }) => [network, training.loss])) return this.#begin(null);
    if (isSame(({ data }) => data)) {
      this.#told = now;
      return this.#show(() => this.#client.ask('retrain', { training: now.training, view: this.view }));
    }
    const isPainted = isSame(({ data: { points: _, ...rest } }) => rest) && now.data.set === 'own';
    return this.#begin(isPainted && this.look && this.look.steps > 0 ? await this.save() : null);
  }

  async #begin(saved: Saved | null): Promise<void> {
    const { settings, view } = this;
    this.#told = settings;
    if (!saved) this.#curve = EMPTY;
    if (this.target && !isWithin(this.target, this.widths)) this.target = this.derivation = null;
    if (this.barPlace && this.barPlace.layer > this.widths.length - 2) this.barPlace = this.bar = null;
    await this.#show(() => this.#client.ask('begin', { settings, saved, view }));
  }

  /** Shows a look when it comes. */
  async #show(ask: () => Promise<Look>): Promise<void> {
    this.#busy = true;
    try {
      const look = await ask();
      this.look = look;
      if (look.breakdown) this.isPlaying = false;
      if (Number.isFinite(look.train.loss)) {
        const { epoch, batch, batches, train, test } = look;
        const at = epoch + batch / Math.max(1, batches);
        this.#curve = extend(this.#curve, { epoch: at, train: train.loss, test: test?.loss ?? null });
      }
      this.#drawCharts();
    } catch (error) {
      this.isPlaying = false;
      this.#told = null;
      this.problem = error instanceof Error ? error.message : String(error);
    } finally {
      this.#busy = false;
    }
    if (!this.isPlaying) await Promise.all([this.#derive(), this.#openBar()]);
  }

  /** Charts follow at their own pace, and at once where the training rests. */
  #drawCharts(): void {
    const now = performance.now();
    if (this.isPlaying && now - this.#lastChart < CHART_PACE) return;
    this.#lastChart = now;
    this.chart = { curve: this.#curve, look: this.look };
  }

  async #derive(): Promise<void> {
    const { target, sample } = this;
    if (!target || !this.points || this.points.count === 0 || this.problem !== null) return;
    try {
      const begun = performance.now();
      const derivation = await this.#client.ask('derive', { target, sample });
      this.#derivationPace = Math.max(DERIVATION_PACE, 5 * (performance.now() - begun));
      if (target === this.target) this.derivation = derivation;
    } catch {
      this.derivation = null; // the network has changed meanwhile
    }
  }

  async #openBar(): Promise<void> {
    const place = this.barPlace;
    if (!place || this.problem !== null) return;
    try {
      const bar = await this.#client.ask('bar', place);
      if (place === this.barPlace) this.bar = bar;
    } catch {
      this.bar = null; // the network has changed meanwhile
    }
  }
}

/** Whether a network of such widths has this number. */
function isWithin(target: Target, widths: readonly number[]): boolean {
  if (target.kind === 'loss' || target.kind === 'input') return true;
  const [inputs, units] = [widths[target.layer], widths[target.layer + 1]];
  if (inputs === undefined || units === undefined || target.unit >= units) return false;
  return target.kind !== 'weight' || target.input < inputs;
}
