/** Everything that changes a notebook. */
export { applyEdit, invertEdit, type Edit } from './apply';
export { History, type HistoryOptions } from './history';
export { newCellId } from './ids';
