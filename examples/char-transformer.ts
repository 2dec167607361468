// A small transformer that learns a poem letter by letter, and recites it: Lewis Carroll's "Jabberwocky" (1871, in the public
// domain). From letters before a place it has to say the next one; to recite, it is given what it has said so far.

import {
  arange,
  compile,
  data,
  fit,
  nn,
  noGrad,
  optim,
  RandomState,
  type Tensor,
  type TensorLike,
} from '../src/index.js';
import { loadFile } from '../src/disk/index.js';
import { historyPlot } from '../src/plot/index.js';
import { printing, type ExampleOptions, type Result } from './example.js';

/** Beside this file; examples are run from the project's folder. */
const FILE = 'examples/data/jabberwocky.txt';
const LENGTH = 32; // letters that it sees at a time
const FEATURES = 48;

/** Letters `[batch, n]` to scores of the letter after each, `[batch, n, letters]`. Radford et al., 2018 (GPT), much smaller. */
class CharTransformer extends nn.Module {
  readonly letters: nn.Embedding;
  readonly places: nn.Embedding;
  readonly blocks: nn.Sequential;
  readonly scores: nn.Sequential;

  constructor(size: number) {
    super();
    const random = new RandomState(0);
    const small = { initializer: nn.init.normal(0, 0.1), randomState: random };
    this.letters = nn.embedding(size, FEATURES, small);
    this.places = nn.embedding(LENGTH, FEATURES, small);
    const block = () => nn.transformerBlock(FEATURES, 4, { causal: true, randomState: random });
    this.blocks = nn.sequential(block(), block());
    this.scores = nn.sequential(nn.layerNorm(FEATURES), nn.linear(FEATURES, size, { randomState: random }));
  }

  forward(ids: TensorLike): Tensor {
    const letters = this.letters.forward(ids); // [batch, n, features]
    const places = this.places.forward(arange(letters.shape[1]!)); // [n, features]
    return this.scores.forward(this.blocks.forward(letters.add(places)));
  }
}

/** Trains, then recites; `right` is the share of letters that are where the poem has them. */
export async function main({ epochs = 15, print = console.log }: ExampleOptions = {}): Promise<Result> {
  const poem = new TextDecoder().decode(await loadFile(FILE));
  const vocabulary = data.characterVocabulary(poem);
  const { X, y } = data.sequenceWindows(vocabulary.encode(poem), { length: LENGTH, stride: 1 });
  const model = new CharTransformer(vocabulary.size);
  print(`${poem.length} letters, ${vocabulary.size} different ones, ${X.shape[0]} windows of ${LENGTH}`);

  const steps = epochs * Math.ceil(X.shape[0]! / 32);
  const history = await fit(model, X, y, {
    loss: nn.crossEntropyLoss(),
    optimizer: optim.adamw({ learningRate: optim.schedules.oneCycle(0.004, { steps }) }),
    epochs,
    randomState: 0,
    precision: 'float32',
    deterministic: true, // the same figures on every machine
    callbacks: [printing(print)],
  });

  const spoken = recite(model, vocabulary, poem.slice(0, LENGTH), poem.length - LENGTH);
  const right = [...spoken].filter((letter, i) => letter === poem[i]).length / poem.length;
  print(`\n${spoken}\n${(100 * right).toFixed(1)} % of the letters are where the poem has them`);
  return {
    figures: { loss: history.loss.at(-1) ?? NaN, accuracy: history.accuracy?.at(-1) ?? NaN, right },
    files: { 'char-transformer.svg': historyPlot(history).toSVG(), 'char-transformer.txt': spoken },
  };
}

/** A beginning as long as the network can see, and the letters that it finds likeliest, one after the other. */
function recite(model: nn.Module, vocabulary: data.Vocabulary, beginning: string, letters: number): string {
  const scoresOf = compile((ids) => noGrad(() => model.forward(ids)));
  const ids = [...vocabulary.encode(beginning).data];
  for (let i = 0; i < letters; i++) {
    const scores = scoresOf([ids.slice(-LENGTH)]); // [1, n, letters]
    ids.push(scores.slice(0, -1).argmax().item());
  }
  return vocabulary.decode(ids);
}
