export interface NotebookLink {
  readonly id: string;
  readonly title: string;
  /** What it is about, or when it was last open. */
  readonly detail: string;
}
