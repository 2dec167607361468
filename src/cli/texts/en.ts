// Every text of the command line in English: the source that other languages translate. `{name}` is filled in.

import { checkTexts } from './check.en.js';
import { modelTexts } from './models.en.js';

export const en = {
  ...checkTexts,
  ...modelTexts,

  // Help
  'help.program': 'Backpropagation you can see, check and run.',
  'help.usage': 'Usage:',
  'help.arguments': 'Arguments:',
  'help.options': 'Options:',
  'help.commands': 'Commands:',
  'help.examples': 'Examples:',
  'help.exit': 'Exit codes:',
  'help.exit.list':
    '  0    done, or whoever read the output has stopped reading\n  1    training ran away, or what was checked is not right\n  2    bad input, or a place that cannot be written\n  70   a bug in Chainrule\n  130  stopped with Ctrl-C',
  'help.errors': 'Errors go to stderr; with --json as an object with "error" and "exitCode".',
  'help.program.usage': '<command> [options]',
  'help.help': 'show this help',
  'help.version': 'show the version',
  'help.json': 'print the result as JSON and nothing else',
  'help.quiet': 'print only the result, without explanations',
  'help.lang': 'language: en or ko (default: that of the system)',
  'help.noColor': 'no colours (also with NO_COLOR set)',

  // Errors
  'error.prefix': 'error:',
  'error.unknownCommand': 'there is no command {name}',
  'error.unknownOption': 'there is no option {name}',
  'error.missingArgument': '{name} is missing',
  'error.optionMissingArgument': 'option {name} needs a value',
  'error.excessArguments': 'more arguments than this command takes',
  'error.didYouMean': 'did you mean {name}?',
  'error.seeHelp': 'chainrule {command}--help shows what is possible',
  'error.option': '{option} must be {expected}, got {value}',
  'error.oneOf': 'one of {names}',
  'error.number': 'a number',
  'error.whole': 'a whole number',
  'error.above': '{kind} above {least}',
  'error.atLeast': '{kind} of at least {least}',
  'error.below': '{kind} of at least {least} and below {most}',
  'error.between': '{kind} from {least} to {most}',
  'error.aboveUpTo': '{kind} above {least} and up to {most}',
  'error.list': 'numbers separated by commas, as in {example}, each {kind}',
  'error.unknownDataset': 'there is no data set {name}; there are {names}',
  'error.notForDataset': '{option} does not apply to {dataset}; it goes with {datasets}',
  'error.notForOptimizer': '{option} does not apply to {optimizer}; it goes with {optimizers}',
  'error.clusterStds': '--cluster-std needs one number, or one for each of {centers} centers, got {count}',
  'error.lesson': 'there are lessons 1 to 4, got {value}',
  'error.at': '--at takes name=value, several separated by commas, as in --at x=1,w=[0.2,-0.4]; got {value}',
  'error.atTwice': '--at gives {name} twice',
  'error.atUnused': 'there is no variable {name} in {expression}; its variables are {names}',
  'error.atNone': 'there is no variable {name} in {expression}: it has none',
  'error.noValue': 'no value for {names}; give one, as in --at {example}',
  'error.atValue': '--at {name}: {message}',
  'error.formatAndJSON': '--json and --format {format} contradict each other',
  'error.write': 'cannot write {path}: {reason}',
  'error.write.ENOENT': 'the folder does not exist and cannot be made',
  'error.write.ENOTDIR': 'part of the path is a file, not a folder',
  'error.write.EEXIST': 'there is a file of that name where a folder is needed',
  'error.write.EISDIR': 'there is a folder of that name',
  'error.write.EACCES': 'permission denied',
  'error.write.EPERM': 'not permitted',
  'error.write.EROFS': 'the file system is read-only',
  'error.write.ENOSPC': 'no space left',
  'error.write.ENAMETOOLONG': 'the name is too long',
  'error.stdout': 'cannot write the output: {reason}',
  'error.diverged': 'try a smaller --learning-rate',
  'error.interrupted': 'stopped; no file was written',
  'error.interrupted.training':
    'stopped in epoch {epoch} of {epochs} (loss of the last whole epoch: {loss}); no file was written',
  'error.bug': 'this is a bug in Chainrule; please report it with the lines below',

  // What training shows
  'run.epoch': 'epoch',
  'run.loss': 'loss',
  'run.accuracy': 'accuracy',
  'run.training': 'training',
  'run.drawing': 'drawing the plots',
  'run.files': 'Written',
  'plot.loss': 'Loss per epoch',
  'plot.bceLoss': 'BCELoss per epoch',
  'plot.accuracy': 'Accuracy per epoch',
  'plot.class': 'class {label}',
  'plot.boundary': 'p = 0.5',
  'plot.boundaryOfMany': 'boundary',
  'plot.published': 'published derivative',
  'plot.right': 'right derivative',

  // chainrule lesson
  'lesson.description': 'The four lessons of the class notes with their numbers: all, or one of them.',
  'lesson.summary': 'the four lessons, with their numbers',
  'lesson.usage': '[number] [options]',
  'lesson.number': 'which lesson, 1 to 4 (default: all four)',
  'lesson.out': 'folder for the report, the plots and the history (default: out)',
  'lesson.files':
    'Written are report.html and, with lesson 4, training.svg and .png, boundary.svg and .png, history.csv and history.json.',
  'lesson.report': 'Backpropagation in four lessons',
  'lesson.report.intro':
    'The exercises of the class notes, worked out by hand and with Chainrule. The notes print a derivative of the loss that is wrong; lessons 2 to 4 show it beside the right one.',
  'lesson.notice': 'What to notice',
  'lesson.working': 'lessons',
  'lesson.step': 'step',
  'lesson.published': 'published',
  'lesson.right': 'right',
  'lesson.asPublished': 'With the published derivative',
  'lesson.withRight': 'With the right derivative',

  'lesson1.title': 'Lesson 1 · The chain rule',
  'lesson1.intro':
    'Sigmoid, `a = 1 / (1 + exp(-z))`, is four functions in a row. The forward pass goes through them first to last, and each keeps what it will need. The backward pass comes back last to first, and each multiplies what reaches it by its own derivative.',
  'lesson1.forward': 'Forward, from z = {z}',
  'lesson1.backward': 'Backward, last to first',
  'lesson1.function': 'function',
  'lesson1.formula': 'formula',
  'lesson1.value': 'value',
  'lesson1.derivative': 'derivative',
  'lesson1.local': 'local derivative',
  'lesson1.upstream': 'upstream',
  'lesson1.product': 'product',
  'lesson1.chain': '`da/dz = {da_dz}` is the product of the four local derivatives: {factors}.',
  'lesson1.closed':
    'It equals `a * (1 - a) = {a} * {rest}`: the derivative of sigmoid needs nothing but its value. Lesson 2 writes it that way.',
  'lesson1.library':
    'With the library, `a.backward()` gives the same: `z.grad` is {da_dz}. For an expression of your own: `chainrule explain "1/(1+exp(-z))" --at z=0`',

  'lesson2.title': 'Lesson 2 · An artificial neuron, forward and backward',
  'lesson2.intro':
    'One sample, `x = (1, 0)` with target `y = 0`, {steps} steps with learning rate {lr}, from where the notes begin. Forward, the neuron computes its prediction `p`; backward, the derivative of the loss passes through sigmoid to weights and bias, and these take a step against it.',
  'lesson2.formulas': 'The derivative of the loss, as the notes print it and as it should be:',
  'lesson2.losses': 'The loss before each step',
  'lesson2.lost':
    'A misplaced parenthesis: below the line of the published formula, all but p is multiplied by 1e-7. The factor `1 - p` is lost, and every derivative is that much too small; at the start, where `p = {p}`, it is {percent} % of what it should be.',
  'lesson2.silent':
    'Nothing looks wrong: the loss is computed correctly, and it falls. Only next to the right one does it show: after {steps} steps {published} instead of {right}.',
  'lesson2.library': 'With the library the loss falls to {loss}, as with the right derivative.',

  'lesson3.title': 'Lesson 3 · The AND gate',
  'lesson3.intro':
    'The neuron learns a truth table: {steps} steps through its four rows, one row a step, with learning rate {lr}. A line of log every {every} steps: parameters after the step, prediction p and loss J before it. The last column is the cosine of the angle between (w1, w2, b) and (0.5, 0.5, -0.7).',
  'lesson3.cosine': 'cosine',
  'lesson3.zero':
    'An input of 0 leaves its weight alone: `dJ/dw1 = x1 * dJ/dz`. Step {step} has `x = (0, 1)`: w1 stays at {w1}, while w2 goes from {w2Before} to {w2After}.',
  'lesson3.direction':
    'Training moves the parameters towards a multiple of (0.5, 0.5, -0.7): the cosine rises from {first} to {last}. Their length decides how sure the neuron is.',
  'lesson3.faster':
    'The right derivative learns faster: at step {step} the bias is at {right} instead of {published}.',
  'lesson3.library': 'With the library, step {step} gives w = {w1} {w2} and b = {b}.',
  'lesson3.boundary': 'What the neuron makes of the plane, with the right derivative',

  'lesson4.title': 'Lesson 4 · A random data set',
  'lesson4.intro':
    'Two clouds of {samples} points in all, {epochs} epochs of single steps with learning rate {lr}. Loss and accuracy are means over the epoch, from the predictions before each update.',
  'lesson4.never':
    'The published derivative never learns: the accuracy stays at {accuracy} to the end, although the loss falls from {first} to {last}.',
  'lesson4.learns':
    'The right derivative learns: the loss falls from {first} to {last}, and from epoch {epoch} on every point is on its side of the line, accuracy {accuracy}.',
  'lesson4.silent':
    'A wrong `backward` trains, plots and looks plausible. Compare derivatives with the numbers before you trust them.',
  'lesson4.library':
    'With the library the loss goes from {first} to {last}, by hand from {handFirst} to {handLast}: the notes add 1e-7 below the line so as not to divide by 0; the library computes the exact derivative, which needs no such help.',
  'lesson4.history': 'Loss and accuracy of both derivatives',
  'lesson4.boundary': 'The decision boundary that the right derivative found',
  'lesson4.boundary.published': 'The boundary of the published derivative, after as many epochs',

  // chainrule train
  'train.description':
    'Trains a network on generated data, a table or pictures. A loss falls, an accuracy rises; with --out, plots and a report show how.',
  'train.summary': 'train a network on data',
  'train.usage': '<dataset> [options]',
  'train.dataset':
    'blobs, moons, circles, spirals, and, or, nand, xor, iris, mnist, a CSV file, or a folder of pictures',
  'train.samples':
    'number of points (default: {samples}; not for the gates), or of digits (mnist; default: all)',
  'train.noise': 'standard deviation of the noise (moons, circles {moons}, spirals {spirals})',
  'train.clusterStd': 'standard deviation of the clouds, or of each: 0.5,1 (blobs; default: 1)',
  'train.centers': 'number of clouds, each a class (blobs; default: 2)',
  'train.factor': 'radius of the inner circle, 0 to 1 (circles; default: 0.5)',
  'train.layers': 'widths of the hidden layers, as in 16,16 (none: no hidden layer)',
  'train.activation': 'between the layers: {names}',
  'train.optimizerName': 'how parameters move: {names} (default: sgd; adam for real data)',
  'train.learningRate':
    'size of a step (0.01 for other optimizers than sgd, 0.1 for adagrad; a tenth of that for pictures)',
  'train.scheduleName':
    'how the size changes over the run: {names} (default: constant); warmup: up in a tenth of it, down along a cosine',
  'train.momentum': "how much of the last step's direction is kept, 0 to 1 (sgd, rmsprop; default: 0)",
  'train.weightDecay': 'how strongly parameters are pulled to 0 (default: 0; adamw: 0.01)',
  'train.clip': 'scale gradients down to this norm where theirs is larger (default: never)',
  'train.epochs': 'times through the data',
  'train.batchSize': 'samples a step',
  'train.noShuffle': "keep the data set's own order in every epoch",
  'train.seed': 'seed of data, first parameters and order (default: 0)',
  'train.out': 'folder for the report, the plots and the history (default: write nothing)',
  'train.defaults': 'Defaults that depend on the data:',
  'train.losses':
    'Two classes are trained with binary cross-entropy of scores (BCEWithLogitsLoss), more with cross-entropy. Loss and accuracy are those before each update.',
  'train.files':
    'With --out: report.html, training.svg and .png, history.csv and history.json, and for two inputs boundary.svg and .png.',
  'train.title': 'Training: {dataset}',
  'train.model': 'Model',
  'train.data': 'Data',
  'train.data.value': '{samples} samples in {classes} classes, seed {seed}',
  'train.optimizer': 'Steps',
  'train.optimizer.value': '{optimizer} with learning rate {rate}, batches of {batch}, {loss}',
  'train.schedule': 'Schedule',
  'train.clipNorm': 'Largest norm',
  'train.parameters': 'Parameters after training',
  'train.parameter': 'parameter',
  'train.shape': 'shape',
  'train.values': 'values',
  'train.history': 'How it went',
  'train.result': 'After {epochs} epochs: loss {loss}, accuracy {accuracy}.',
  'train.untrained': 'No epochs, no training: the parameters are as they were drawn.',
  'train.boundary': 'What the network makes of the plane',

  // chainrule explain
  'compile.description':
    'Compiles the training step of a multilayer perceptron (forward, backward, update) into one WebAssembly function, and says ' +
    'what became of it. With --show each loop and matrix product is listed with its formula, operations and place in memory.',
  'compile.summary': 'what becomes of a network’s training step',
  'compile.usage': '<widths> [options]',
  'compile.widths': 'inputs, hidden units and outputs, as in 784-128-10',
  'compile.show': 'list the loops, their formulas and where they write',
  'compile.batchSize': 'samples in a step (default: {size})',
  'compile.activation': 'between the layers: {names} (default: tanh)',
  'compile.loss': '{names} (default: cross-entropy)',
  'compile.optimizer': '{names} (default: sgd)',
  'compile.precision': '{names} (default: float32)',
  'compile.threads': 'at most so many threads (default: as many as pay)',
  'compile.facts.network': 'Network',
  'compile.facts.compiled': 'Compiled in',
  'compile.facts.milliseconds': '{time} ms',
  'compile.facts.step': 'A step',
  'compile.facts.microseconds': '{time} µs, {rate} operations a nanosecond',
  'compile.facts.kernels': 'Loops',
  'compile.facts.memory': 'Memory',
  'compile.facts.bytes': '{bytes} bytes',
  'error.compile.widths':
    'widths: expected at least two whole numbers from 1 to {most} joined by -, as in 784-128-10, got {value}',
  'explain.description':
    'Shows how an expression is computed and how its derivatives come about: every step with its formula and number.',
  'explain.summary': 'every derivative of an expression, step by step',
  'explain.usage': '<expression> [options]',
  'explain.expression': 'as in "1/(1+exp(-z))"; functions by name: exp, log, sigmoid, sum, …',
  'explain.at': 'values of the variables, as in x=1,w=[0.2,-0.4]; may come several times',
  'explain.wrt': 'variables to differentiate by, as in x,w (default: all)',
  'explain.format': 'text, markdown, html or json (default: text)',
  'explain.out': 'write to this file instead of the terminal',
  'explain.written': 'Written: {path}',
  'explain.label.forward': 'Forward',
  'explain.label.backward': 'Backward',
  'explain.label.gradients': 'Gradients',
  'explain.label.value': 'value',
  'explain.label.formula': 'formula',
  'explain.label.derivative': 'derivative',
  'explain.label.local': 'local derivative',
  'explain.label.upstream': 'upstream',
  'explain.label.product': 'product',
  'explain.label.sums': 'Used more than once: the contributions add up',
  'explain.label.inside': 'Inside {name} = {operation}',
  'explain.label.noGradient': 'Nothing here requires a gradient.',

  // chainrule exercise
  'exercise.summary': 'exercises that check themselves',
  'exercise.description':
    'Exercises in which you fill in forward and backward, from the chain rule to attention. Each checks itself: forward against the right values, backward against the numeric derivative.',
  'exercise.usage': '[command] [options]',
  'exercise.progress':
    'Progress is kept in exercises.json, in the folder CHAINRULE_HOME or else in that of the system for data of programs. Answers are never printed.',
  'exercise.file': "a teacher's exercise, or a folder of them, in place of Chainrule's own",
  'exercise.name': 'name or number of an exercise (default: the last one)',
  'exercise.solvedAll': 'Every exercise is solved.',
  'exercise.list.summary': 'all exercises, and which are solved (default)',
  'exercise.list.description': 'Lists all exercises in learning order: ✓ solved, … begun.',
  'exercise.list.usage': '[options]',
  'exercise.list.name': 'name',
  'exercise.list.title': 'title',
  'exercise.list.solved': '{solved} of {count} solved. Begin one: `chainrule exercise start`',
  'exercise.start.summary': 'write the file to fill in',
  'exercise.start.description':
    'Writes a TypeScript file with the text as a comment and holes to fill in, and shows the text.',
  'exercise.start.usage': '[name] [options]',
  'exercise.start.name': 'name or number of an exercise (default: the first one that is not solved)',
  'exercise.start.out': 'folder for the file (default: this one)',
  'exercise.start.force': 'write over a file that is there',
  'exercise.start.written': 'Written',
  'exercise.start.next':
    'Fill in the places that say TODO, as many at a time as you like, then: `chainrule exercise check {path}`',
  'exercise.check.summary': 'is the answer right?',
  'exercise.check.description':
    'Checks an answer: forward against the right values, backward against the numeric derivative. Exit code 0 if it is right, 1 if it is wrong or unfinished.',
  'exercise.check.usage': '[file | name] [options]',
  'exercise.check.target':
    'the file, or name or number of an exercise that was begun (default: the last one)',
  'exercise.check.part.right': 'right',
  'exercise.check.part.todo': 'still to be filled in: {what}',
  'exercise.check.part.missing': 'missing',
  'exercise.check.part.forward': 'forward is wrong',
  'exercise.check.part.backward': 'forward is right, backward is wrong',
  'exercise.check.remarks': 'Right, with a remark',
  'exercise.check.right': 'Solved: {name}.',
  'exercise.check.next': 'Next: {title}. `chainrule exercise start {name}`',
  'exercise.check.stuck': 'Stuck? `chainrule exercise hint {name}`',
  'exercise.hint.summary': 'the next hint',
  'exercise.hint.description':
    'Shows the next hint, from a gentle one to nearly there. Those that were shown stand in `chainrule exercise show`.',
  'exercise.hint.usage': '[name] [options]',
  'exercise.hint.heading': 'Hint {number} of {count} for {name}',
  'exercise.hint.last': 'That was the last hint. All of them: `chainrule exercise show {name}`',
  'exercise.show.summary': 'the text of an exercise',
  'exercise.show.description': 'Shows the text of an exercise, and the hints that were taken.',
  'exercise.show.usage': '[name] [options]',
  'exercise.show.hints': 'Hints taken',
  'exercise.show.file': 'file',
  'exercise.show.solved': 'solved',
  'exercise.written.check': 'Is it right?  chainrule exercise check {path}',
  'exercise.written.hint': 'A hint:       chainrule exercise hint {name}',
  'exercise.problem.notExported': 'The file exports no {name}. Keep the names of the skeleton.',
  'exercise.problem.constructor': 'Making {name} fails: {error}',
  'exercise.problem.throws': '{call} throws {error}',
  'exercise.problem.notNumeric': '{call} returns {found}; expected a number or an array of numbers.',
  'exercise.problem.shape': '{call} returns shape {found}, expected {expected}.',
  'exercise.problem.value': '{call} returns {found}, expected {expected}.',
  'exercise.problem.element': 'Element {index} of what {call} returns is {found}, expected {expected}.',
  'exercise.problem.derivative': 'by {slot}: found {found}, expected {expected}',
  'exercise.problem.noDerivative': 'backward gives no derivative by {slot}.',
  'exercise.progress.unreadable': 'the progress in {path} cannot be read: {reason}',
  'exercise.progress.damaged':
    'the progress in {path} was damaged; it is set aside as {aside}, and a new one begun',
  'exercise.progress.unwritten': 'the progress is not kept: {reason}',
  'error.exercise.unknown': 'there is no exercise {name}',
  'error.exercise.list': 'chainrule exercise list shows all of them',
  'error.exercise.name': 'to do one again, name it',
  'error.exercise.exists': '{path} is there already',
  'error.exercise.force': '--force writes over it, --out puts the new one elsewhere',
  'error.exercise.none': 'which exercise? None was begun yet',
  'error.exercise.noFile': 'there is no file for {name}',
  'error.exercise.start':
    'chainrule exercise start {name} writes it; one with another name is checked by its path',
  'error.exercise.absent': 'there is no such file',
  'error.exercise.extension': 'an answer is TypeScript or JavaScript (.ts .mts .js .mjs .cjs), not {path}',
  'error.exercise.read': 'cannot read {path}: {reason}',
  'error.exercise.whose': 'cannot tell which exercise {path} is for',
  'error.exercise.mark':
    'keep the line that begins with // @exercise, or call the file after the exercise: sigmoid.ts',
  'error.exercise.noHints': 'there are no hints for {name}',
  'error.exercise.faulty': 'there is something wrong with the exercises in {path}',
  'error.exercise.noExercises': 'there is no exercise in {path}',
  // chainrule lab
  'lab.description':
    'Serves the lab, a web app: the four lessons with live numbers, a playground for networks, and the check.',
  'lab.summary': 'the lab in your browser',
  'lab.usage': '[options]',
  'lab.port': 'port to listen at; 0: any that is free (default: {port}, or the next that is free)',
  'lab.host': 'name or address to listen at (default: {host})',
  'lab.open': 'open it in the browser of the system',
  'lab.private':
    'By default only this machine can reach it, and the lab asks nothing of any other. Ctrl-C stops it.',
  'lab.serving': 'The lab is at {url}\nCtrl-C stops it.',
  'lab.public':
    'Everyone on the network of this address can open the lab. Browsers let it use threads only on localhost.',
  'lab.notOpened': 'No browser could be opened; open the address yourself.',
  'error.lab.notBuilt': 'the lab has not been built: there is none in {folder}',
  'error.lab.build': 'npm run build:lab builds it; npm run lab builds and serves it',
  'error.listen.taken': 'something else listens at {host}, port {ports}',
  'error.listen.otherPort': '--port takes another one; --port 0 takes any that is free',
  'error.listen.host': '--host must be a name or an address of this machine, got {host}',
  'error.listen.failed': 'cannot listen at {host}, port {port}: {reason}',
} as const;

/** The name of a text. */
export type TextKey = keyof typeof en;

/** All texts in one language. */
export type Texts = Readonly<Record<TextKey, string>>;
