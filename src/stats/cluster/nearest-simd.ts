import { column, type Matrix } from '../linear/matrix';
import { func, i32, repeat, set, statements, when, type Code } from '../simd/code';
import { add, f32x4, i32x4, mul, shl, store, sub, v128 } from '../simd/instructions';
import { kernel, placesOf } from '../simd/kernel';
import { BLOCK, squaredDistanceTo, type Nearest } from './nearest';

/** Rows that are worked on together: two vectors of four numbers of 32 bits. */
const GROUP = 8;
/** Groups a call. */
const CHUNK = 2048;
/** Words that a group's entry takes: which it is, and eight labels. */
const ENTRY = 1 + GROUP;
/** By how much a number of 32 bits may be off, of itself. */
const ROUNDING = 2 ** -24;

/**
 * The nearest centre in numbers of 32 bits: that with the least ‖c‖²/2 − x·c, for eight rows and two centres at a time.
 * Writes an entry to `out` for each group with a row whose label changes, or whose second centre is so near that rounding
 * might have the sequence wrong: the group, and labels, −1 for rows in doubt. Gives how many bytes it wrote.
 */
const nearest = func(
  'nearest',
  ['i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32'],
  ([begin, end, d, pairs, rows, reach, centers, margin, labels, out], variables) => {
    const { group, pair, entry, value, from, to, center } = variables('i32', 'group', 'pair', 'entry', 'value', 'from', 'to', 'center'); // prettier-ignore
    const { x0, x1, c, e } = variables('v128', 'x0', 'x1', 'c', 'e');
    const first = variables('v128', 'score0', 'score1', 'other0', 'other1');
    const best = variables('v128', 'least0', 'least1', 'second0', 'second1', 'label0', 'label1');
    const infinite = f32x4.splat({ type: 'f32', bytes: [0x43, 0, 0, 0x80, 0x7f] });

    const ranked = (half: 0 | 1, score: Code<'v128'>, place: Code<'i32'>): Code<'none'> => {
      const [least, second, label] = [best[`least${half}`], best[`second${half}`], best[`label${half}`]];
      return statements(
        set(second, f32x4.pmin(second, f32x4.pmax(least, score))),
        set(label, v128.choose(i32x4.splat(place), label, f32x4.lt(score, least))),
        set(least, f32x4.pmin(least, score)),
      );
    };
    const less = (score: Code<'v128'>, x: Code<'v128'>, by: Code<'v128'>) => f32x4.sub(score, f32x4.mul(x, by));
    /** The label, and −1 where the second is within the margin (or nothing can be said, NaN). */
    const settled = (half: 0 | 1): Code<'v128'> => {
      const gap = f32x4.sub(best[`second${half}`], best[`least${half}`]);
      return v128.or(best[`label${half}`], v128.not(f32x4.gt(gap, c)));
    };
    const isNews = (label: Code<'v128'>, before: Code<'v128'>): Code<'v128'> =>
      v128.or(i32x4.ne(label, before), i32x4.lt(label, i32x4.splat(i32(0))));

    return [
      set(entry, out),
      repeat(
        group,
        begin,
        end,
        1,
        set(from, add(rows, mul(group, shl(d, i32(5))))),
        set(to, add(from, shl(d, i32(5)))),
        ...[best.least0, best.least1, best.second0, best.second1].map((score) => set(score, infinite)),
        set(center, centers),
        repeat(
          pair,
          i32(0),
          pairs,
          2,
          ...[set(first.score0, v128.load32Splat(center)), set(first.score1, first.score0)],
          ...[set(first.other0, v128.load32Splat(center, 4)), set(first.other1, first.other0)],
          repeat(
            value,
            from,
            to,
            4 * GROUP,
            set(center, add(center, i32(8))),
            ...[set(x0, v128.load(value)), set(x1, v128.load(value, 16))],
            ...[set(c, v128.load32Splat(center)), set(e, v128.load32Splat(center, 4))],
            ...[set(first.score0, less(first.score0, x0, c)), set(first.score1, less(first.score1, x1, c))],
            ...[set(first.other0, less(first.other0, x0, e)), set(first.other1, less(first.other1, x1, e))],
          ),
          set(center, add(center, i32(8))),
          ...[ranked(0, first.score0, pair), ranked(1, first.score1, pair)],
          ...[ranked(0, first.other0, add(pair, i32(1))), ranked(1, first.other1, add(pair, i32(1)))],
        ),
        set(e, f32x4.mul(v128.load32Splat(margin, 4), v128.load32Splat(add(reach, shl(group, i32(2)))))),
        set(c, f32x4.add(v128.load32Splat(margin), e)),
        ...[set(x0, settled(0)), set(x1, settled(1))],
        set(value, add(labels, shl(group, i32(5)))),
        when(
          v128.anyTrue(v128.or(isNews(x0, v128.load(value)), isNews(x1, v128.load(value, 16)))),
          ...[store(entry, group), v128.store(entry, x0, 4), v128.store(entry, x1, 20)],
          set(entry, add(entry, i32(4 * ENTRY))),
        ),
      ),
      sub(entry, out),
    ];
  },
);

const kernelWith = kernel(nearest);

/**
 * As `plainNearest`, to the same answer: the kernel looks at every distance in numbers of 32 bits, and what those cannot
 * tell apart for sure is looked at again in 64. Undefined where there is no SIMD.
 *
 * Of a score ‖c‖²/2 − x·c each product is off by at most 3 roundings of |xⱼcⱼ|, and each of d sums by one of what has been
 * added up: together by less than (d + 4) (‖c‖²/2 + ‖x‖‖c‖) roundings. Two scores farther apart than twice that are in
 * the right sequence.
 */
