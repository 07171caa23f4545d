import type { Segment } from './parameters';

export interface Product {
  readonly name: string;
  /** Relative price: an order's value is split over its products in these proportions. */
  readonly price: number;
  /** Gross margin as a share of revenue. */
  readonly margin: number;
  /** How often each segment takes it, in relative terms. */
  readonly taste: Readonly<Record<Segment, number>>;
}

const taste = (lunch: number, family: number, occasion: number, health: number) => ({
  lunch,
  family,
  occasion,
  health,
});

/** The assortment. Tastes set the segments apart without a wall between them. */
export const products: readonly Product[] = [
  { name: 'Filled baguette', price: 6.5, margin: 0.56, taste: taste(30, 3, 1, 3) },
  { name: 'Lunch box', price: 11, margin: 0.52, taste: taste(22, 1, 1, 4) },
  { name: 'Soup of the day', price: 5.5, margin: 0.6, taste: taste(14, 1, 0, 7) },
  { name: 'Coffee', price: 3.2, margin: 0.72, taste: taste(16, 6, 2, 5) },
  { name: 'Cookie', price: 2.8, margin: 0.66, taste: taste(8, 5, 2, 1) },
  { name: 'Croissants', price: 8, margin: 0.6, taste: taste(5, 26, 3, 2) },
  { name: 'Breakfast rolls', price: 6, margin: 0.62, taste: taste(2, 30, 2, 4) },
  { name: 'Sourdough loaf', price: 5.8, margin: 0.58, taste: taste(3, 18, 3, 15) },
  { name: 'Fruit tart', price: 24, margin: 0.5, taste: taste(1, 9, 18, 2) },
  { name: 'Birthday cake', price: 48, margin: 0.48, taste: taste(0, 2, 34, 0) },
  { name: 'Macarons', price: 18, margin: 0.55, taste: taste(1, 2, 20, 1) },
  { name: 'Party platter', price: 65, margin: 0.45, taste: taste(3, 1, 16, 1) },
  { name: 'Rye and seeds loaf', price: 6.4, margin: 0.57, taste: taste(1, 5, 1, 26) },
  { name: 'Spelt loaf', price: 6.8, margin: 0.56, taste: taste(0, 3, 1, 18) },
  { name: 'Grain salad', price: 9.5, margin: 0.54, taste: taste(5, 1, 0, 18) },
  { name: 'Vegan banana bread', price: 7.2, margin: 0.55, taste: taste(2, 2, 2, 14) },
];
