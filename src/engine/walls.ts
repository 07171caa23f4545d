/**
 * Where files are read whose readers may be brought to run what a file holds: a thread without origin, storage or network.
 * Only the page can make one.
 */
export interface Walls {
  /** Starts the thread that reads workbooks and gives the port to it; `onDead` is told when it is lost. One at a time. */
  open(onDead: () => void): Promise<MessagePort>;
  /** Ends it. */
  close(): void | Promise<void>;
}
