// Files: their bytes or text in, values out, and back. Nothing of Node's: it runs in a page. Reading from the disk is in disk/.

export { buildModule, describeModule, type BuildOptions } from './architecture/architecture.js';
export type { Architecture } from './architecture/layer.js';
export type { CsvData } from './csv/apply.js';
export {
  classNames,
  describeColumns,
  featureNames,
  type CategoryColumn,
  type CategoryRule,
  type Column,
  type ColumnKind,
  type Columns,
  type IgnoredColumn,
  type MissingRule,
  type NumberColumn,
} from './csv/columns.js';
export {
  applyColumns,
  csvBatches,
  csvDataset,
  fitColumns,
  fitCsvStream,
  type CsvBatchOptions,
} from './csv/csv.js';
export type { Chunks, CsvOptions } from './csv/records.js';
export type { FitColumnsOptions } from './csv/scan.js';
export { csvTables, readCsv, type CsvRecord, type CsvSource, type CsvTable } from './csv/table.js';
export { FormatError } from './format-error.js';
export { readIdx } from './idx.js';
export { readImage, type ImageOptions } from './image.js';
export type { SizeLimit } from './limits.js';
export { mnistDigits, type MnistOptions } from './mnist.js';
export {
  loadModel,
  saveModel,
  type LoadedModel,
  type LoadModelOptions,
  type SaveModelOptions,
} from './model.js';
export { readNpy, writeNpy, type ArrayWriteOptions } from './npy.js';
export { readNpz, writeNpz, type NpzWriteOptions } from './npz.js';
export type { NumberType } from './number-type.js';
export { writePng } from './png.js';
export { resizeImage } from './resize.js';
export {
  readSafetensors,
  writeSafetensors,
  type Safetensors,
  type SafetensorsWriteOptions,
} from './safetensors.js';
export { loadStateDict, stateDict } from './state-dict.js';
