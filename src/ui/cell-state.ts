/** How a cell stands, in the words the page shows. `idle` is for prose, and for code that has nothing to say. */
export type CellState =
  | { readonly status: 'idle' }
  | { readonly status: 'stale'; readonly reason: string }
  /** It runs by itself in time; `for` says what it waits for, where that is a file on its way. */
  | { readonly status: 'queued'; readonly for?: string }
  /** `share` is how far it has come, 0 to 1, where that is known. */
  | { readonly status: 'running'; readonly since: number; readonly share?: number | undefined }
  | { readonly status: 'ok'; readonly milliseconds: number }
  | { readonly status: 'error'; readonly message: string }
  | { readonly status: 'blocked'; readonly by: string }
  | { readonly status: 'cancelled' }
  | { readonly status: 'disabled' };

/** Whether a cell has the keyboard: not at all, as a whole (command mode), or inside its text (edit mode). */
export type CellMode = 'off' | 'command' | 'edit';
