import { LevainError } from '../base/problem';
import { color } from './theme';

/**
 * Eight colours that stay apart for readers with protanopia, deuteranopia and tritanopia, led by the accent; each is a
 * token of the page (`--chart-1` … `--chart-8`) with its light value behind it.
 *
 * Source: the hues of Okabe and Ito (2008), "Color Universal Design", darkened to stand 3:1 on paper.
 */
export const palette = [
  'var(--chart-1, #B4531A)',
  'var(--chart-2, #0F6CA8)',
  'var(--chart-3, #00805E)',
  'var(--chart-4, #A34A84)',
  'var(--chart-5, #2B8FBF)',
  'var(--chart-6, #9A7400)',
  'var(--chart-7, #5B4B8A)',
  'var(--chart-8, #6B6257)',
] as const;

/** Names and their colours, as a Plot scale: `Plot.plot({color: channelColors(names), …})`. */
export interface ColorScale {
  readonly domain: string[];
  readonly range: string[];
  /** The colour of one name; quiet for a name the scale does not know. */
  readonly of: (name: string) => string;
}

/**
 * Gives each channel its colour, in the order of `names`. Make it once in a notebook, over every channel, and hand it to
 * each chart: a channel then keeps its colour where others are filtered out.
 *
 * @param names channels, each counted once, at most 8
 * @throws LevainError `too-many-colors` for more than 8: eyes cannot tell more apart
 * @example channelColors(['search', 'social']).of('social') // => 'var(--chart-2, #0F6CA8)'
 */
export function channelColors(names: Iterable<string>): ColorScale {
  const domain = [...new Set(names)];
  if (domain.length > palette.length) {
    throw new LevainError({
      code: 'too-many-colors',
      message: `Colour can tell ${palette.length} series apart; there are ${domain.length}.`,
      hint: 'Group the smaller ones as “other”, or draw one small chart for each.',
    });
  }
  const range: string[] = palette.slice(0, domain.length);
  return { domain, range, of: (name) => range[domain.indexOf(name)] ?? color.quiet };
}
