/** A name that can be written in a cell: a table, a column, another cell's name, a function. */
export interface EditorName {
  readonly label: string;
  readonly kind: 'table' | 'column' | 'cell' | 'function' | 'value';
  /** A type, or where it comes from; shown quietly beside the name. */
  readonly detail?: string;
}
