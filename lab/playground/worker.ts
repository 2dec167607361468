// The worker in which the playground trains: questions in, answers out. Arrays of numbers are handed over, not copied.

import { hostOf, type Host, type Question } from './host.js';
import type { Asked, Told } from './client.js';

const host = hostOf();

addEventListener('message', ({ data: { id, question, input } }: MessageEvent<Asked>) => {
  try {
    const answer = (host[question] as (input: unknown) => ReturnType<Host[Question]>)(input);
    tell({ id, answer }, buffersOf(answer));
  } catch (error) {
    tell({ id, error: error instanceof Error ? error.message : String(error) }, []);
  }
});

function tell(told: Told, transfer: Transferable[]): void {
  postMessage(told, { transfer });
}

/** The memory of a look's arrays, which are made for it alone. */
function buffersOf(answer: ReturnType<Host[Question]>): Transferable[] {
  if (!('tiles' in answer)) return [];
  const { weights, gradients, tiles, scales, plane } = answer;
  return [weights, gradients, tiles, scales, plane].map(({ buffer }) => buffer as ArrayBuffer);
}
