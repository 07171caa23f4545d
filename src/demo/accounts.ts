import type { Random } from '../base/random';
import { sampleCategorical } from '../stats/distributions/categorical';
import type { Day } from './calendar';
import { cities, firstNames, lastNames, mailHosts } from './names';
import type { Parameters, Segment } from './parameters';

/** A row of customers.csv. A person has one account, or two when they signed up again with a mistyped address. */
export interface Account {
  readonly id: number;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly city: string;
  readonly postcode: string;
  readonly created: Day;
  readonly acquisition: string;
  readonly birthYear: number | undefined;
  readonly diet: string;
  readonly consentEmail: boolean;
  readonly consentProfiling: boolean;
  /** Set when a mail's unsubscribe link was used. */
  withdrawn: Day | undefined;
}

const diets = ['', 'vegetarian', 'vegan', 'gluten-free'];
const dietWeights: Record<Segment, readonly number[]> = {
  lunch: [82, 12, 3, 3],
  family: [90, 5, 1, 4],
  occasion: [93, 4, 1, 2],
  health: [45, 28, 17, 10],
};

/** Draws the account of a new customer. */
export function createAccount(
  id: number,
  segment: Segment,
  created: Day,
  acquisition: string,
  { customers }: Parameters,
  random: Random,
): Account {
  const firstName = pick(firstNames, random);
  const lastName = pick(lastNames, random);
  const home =
    cities[
      sampleCategorical(
        random,
        cities.map((city) => city.weight),
      )
    ]!;
  const blankCity = random.uniform() < customers.blankCity;
  const [year, spread] = customers.birthYear[segment];
  const birthYear = Math.min(2007, Math.max(1936, Math.round(year + spread * random.normal())));
  const consentEmail = random.uniform() < customers.emailConsent[segment];
  const { withEmail, withoutEmail } = customers.profiling;
  return {
    id,
    firstName,
    lastName,
    // The running number keeps addresses apart, as people do themselves when their name is taken.
    email: `${plain(firstName)}.${plain(lastName)}${id % 10_000}@${pick(mailHosts, random)}`,
    city: blankCity ? '' : home.name,
    postcode: blankCity ? '' : home.postcode,
    created,
    acquisition,
    birthYear: random.uniform() < customers.blankBirthYear ? undefined : birthYear,
    diet: diets[sampleCategorical(random, dietWeights[segment])]!,
    consentEmail,
    consentProfiling: random.uniform() < (consentEmail ? withEmail : withoutEmail),
    withdrawn: undefined,
  };
}

/** The same person's second account: another number and day, the address mistyped, the rest as it was or left blank. */
export function createSecondAccount(id: number, created: Day, first: Account, random: Random): Account {
  const filled = random.uniform() < 0.7;
  return {
    ...first,
    id,
    created,
    email: mistype(first.email, random),
    city: filled ? first.city : '',
    postcode: filled ? first.postcode : '',
    birthYear: random.uniform() < 0.6 ? first.birthYear : undefined,
    acquisition: 'direct',
    consentEmail: false,
    consentProfiling: false,
    withdrawn: undefined,
  };
}

/** One slip in the part before the @: two letters swapped, one left out, or one doubled. */
function mistype(email: string, random: Random): string {
  const at = 1 + random.integer(email.indexOf('.') - 1);
  const [before, letter, next, after] = [email.slice(0, at), email[at]!, email[at + 1]!, email.slice(at + 2)];
  const slip = random.integer(3);
  if (slip === 0 && letter !== next && next !== '.') return before + next + letter + after;
  return slip === 1 ? before + next + after : before + letter + letter + next + after;
}

const plain = (name: string): string => name.toLowerCase().replaceAll(' ', '');
const pick = <T>(list: readonly T[], random: Random): T => list[random.integer(list.length)]!;
