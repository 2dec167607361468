// A callback that writes event files for TensorBoard.

import { mkdir, open, type FileHandle } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { ValueError } from '../errors.js';
import type { Callback, Run } from '../train/index.js';
import { onDisk } from './disk-error.js';
import { encodeEvent, type Event } from './event.js';
import { tfRecord } from './tf-record.js';

/** Options of `tensorBoard`. */
export interface TensorBoardOptions {
  /** Besides the epochs, the loss of every so many steps, as `loss/batch`. Default: none. */
  readonly everySteps?: number | undefined;
}

/**
 * A callback that writes a run to a folder, a new event file for each run, as `tensorboard --logdir` reads it: after each
 * epoch its logs (`loss/train`, `loss/validation`, `accuracy/train`, …) and the learning rate, at the step reached. Where a run
 * goes on from a checkpoint, TensorBoard drops what the one before it wrote of later steps. Throws a `ValueError` for options
 * out of range; in training, a `DiskError` if the file cannot be written.
 *
 * ```ts
 * await fit(model, X, y, { loss, optimizer, epochs: 10, callbacks: [tensorBoard('runs/first')] });
 * ```
 */
export function tensorBoard(folder: string, { everySteps }: TensorBoardOptions = {}): Callback {
  if (everySteps !== undefined && !(Number.isInteger(everySteps) && everySteps >= 1)) {
    throw new ValueError(`tensorBoard: everySteps must be a whole number of at least 1, got ${everySteps}`);
  }
  let run: Run | null = null;
  let file: FileHandle | null = null;

  const write = async (step: number, scalars: Readonly<Record<string, number>>): Promise<void> => {
    await onDisk(folder, 'write', async () => {
      const wallTime = Date.now() / 1000;
      const events: Event[] = [];
      if (!file) {
        file = await create(folder);
        events.push({ wallTime, fileVersion: 'brain.Event:2' }, { wallTime, startsAt: step });
      }
      events.push({ wallTime, step, scalars });
      await file.writeFile(Buffer.concat(events.map((event) => tfRecord(encodeEvent(event)))));
    });
  };
  return {
    onBegin(begun) {
      [run, file] = [begun, null];
    },
    ...(everySteps !== undefined && {
      stepsUntilPause: ({ step }: Run) => everySteps - (step % everySteps),
      onPause: async ({ step, batch, loss }: Run) => {
        if (batch > 0 && step % everySteps === 0) await write(step, { 'loss/batch': loss });
      },
    }),
    async onEpochEnd({ logs }) {
      if (!run) return;
      const tags = Object.entries(logs).map(([name, value]) => [tagOf(name), value] as const);
      await write(run.step, { ...Object.fromEntries(tags), learning_rate: run.optimizer.learningRate });
    },
    async onEnd() {
      await file?.close();
      file = null;
    },
  };
}

/** Both curves of a quantity in one group. */
function tagOf(name: string): string {
  return name.startsWith('val_') ? `${name.slice('val_'.length)}/validation` : `${name}/train`;
}

/** A new file, named as TensorFlow and PyTorch do: TensorBoard reads those of a folder in the order of their times. */
async function create(folder: string): Promise<FileHandle> {
  await mkdir(folder, { recursive: true });
  const seconds = String(Math.floor(Date.now() / 1000)).padStart(10, '0');
  for (let number = 0; ; number++) {
    const name = `events.out.tfevents.${seconds}.${hostname()}.${process.pid}.${number}`;
    try {
      return await open(join(folder, name), 'ax');
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
  }
}
