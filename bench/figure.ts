/** One line of the report. */
export interface Figure {
  readonly what: string;
  /** What was measured of us, with its unit and the ratio to the rival. */
  readonly ours: string;
  readonly rival?: string;
  readonly reach?: string;
  /** Absent where there is nothing to reach. */
  readonly met?: boolean;
  /** The machine's load when the figure began. */
  readonly load?: string;
}

/** Folders with the built page and the built harness pages. */
export interface Built {
  readonly dist: string;
  readonly harness: string;
}

/** Gives its figures one by one where each takes long: what was measured is printed and kept even if the rest is stopped. */
export type Bench = (built: Built) => AsyncIterable<Figure> | Promise<readonly Figure[]>;
