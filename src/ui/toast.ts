export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly tone?: 'plain' | 'bad';
  /** Given, an Undo button stands beside the text. */
  readonly onundo?: () => void;
}
