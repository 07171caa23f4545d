import { func, i32, repeat, set, statements, type Code } from '../../simd/code';
import { add, and, f64x2, load, mul, shl, shr, v128 } from '../../simd/instructions';
import { kernel, placesOf } from '../../simd/kernel';
import { BINS } from './bins';
import type { Histogram } from './split';
import { markOf, widthOf, type Workspace } from './workspace';

/** Bytes of a slope with its curvature, and of a column of a histogram. */
const PAIR = 16;
const COLUMN = PAIR * BINS;

/**
 * Adds slopes and curvatures, a pair a vector, to their bins. The pairs are first put in the sequence of the node's rows,
 * each with its mark; then a word of four bins is read for each row, and four pairs are added to, for each four columns.
 */
const sumByBin = func(
  'sumByBin',
  ['i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32'],
  ([start, end, rows, words, columns, slopes, order, ordered, sums], variables) => {
    const { k, group, word, from, to, bin } = variables('i32', 'k', 'group', 'word', 'from', 'to', 'bin');
    const { pair } = variables('v128', 'pair');
    const row = load(add(order, shl(k, i32(2))));
    const inOrder = add(ordered, shl(k, i32(4)));
    /** The bin that begins at a bit of the word, as a place in its histogram: 16 bytes a bin. */
    const placeOf = (bit: number): Code<'i32'> => {
      const moved = bit < 4 ? shl(word, i32(4 - bit)) : shr(word, i32(bit - 4));
      return add(to, and(moved, i32(255 << 4)));
    };
    const addTo = (column: number): Code<'none'> =>
      statements(
        set(bin, placeOf(8 * column)),
        v128.store(bin, f64x2.add(v128.load(bin, column * COLUMN), pair), column * COLUMN),
      );
    return [
      // The mark stands behind the last pair.
      set(pair, v128.load(add(ordered, shl(rows, i32(4))))),
      repeat(k, start, end, 1, v128.store(inOrder, f64x2.add(v128.load(add(slopes, shl(row, i32(4)))), pair))),
      set(from, words),
      set(to, sums),
      repeat(
        group,
        i32(0),
        columns,
        4,
        repeat(
          k,
          start,
          end,
          1,
          set(word, load(add(from, shl(row, i32(2))))),
          set(pair, v128.load(inOrder)),
          ...[addTo(0), addTo(1), addTo(2), addTo(3)],
        ),
        set(from, add(from, mul(rows, i32(4)))),
        set(to, add(to, i32(4 * COLUMN))),
      ),
    ];
  },
);

const kernelWith = kernel(sumByBin);

/** As `plainWorkspace`, to the same sums, for trees of so many leaves. Undefined where there is no SIMD. */
export function simdWorkspace(rows: number, columns: number, leaves: number): Workspace | undefined {
  const width = widthOf(columns);
  const mark = markOf(rows);
  // One for each leaf, and one for the smaller side of a split. Pages that are not written to take no memory.
  const most = Math.min(leaves, rows) + 1;
  const { at, bytes } = placesOf({
    words: rows * width,
    slopes: PAIR * rows,
    order: 4 * rows,
    ordered: PAIR * (rows + 1),
    sums: most * width * COLUMN,
  });
  const made = bytes < 2 ** 31 ? kernelWith(bytes) : undefined;
  if (!made) return undefined;
  const { run, memory } = made;
  const placeOf = new Map<Histogram, number>();
  new Float64Array(memory, at.ordered + PAIR * rows, 2).set([0, mark]);
  return {
    words: new Uint32Array(memory, at.words, (rows * width) / 4),
    slopes: new Float64Array(memory, at.slopes, 2 * rows),
    order: new Uint32Array(memory, at.order, rows),
    spare: new Uint32Array(rows),
    mark,
    pool: [],
    make() {
      const place = at.sums + placeOf.size * width * COLUMN;
      const histogram = { sums: new Float64Array(memory, place, 2 * width * BINS), mark };
      placeOf.set(histogram, place);
      return histogram;
    },
    sum(start, end, histogram) {
      const to = placeOf.get(histogram)!;
      run.sumByBin(start, end, rows, at.words, width, at.slopes, at.order, at.ordered, to);
    },
  };
}
