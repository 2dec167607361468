export { default } from 'brain.js';