export function simdNearest(data: Matrix, k: number): Nearest | undefined {
  const { rows: n, columns: d } = data;
  const groups = Math.ceil(n / GROUP);
  const pairs = 2 * Math.ceil(k / 2);
  const { at, bytes } = placesOf({
    rows: 4 * groups * GROUP * d,
    reach: 4 * groups,
    labels: 4 * groups * GROUP,
    out: 4 * CHUNK * ENTRY,
    margin: 8,
    centers: 4 * pairs * (d + 1),
  });
  const made = kernelWith(bytes);
  if (!made) return undefined;
  const { run, memory } = made;
  const frame = frameOf(data);
  fill(data, frame, new Float32Array(memory, at.rows, groups * GROUP * d), new Float32Array(memory, at.reach, groups));
  const labels = new Int32Array(memory, at.labels, n);
  const out = new Int32Array(memory, at.out, CHUNK * ENTRY);
  const margin = new Float32Array(memory, at.margin, 2);
  const scores = new Float32Array(memory, at.centers, pairs * (d + 1));

  const nearestExactly = (row: number, centers: Float64Array): number => {
    let [least, label] = [Infinity, 0];
    for (let c = 0; c < k; c++) {
      const distance = squaredDistanceTo(data, row, centers, c);
      if (distance < least) [least, label] = [distance, c];
    }
    return label;
  };

  return {
    labels,
    assign(centers, moved) {
      const reach = place(centers, frame, scores);
      // A quarter more than twice the bound, for products of roundings; the last term, for what is too small for 32 bits.
      const share = 2.5 * (d + 4) * ROUNDING;
      margin[0] = (share * reach * reach) / 2 + 1e-30;
      margin[1] = share * reach;
      for (let begin = 0; begin < groups; begin += CHUNK) {
        const end = Math.min(groups, begin + CHUNK);
        const written = run.nearest(begin, end, d, pairs, at.rows, at.reach, at.centers, at.margin, at.labels, at.out);
        for (let entry = 0; entry < written / 4; entry += ENTRY) {
          const first = out[entry]! * GROUP;
          for (let q = 0; q < GROUP && first + q < n; q++) {
            const row = first + q;
            const found = out[entry + 1 + q]!;
            const label = found < 0 ? nearestExactly(row, centers) : found;
            if (label === labels[row]) continue;
            moved(row, label);
            labels[row] = label;
          }
        }
      }
    },
  };
}

/** Where numbers of 32 bits are counted from, and in what unit: the farthest value is about 1 from its column's mean. */
interface Frame {
  readonly means: Float64Array;
  readonly scale: number;
  /** How much of a length may be the rounding of means far from 0, in roundings of 32 bits. */
  readonly slack: number;
}

function frameOf(data: Matrix): Frame {
  const means = new Float64Array(data.columns);
  let farthest = 0;
  for (let j = 0; j < data.columns; j++) {
    const values = column(data, j);
    let sum = 0;
    for (let i = 0; i < values.length; i++) sum += values[i]!;
    const mean = (means[j] = sum / values.length);
    for (let i = 0; i < values.length; i++) farthest = Math.max(farthest, Math.abs(values[i]! - mean));
  }
  const scale = farthest > 0 ? 2 ** -Math.ceil(Math.log2(farthest)) : 1;
  return { means, scale, slack: 2 ** -28 * scale * Math.hypot(...means) };
}

/** Groups of rows into numbers of 32 bits, a column of a group after the other, and how far the farthest of each reaches. */
function fill(data: Matrix, { means, scale, slack }: Frame, rows: Float32Array, reach: Float32Array): void {
  const [n, d, { values }] = [data.rows, data.columns, data];
  const squares = new Float64Array(BLOCK);
  for (let begin = 0; begin < n; begin += BLOCK) {
    const size = Math.min(BLOCK, n - begin);
    squares.fill(0);
    for (let j = 0; j < d; j++) {
      const [mean, from] = [means[j]!, j * n + begin];
      for (let i = 0; i < size; i++) {
        const value = (values[from + i]! - mean) * scale;
        squares[i]! += value * value;
        rows[(begin + i - (i % GROUP)) * d + GROUP * j + (i % GROUP)] = value;
      }
    }
    for (let i = 0; i < size; i += GROUP) {
      let most = 0;
      for (let q = i; q < Math.min(size, i + GROUP); q++) most = Math.max(most, squares[q]!);
      reach[(begin + i) / GROUP] = Math.sqrt(most) + slack;
    }
  }
}

/** Centres two by two: ‖c‖²/2 of both, then their first numbers, their second, …; how far the farthest reaches. */
function place(centers: Float64Array, { means, scale, slack }: Frame, scores: Float32Array): number {
  const d = means.length;
  const k = centers.length / d;
  scores.fill(0);
  // What is lacking to a pair lies infinitely far.
  if (k % 2 === 1) scores[(k - 1) * (d + 1) + 1] = Infinity;
  let most = 0;
  for (let c = 0; c < k; c++) {
    const at = (c - (c % 2)) * (d + 1) + (c % 2);
    let squares = 0;
    for (let j = 0; j < d; j++) {
      const value = (centers[c * d + j]! - means[j]!) * scale;
      squares += value * value;
      scores[at + 2 * (j + 1)] = value;
    }
    scores[at] = squares / 2;
    most = Math.max(most, squares);
  }
  return Math.sqrt(most) + slack;
}
