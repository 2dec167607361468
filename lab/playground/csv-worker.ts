// The worker that reads a CSV file, so that one of any size leaves the page free; to stop it is to end it.

import { csvPoints, type Choice, type CsvPoints } from './csv.js';

/** What it is asked. */
export interface CsvTask {
  readonly file: File;
  readonly choice: Choice | null;
}

/** What it tells: how far it is, 0 to 1, then what it found, or why it found nothing. */
export type CsvNews =
  | { readonly share: number }
  | { readonly found: CsvPoints }
  | { readonly error: string }
  | { readonly narrow: string };

addEventListener('message', async ({ data: { file, choice } }: MessageEvent<CsvTask>) => {
  try {
    tell({ found: await csvPoints(piecesOf(file), choice) });
  } catch (error) {
    if (error instanceof RangeError) tell({ narrow: error.message });
    else tell({ error: error instanceof Error ? error.message : String(error) });
  }
});

function tell(news: CsvNews): void {
  postMessage(news);
}

/** The file from its beginning, piece by piece; each time through is half of the way, but for the first glance. */
function piecesOf(file: File): () => AsyncIterable<Uint8Array> {
  let times = 0;
  return async function* () {
    const half = Math.max(0, times++ - 1);
    const reader = file.stream().getReader();
    let read = 0;
    try {
      for (let next = await reader.read(); !next.done; next = await reader.read()) {
        read += next.value.length;
        if (times > 1) tell({ share: (half + read / file.size) / 2 });
        yield next.value;
      }
    } finally {
      await reader.cancel();
    }
  };
}
