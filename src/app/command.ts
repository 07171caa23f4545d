/** Something the reader can do, by name in the palette and by key. */
export interface Command {
  readonly id: string;
  readonly title: string;
  /** One of the groups' names. */
  readonly group: string;
  /** In the words of the shortcut list: `Mod` is Cmd on a Mac and Ctrl elsewhere; `D D` is one key twice. */
  readonly keys?: readonly string[];
  /** Keys of command mode work only while no text is being edited. */
  readonly mode?: 'command';
  readonly enabled?: () => boolean;
  readonly run: () => void;
}
