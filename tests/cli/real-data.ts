// Data as users have them, made for a test: a table with everything that tables have, and folders of pictures.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RandomState } from '../../src/index.js';
import { writePng } from '../../src/files/index.js';

/** `plane.csv`: y = 3a - 2b + 5, exactly, in a large unit. */
export function planeCsv(folder: string, name = 'plane.csv', seed = 0): string {
  const random = new RandomState(seed);
  const rows = Array.from({ length: 60 }, () => {
    const [a, b] = [random.uniform(-50, 50), random.uniform(0, 1)] as [number, number];
    return `${a},${b},${1000 * (3 * a - 2 * b + 5)}`;
  });
  return write(folder, name, `a,b,y\n${rows.join('\n')}\n`);
}

/** `flats.csv`: quotes, categories with commas, missing values, a column of numbers that mean nothing. */
export function flatsCsv(folder: string): string {
  const random = new RandomState(1);
  const cities = ['Seoul', '"Busan, old town"', '"Dae""gu"'];
  const rows = Array.from({ length: 80 }, (_, i) => {
    const size = random.uniform(20, 120) as number;
    const city = random.randint(0, 3) as number;
    return `${i},${i % 9 === 4 ? '' : size.toFixed(1)},${cities[city]!},${size * (city + 1) > 100 ? 'yes' : 'no'}`;
  });
  return write(folder, 'flats.csv', `id,size,city,dear\n${rows.join('\n')}\n`);
}

/** A folder of grey pictures: `left` and `right` are bright on that side. */
export async function picturesIn(
  folder: string,
  name = 'pictures',
  { classes = ['left', 'right'], size = 6, count = 20 } = {},
): Promise<string> {
  const random = new RandomState(2);
  for (const label of classes) {
    mkdirSync(join(folder, name, label), { recursive: true });
    for (let i = 0; i < count; i++) {
      const rows = Array.from({ length: size }, () =>
        Array.from({ length: size }, (_, x) => {
          const isBright = label === 'left' ? x < size / 2 : x >= size / 2;
          return [(isBright ? 0.7 : 0) + (random.uniform(0, 0.3) as number)];
        }),
      );
      writeFileSync(join(folder, name, label, `${i}.png`), await writePng(rows));
    }
  }
  return join(folder, name);
}

/** Writes a file, and gives its path. */
export function write(folder: string, name: string, content: string | Uint8Array): string {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}
