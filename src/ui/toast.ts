export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly tone?: 'plain' | 'bad';
  /** Buttons beside the text: Undo, Reload. */
  readonly actions?: readonly { readonly label: string; readonly run: () => void }[];
}
