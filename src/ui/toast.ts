export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly tone?: 'plain' | 'bad';
  /** Given, a button stands beside the text: Undo, Reload. */
  readonly action?: { readonly label: string; readonly run: () => void };
}
