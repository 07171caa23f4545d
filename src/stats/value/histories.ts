import { LevainError } from '../../base/problem';

/**
 * What a customer's orders say of how they buy, one number a customer in each array. Times in one unit (weeks, say), orders
 * of the same day counted as one.
 */
export interface Histories {
  /** x: days with an order after the first day; 0, 1, 2 … */
  readonly frequency: ArrayLike<number>;
  /** t_x: time from the first order to the last; 0 for those who bought once. */
  readonly recency: ArrayLike<number>;
  /** T: time from the first order to the end of the observation. */
  readonly age: ArrayLike<number>;
}

/** One customer's history. */
export interface History {
  readonly frequency: number;
  readonly recency: number;
  readonly age: number;
}

/** Customers of the same history taken together: a likelihood needs each history once. */
export interface HistoryGroups {
  readonly frequency: Float64Array;
  readonly recency: Float64Array;
  readonly age: Float64Array;
  /** How many customers have this history. */
  readonly customers: Float64Array;
  /** For each customer, the place of their history. */
  readonly groupOf: Int32Array;
}

/**
 * The distinct histories, with how many customers have each.
 *
 * @throws LevainError `unequal-lengths`, `bad-history` with the row of the first customer whose history cannot be
 * @example groupHistories({ frequency: [0, 0, 1], recency: [0, 0, 2], age: [5, 5, 5] }).customers.length // => 2
 */
export function groupHistories(histories: Histories): HistoryGroups {
  checkHistories(histories);
  const { frequency, recency, age } = histories;
  const n = frequency.length;
  const customers: number[] = [];
  const firsts: number[] = [];
  const groupOf = new Int32Array(n);
  // A table of groups by a hash of their bits, a quarter longer at least than there can be groups; −1 is empty.
  const mask = 2 ** Math.ceil(Math.log2(1.25 * n + 2)) - 1;
  const table = new Int32Array(mask + 1).fill(-1);
  for (let i = 0; i < n; i++) {
    let at = hashOf(frequency[i]!, recency[i]!, age[i]!) & mask;
    for (; table[at]! >= 0; at = (at + 1) & mask) {
      const first = firsts[table[at]!]!;
      if (frequency[first] === frequency[i] && recency[first] === recency[i] && age[first] === age[i]) break;
    }
    if (table[at]! < 0) {
      table[at] = customers.length;
      customers.push(0);
      firsts.push(i);
    }
    customers[table[at]!]!++;
    groupOf[i] = table[at]!;
  }
  const of = (values: ArrayLike<number>): Float64Array => {
    const picked = new Float64Array(firsts.length);
    for (let g = 0; g < picked.length; g++) picked[g] = values[firsts[g]!]!;
    return picked;
  };
  return {
    frequency: of(frequency),
    recency: of(recency),
    age: of(age),
    customers: Float64Array.from(customers),
    groupOf,
  };
}

const bits = new Float64Array(3);
const words = new Uint32Array(bits.buffer);

function hashOf(x: number, y: number, z: number): number {
  bits[0] = x;
  bits[1] = y;
  bits[2] = z;
  let hash = 0;
  for (let w = 0; w < 6; w += 2) {
    hash = Math.imul(hash ^ words[w]! ^ words[w + 1]!, 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  return hash;
}

/** The history at a place among the groups. */
export function historyAt({ frequency, recency, age }: HistoryGroups, g: number): History {
  return { frequency: frequency[g]!, recency: recency[g]!, age: age[g]! };
}

/** Throws for the first customer whose numbers cannot be a history. */
export function checkHistories({ frequency, recency, age }: Histories): void {
  for (const [name, values] of Object.entries({ recency, age })) {
    if (values.length === frequency.length) continue;
    throw new LevainError({
      code: 'unequal-lengths',
      message: `There are ${frequency.length} frequencies and ${values.length} values of ${name}: one of each a customer is needed.`,
    });
  }
  for (let i = 0; i < frequency.length; i++) {
    const wrong = wrongWith(frequency[i]!, recency[i]!, age[i]!);
    if (!wrong) continue;
    throw new LevainError({
      code: 'bad-history',
      message: `The history of the customer in row ${i + 1} cannot be: ${wrong.what}.`,
      hint: wrong.hint,
    });
  }
}

function wrongWith(x: number, recency: number, age: number): { what: string; hint: string } | undefined {
  const isHistory = Number.isInteger(x) && (x === 0 ? recency === 0 : x > 0 && recency > 0) && recency <= age;
  if (isHistory && Number.isFinite(age)) return undefined;
  const missing = Object.entries({ frequency: x, recency, age }).find(([, value]) => !Number.isFinite(value));
  if (missing) return { what: `${missing[0]} is ${missing[1]}`, hint: 'Leave out customers without orders or dates.' };
  if (!Number.isInteger(x) || x < 0) {
    return { what: `frequency is ${x}`, hint: 'Count the days with an order after the first: 0, 1, 2 …' };
  }
  if (age < 0) {
    return {
      what: `age is ${age}`,
      hint: 'The first order is after the end of the observation: set the end later, or leave out orders in the future.',
    };
  }
  if (recency < 0 || recency > age) {
    return {
      what: `recency ${recency} is not between 0 and the age ${age}`,
      hint: 'Leave out orders after the end of the observation.',
    };
  }
  if (x === 0 && recency > 0) {
    return {
      what: `nothing was bought again, yet the last order is ${recency} after the first`,
      hint: 'Recency is 0 for those who bought once.',
    };
  }
  if (x > 0 && recency === 0) {
    return {
      what: `frequency is ${x}, yet the last order is at the time of the first`,
      hint: 'Count orders of the same day once.',
    };
  }
  return undefined;
}
