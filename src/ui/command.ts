export interface PaletteCommand {
  readonly title: string;
  readonly run: () => void;
  readonly keys?: string;
  /** What it belongs to: `Cell`, `Notebook`, `Data`. */
  readonly group?: string;
}
