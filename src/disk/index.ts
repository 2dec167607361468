// Reading from the disk and writing to it, in Node. What the files hold is read and written by files/.

export { DiskError } from './disk-error.js';
export { fileChunks, loadFile, saveFile } from './file.js';
export { imageFolder, type ImageFolder, type ImageFolderOptions } from './image-folder.js';
export { loadMnist } from './mnist.js';
