import type { Random } from '../base/random';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const SIGNS = LETTERS + '0123456789';

const dice: Pick<Random, 'integer'> = { integer: (n) => Math.floor(Math.random() * n) };

/** A fresh id that is not among `taken`: a letter, then letters and digits, four of them or more where few are left. */
export function newCellId(taken: ReadonlySet<string>, random: Pick<Random, 'integer'> = dice): string {
  for (let length = 4; ; length++) {
    for (let attempt = 0; attempt < 100; attempt++) {
      let id = LETTERS[random.integer(LETTERS.length)]!;
      while (id.length < length) id += SIGNS[random.integer(SIGNS.length)]!;
      if (!taken.has(id)) return id;
    }
  }
}

/** The id of a prose cell that carries none: that of the cell before it and a `p`; `top` for the first. */
export function proseId(previous: string | undefined): string {
  return previous === undefined ? 'top' : `${previous}p`;
}
