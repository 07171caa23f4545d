/** Whether a file may hold a notebook or other files, by its name: then `openIncoming` says what it holds. */
export const mayHoldNotebook = (name: string): boolean => /\.(md|markdown|zip|levain|ipynb|html?)$/i.test(name);
