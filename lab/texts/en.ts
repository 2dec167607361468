// Every text of the lab in English: the source that other languages translate. `{name}` is filled in.

export const en = {
  // The frame
  'nav.lessons': 'Lessons',
  'nav.turn': 'Lesson before and after',
  'playground.title': 'Playground',
  'playground.loading': 'The playground is loading.',
  'check.title': 'Check',
  'check.loading': 'The check page is loading.',
  'theme.label': 'Colours: {theme}',
  'theme.system': 'as the system has them',
  'theme.light': 'light',
  'theme.dark': 'dark',
  reset: 'Begin again',
  'step.of': 'step {step} of {steps}',
  'axis.step': 'step',
  'axis.epoch': 'epoch',
  'player.play': 'Play',
  'player.pause': 'Pause',
  'player.step': 'Step',
  'player.back': 'Back',
  'player.scrub': 'Position',
  'pass.start': 'Before the first step',
  'pass.given': 'Given',
  'pass.forward': 'Forward',
  'pass.loss': 'Loss',
  'pass.backward': 'Backward',
  'pass.update': 'Update',
  'derivative.label': 'Derivative of the loss',
  'derivative.right': 'Right derivative',
  'derivative.published': 'Published derivative',

  // Lesson 1
  'lesson1.short': 'Chain rule',
  'lesson1.title': 'The chain rule',
  'lesson1.intro':
    'Sigmoid is four functions in a row. Forward, values flow along the blue arrows, and each box keeps what it will need. Backward, derivatives flow along the orange arrows, and each box multiplies what reaches it by its own derivative. Drag z, play the passes, open a box.',
  'lesson1.expression': 'Expression',
  'lesson1.draw': 'Draw',
  'lesson1.player': 'The two passes',
  'lesson1.result': 'The result',
  'graph.box': '{formula}, value {value}, derivative {derivative}',
  'details.label': 'Details of {name}',
  'details.leaf':
    'The computation begins here. Its derivative is what the steps that use it have passed back.',
  'details.upstream': 'Upstream',
  'details.local': 'Local derivative',
  'details.product': 'Product',
  'details.matrix': 'a matrix product',
  'details.sum': 'Used more than once, so the parts add up:',

  // Lesson 2
  'lesson2.short': 'Neuron',
  'lesson2.title': 'An artificial neuron, forward and backward',
  'lesson2.intro':
    'One neuron, one sample. Forward, it computes its prediction p; the loss J says how wrong that is; backward, the derivative of the loss passes through sigmoid to weights and bias; these take a step against it. Point at a number to see where it comes from.',
  'lesson2.settings': 'What the neuron is given',
  'lesson2.parameters': 'Parameters',
  'lesson2.sample': 'Sample and target',
  'lesson2.rate': 'Learning rate',
  'lesson2.step': 'Step {step}',
  'lesson2.next': 'Next: {pass}',
  'lesson2.whole': 'Whole step',
  'lesson2.hint': 'Take the next part of the step, then point at a number or reach it with Tab.',
  'lesson2.losses': 'The loss before each of thirty steps',
  'lesson2.departs':
    'A misplaced parenthesis loses the factor 1 − p of the denominator. The published derivative is therefore 1 − p times the right one: here, with p = {p}, it is {factor} of what it should be. The loss falls all the same, so nothing looks wrong.',
  'lesson2.table': 'All thirty losses, published and right',

  // Lesson 3
  'lesson3.short': 'AND gate',
  'lesson3.title': 'The AND gate',
  'lesson3.intro':
    'The neuron learns a truth table: {steps} steps through its four rows, one row a step, with learning rate {lr}. Drag through them.',
  'lesson3.player': 'The steps of the training',
  'lesson3.still':
    'Where the input x is 0, the derivative x · ∂J/∂z is 0 too. Standing still in this step: {names}.',
  'lesson3.moves': 'Both inputs are 1: both weights move.',
  'lesson3.plane': 'The line w · x + b = 0',
  'lesson3.path': 'The path of w₁ and b',
  'lesson3.weights': 'The path of w₁ and w₂',
  'lesson3.pathOf': 'Path of {names}',
  'lesson3.direction':
    'Dashed: the direction (0.5, 0.5, −0.7), towards which training moves (w₁, w₂, b). cos is the cosine of the angle to it: 1 where they point the same way.',
  'lesson3.log': 'The log: parameters after the step, p and J before it',
  'lesson3.mark': 'still',
  'lesson3.go': 'Go to step {step}',

  // Lesson 4
  'lesson4.short': 'Blobs',
  'lesson4.title': 'A random data set, trained and plotted',
  'lesson4.intro':
    '{samples} points in two clouds, {epochs} epochs of single steps with learning rate {lr}. Both neurons see the same points in the same order from the same start; only the derivative of the loss differs.',
  'lesson4.train': 'Train',
  'lesson4.sample': 'One sample',
  'lesson4.epoch': 'To the end of the epoch',
  'lesson4.speed': 'Samples a frame',
  'lesson4.where': 'epoch {epoch} of {epochs}, step {step}',
  'lesson4.plane': 'The points and the decision boundary',
  'lesson4.class': 'class {label}',
  'lesson4.loss': 'BCELoss per epoch',
  'lesson4.accuracy': 'Accuracy per epoch',
  'lesson4.numbers': 'Our numbers beside NumPy’s',
  'lesson4.numbersNote':
    'Same seed, same data, same steps. Numbers appear as the training gets there; weights have the eight decimals that NumPy prints.',
  'lesson4.ours': 'Here',
  'lesson4.row.firstLoss': 'Loss, epoch 1',
  'lesson4.row.lastLoss': 'Loss, epoch 30',
  'lesson4.row.firstAccuracy': 'Accuracy, epoch 1',
  'lesson4.row.lastAccuracy': 'Accuracy, epoch 30',
  'lesson4.row.w1': 'Final w₁',
  'lesson4.row.w2': 'Final w₂',
  'lesson4.row.b': 'Final b',
} as const;

/** The name of a text. */
export type TextKey = keyof typeof en;

/** All texts in one language. */
export type Texts = Readonly<Record<TextKey, string>>;
