// Reading from the disk and writing to it, in Node. What the files hold is read and written by files/.

export {
  checkpoints,
  loadCheckpoint,
  resume,
  type CheckpointOptions,
  type ResumeOptions,
} from './checkpoints.js';
export { DiskError } from './disk-error.js';
export { fileChunks, loadFile, saveFile } from './file.js';
export { imageFolder, type ImageFolder, type ImageFolderOptions } from './image-folder.js';
export { csvLog, jsonLog } from './log-file.js';
export { loadMnist } from './mnist.js';
export { tensorBoard, type TensorBoardOptions } from './tensor-board.js';
