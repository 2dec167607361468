export { accuracy } from '../metrics.js';
export { auc } from './auc.js';
export { confusionMatrix, type ThresholdOptions } from './confusion.js';
export { f1, precision, recall, type AverageOptions } from './precision-recall.js';
export { r2 } from './r2.js';
export { topK } from './top-k.js';
