/** A function that cells call, as its doc comment tells it. */
export interface HelpEntry {
  /** `levain.value.fit`. */
  readonly name: string;
  /** `(values: ArrayLike<number>): number`. */
  readonly signature: string;
  readonly text: string;
  /** What can be run in a cell as it stands. */
  readonly example?: string;
}
