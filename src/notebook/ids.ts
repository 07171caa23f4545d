import type { Random } from '../base/random';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const SIGNS = LETTERS + '0123456789';

const dice: Pick<Random, 'integer'> = { integer: (n) => Math.floor(Math.random() * n) };

/** An id that none of the cells has: a letter, then letters and digits, four of them or more where few are left. */
export function newCellId(cells: readonly { readonly id: string }[], random: Pick<Random, 'integer'> = dice): string {
  const taken = new Set(cells.map(({ id }) => id));
  for (let length = 4; ; length++) {
    for (let attempt = 0; attempt < 100; attempt++) {
      let id = LETTERS[random.integer(LETTERS.length)]!;
      while (id.length < length) id += SIGNS[random.integer(SIGNS.length)]!;
      if (!taken.has(id)) return id;
    }
  }
}

/**
 * The id of a prose cell that carries none, from that of the cell before it: `k3f9` gives `k3f9p`, that gives `k3f9p2`,
 * and so on; the first cell is `top`.
 */
export function proseId(previous: string | undefined): string {
  if (previous === undefined) return 'top';
  const counted = /^(.*p)(\d{0,6})$/.exec(previous);
  return counted ? `${counted[1]}${Number(counted[2] || 1) + 1}` : `${previous}p`;
}
