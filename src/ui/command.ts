export interface PaletteCommand {
  readonly title: string;
  readonly run: () => void;
  readonly keys?: string;
  /** Other words that it is looked for by. */
  readonly words?: string;
  /** What it belongs to: `Cell`, `Notebook`, `Data`. */
  readonly group?: string;
}
