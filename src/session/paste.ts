export { fileFromPaste } from '../engine/csv/paste';
