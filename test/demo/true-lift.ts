import { parameters, segments, type Segment } from '../../src/demo/parameters';
import { products } from '../../src/demo/products';

/** Chances over all baskets of a segment that product i (or i and j) is in it: `chance[i][j]`, `chance[i][i]` for i alone. */
function chancesOf(segment: Segment): number[][] {
  const { lines } = parameters.segments[segment];
  const tastes = products.map(({ taste }) => taste[segment]);
  const chance = products.map(() => products.map(() => 0));
  // 1 + geometric lines, at most 4.
  const sizes = [0, 1 - lines, (1 - lines) * lines, (1 - lines) * lines ** 2, lines ** 3];
  const draw = (chosen: number[], probability: number): void => {
    if (chosen.length > 0) {
      for (const i of chosen) for (const j of chosen) chance[i]![j]! += probability * sizes[chosen.length]!;
    }
    if (chosen.length === 4) return;
    const left = tastes.reduce((sum, taste, i) => sum + (chosen.includes(i) ? 0 : taste), 0);
    tastes.forEach((taste, i) => {
      if (taste > 0 && !chosen.includes(i)) draw([...chosen, i], (probability * taste) / left);
    });
  };
  draw([], 1);
  return chance;
}

/** The lift of two of the bakery's products, by what its segments like and how many orders each of them placed. */
export function trueLifts(ordersOf: Readonly<Record<Segment, number>>): (first: string, second: string) => number {
  const total = segments.reduce((sum, segment) => sum + ordersOf[segment], 0);
  const chances = segments.map((segment) => ({ share: ordersOf[segment] / total, chance: chancesOf(segment) }));
  const overall = (i: number, j: number): number =>
    chances.reduce((sum, { share, chance }) => sum + share * chance[i]![j]!, 0);
  const placeOf = (name: string): number => products.findIndex((product) => product.name === name);
  return (first, second) => {
    const [i, j] = [placeOf(first), placeOf(second)];
    return overall(i, j) / (overall(i, i) * overall(j, j));
  };
}
