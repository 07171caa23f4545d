import { byItem } from './by-item';
import type { Interactions } from './interactions';

/**
 * Is told of each frequent set of items: how many items it has, the one that was added to the set above it, and how many
 * rows hold all of them. Returns the least count that is asked for from now on, which may rise.
 */
export type Visit = (depth: number, item: number, count: number) => number;

/**
 * Walks over all sets of items that at least `least` rows hold, depth first, the rarer items of a set before the more
 * frequent (items of one frequency in ascending order).
 *
 * For each first item the rows that hold it are written anew as bits, one line of bits for each item that is more frequent;
 * below it, rows are counted by AND and population count. The bits of one first item are all that is held at a time: for m
 * interactions no more than about m / 32 words, whatever the width of the widest basket.
 *
 * Source: Zaki (2000), "Scalable algorithms for association mining", IEEE Trans. Knowledge and Data Engineering 12, with
 * the projected databases of Han, Pei and Yin (2000), "Mining frequent patterns without candidate generation".
 *
 * @param least ≥ 1
 * @param deepest the most items of a set
 */
export function eclat(interactions: Interactions, least: number, deepest: number, visit: Visit): void {
  const { items, starts, columns } = interactions;
  const held = byItem(interactions);
  const countOf = (item: number): number => held.starts[item + 1]! - held.starts[item]!;
  const ranked = Array.from(items.keys())
    .filter((item) => countOf(item) >= least)
    .sort((a, b) => countOf(a) - countOf(b) || a - b);
  const rankOf = new Int32Array(items.length).fill(-1);
  ranked.forEach((item, rank) => (rankOf[item] = rank));
  /** For each depth the bits of the sets that are being extended. */
  const bits: Uint32Array[] = [];
  const room = (depth: number, words: number): Uint32Array =>
    (bits[depth]?.length ?? 0) >= words ? bits[depth]! : (bits[depth] = new Uint32Array(words));

  for (let rank = 0; rank < ranked.length; rank++) {
    const first = ranked[rank]!;
    if (countOf(first) < least) continue;
    least = visit(1, first, countOf(first));
    if (deepest > 1 && rank + 1 < ranked.length) extend(2, projected(rank, first));
  }

  /** The items that come after `first`, each with the rows that hold both as bits. */
  function projected(rank: number, first: number): Siblings {
    const words = Math.ceil(countOf(first) / 32);
    const after = ranked.length - rank - 1;
    const lines = room(1, after * words).fill(0, 0, after * words);
    const counts = new Uint32Array(after);
    for (let bit = 0; bit < countOf(first); bit++) {
      const row = held.rows[held.starts[first]! + bit]!;
      for (let at = starts[row]!; at < starts[row + 1]!; at++) {
        const place = rankOf[columns[at]!]! - rank - 1;
        if (place < 0) continue;
        lines[place * words + (bit >>> 5)]! |= 1 << (bit & 31);
        counts[place]!++;
      }
    }
    const places = Array.from(counts.keys()).filter((place) => counts[place]! >= least);
    return {
      items: places.map((place) => ranked[rank + 1 + place]!),
      counts: places.map((place) => counts[place]!),
      offsets: places.map((place) => place * words),
      lines,
      words,
    };
  }

  function extend(depth: number, siblings: Siblings): void {
    const { items: members, counts, offsets, lines, words } = siblings;
    for (let i = 0; i < members.length; i++) {
      if (counts[i]! < least) continue;
      least = visit(depth, members[i]!, counts[i]!);
      if (depth === deepest) continue;
      const next: Siblings = {
        items: [],
        counts: [],
        offsets: [],
        lines: room(depth, (members.length - i - 1) * words),
        words,
      };
      let offset = 0;
      for (let j = i + 1; j < members.length; j++) {
        const count = intersect(lines, offsets[i]!, offsets[j]!, words, next.lines, offset);
        if (count < least) continue;
        next.items.push(members[j]!);
        next.counts.push(count);
        next.offsets.push(offset);
        offset += words;
      }
      if (next.items.length > 0) extend(depth + 1, next);
    }
  }
}

/** Sets that differ in their last item alone: the rows of each, as bits, from its offset in `lines`. */
interface Siblings {
  readonly items: number[];
  readonly counts: number[];
  readonly offsets: number[];
  readonly lines: Uint32Array;
  readonly words: number;
}

/** Writes the rows that both lines hold, and returns how many they are. */
function intersect(lines: Uint32Array, a: number, b: number, words: number, out: Uint32Array, offset: number): number {
  let count = 0;
  for (let word = 0; word < words; word++) {
    const both = lines[a + word]! & lines[b + word]!;
    out[offset + word] = both;
    count += bitsOf(both);
  }
  return count;
}

/** The ones among 32 bits, added up in pairs, nibbles and bytes. */
function bitsOf(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const nibbles = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((nibbles + (nibbles >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
