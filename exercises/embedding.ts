// Exercise: an embedding, whose derivative goes back to the rows that were looked up.

import { defineExercise } from './kit/exercise.js';

class Embedding {
  E: number[][];
  dE: number[][] = [];
  #ids: number[] = [];

  constructor(E: number[][]) {
    this.E = E;
  }

  forward(ids: number[]): number[][] {
    this.#ids = ids;
    return ids.map((id) => [...this.E[id]!]);
  }

  backward(dy: number[][]): void {
    this.dE = this.E.map((row) => row.map(() => 0));
    this.#ids.forEach((id, i) => dy[i]!.forEach((dy_ij, j) => (this.dE[id]![j]! += dy_ij)));
  }
}

export const embedding = defineExercise({
  name: 'embedding',
  title: { en: 'Embedding', ko: '임베딩' },
  text: {
    en: `
      Words are numbers, and each number has a row of a table, which is learned like any weight:

          y[i] = E[ids[i]]

          ids [n]   E [words, d]   y [n, d]

      forward gets a list of ids and returns their rows. backward gets dy, in the shape of y, and stores dE, in
      the shape of E. It returns nothing: there is no derivative by a whole number. A word may occur more than
      once, and many do not occur at all.
    `,
    ko: `
      단어마다 번호가 있고, 번호마다 표의 한 행이 있습니다. 이 표도 가중치처럼 학습합니다.

          y[i] = E[ids[i]]

          ids [n]   E [words, d]   y [n, d]

      forward는 번호의 목록을 받아 해당하는 행들을 돌려줍니다. backward는 y와 같은 형상의 dy를 받아 E와 같은 형상의 dE를 저장합니다.
      번호는 정수여서 그것으로 미분할 수 없으므로 돌려주는 값은 없습니다. 한 단어가 두 번 이상 나올 수도 있고, 아예 나오지 않는
      단어도 많습니다.
    `,
  },
  skeleton: `
    /** y[i] = E[ids[i]] */
    export class Embedding {
      E: number[][]; // [words, d]
      dE: number[][] = [];

      constructor(E: number[][]) {
        this.E = E;
      }

      forward(ids: number[]): number[][] {
        throw new Error('TODO: Embedding.forward');
      }

      /** Stores dE. */
      backward(dy: number[][]): void {
        throw new Error('TODO: Embedding.backward');
      }
    }
  `,
  reference: { Embedding },
  hints: [
    {
      en: 'Looking a row up copies it. If an element of that row grows by a little, by how much does the copy grow?',
      ko: '행을 찾는 것은 복사하는 것입니다. 그 행의 원소가 조금 커지면 복사본은 얼마나 커질까요?',
    },
    {
      en: 'dE begins as zeros in the shape of E, and rows that were not looked up stay zero. Row i of dy belongs to the row of E that ids[i] names.',
      ko: 'dE는 E의 형상으로 0에서 시작하고, 찾지 않은 행은 0으로 남습니다. dy의 i번째 행은 ids[i]가 가리키는 E의 행에 속합니다.',
    },
    {
      en: 'A word that occurs twice was used twice: what both places send back is added, so do not write over what is there. Begin with fresh zeros on every call.',
      ko: '두 번 나온 단어는 두 번 쓰인 것이므로 두 곳에서 돌아온 것을 더해야 합니다. 이미 있는 값을 덮어쓰지 마세요. 그리고 호출할 때마다 새로 0에서 시작하세요.',
    },
  ],
  trials: [
    {
      name: 'Embedding',
      make: (code) =>
        new code.Embedding([
          [0.4, -0.7],
          [0.2, 0.9],
          [-0.5, 0.3],
          [1.1, -0.6],
        ]),
      inputs: [[[2, 0, 2]], [[1]], [[3, 3, 3, 1]]],
    },
  ],
});
