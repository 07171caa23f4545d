const DAY = 86_400;
/** Most bins. */
const MOST = 20;
/** Numbers that are nearer to each other stand in one bin: steps below it are no numbers any more. */
const LEAST_SPAN = 1e-290;
/** Steps of time that people count in, in seconds. */
const SECONDS = [1, 5, 15, 60, 300, 900, 3_600, 7_200, 21_600, DAY, 7 * DAY];
const MONTHS = [1, 3, 6, 12, 24, 60, 120, 240, 600, 1_200, 2_400, 6_000, 12_000];
/** 1970 began on a Thursday; weeks begin on a Monday. */
const MONDAY = 4 * DAY;

/**
 * Where at most 20 bins begin that hold every number from `low` to `high`, each at a multiple of 1, 2 or 5 times a power of
 * ten, and where the last ends, which is above `high`. With `whole`, no bin is narrower than 1.
 */
export function numberEdges(low: number, high: number, whole: boolean): number[] {
  const span = Math.max(high - low || Math.abs(low) / 10 || 1, LEAST_SPAN);
  const least = whole ? 1 : 0;
  for (let power = Math.floor(Math.log10(span / MOST)); ; power++) {
    for (const factor of [1, 2, 5]) {
      const step = Math.max(least, Number(`${factor}e${power}`));
      const edges = multiples(low, high, step, (at) => Number((at * step).toPrecision(12)));
      if (edges) return edges;
    }
  }
}

/** The same for moments in seconds since 1970: whole minutes, hours, days, weeks, months or years. With `days`, no bin is narrower than a day. */
export function timeEdges(low: number, high: number, days: boolean): number[] {
  for (const step of SECONDS.filter((seconds) => !days || seconds >= DAY)) {
    const shift = step === 7 * DAY ? MONDAY : 0;
    const edges = multiples(low - shift, high - shift, step, (at) => at * step)?.map((edge) => edge + shift);
    if (edges) return edges;
  }
  for (const step of MONTHS) {
    const edges = multiples(monthOf(low), monthOf(high), step, (at) => at * step);
    if (edges) return edges.map((month) => Date.UTC(1970, month, 1) / 1000);
  }
  return [low, high + 1];
}

/** The multiples of a step around a range; undefined where there are too many, or where they are not told apart. */
function multiples(low: number, high: number, step: number, edge: (at: number) => number): number[] | undefined {
  let at = Math.floor(low / step);
  while (edge(at) > low) at--;
  const edges = [edge(at)];
  while (edges.at(-1)! <= high) {
    if (edges.length > MOST) return undefined;
    const next = edge(++at);
    if (!(next > edges.at(-1)!)) return undefined;
    edges.push(next);
  }
  return edges;
}

function monthOf(seconds: number): number {
  const date = new Date(seconds * 1000);
  return (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth();
}
