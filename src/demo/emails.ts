import { seededRandom, type Random } from '../base/random';
import type { Account } from './accounts';
import { dayOf, type Day } from './calendar';
import type { Parameters } from './parameters';
import type { Person } from './person';

/** A moment: the day, and the seconds since midnight. */
export type Moment = readonly [day: Day, second: number];

/** One customer's part in one campaign; those in the holdout were left out on purpose and got nothing. */
export interface Mail {
  readonly campaign: string;
  readonly account: Account;
  readonly person: Person;
  readonly variant: 'A' | 'B' | 'holdout';
  readonly sent: Moment | undefined;
  opened: Moment | undefined;
  clicked: Moment | undefined;
  unsubscribed: Moment | undefined;
}

/** Twelve campaigns, four a year, each on a Tuesday or Thursday at ten. */
export const campaigns: readonly { readonly name: string; readonly day: string }[] = [
  { name: 'autumn-breads-2023', day: '2023-10-03' },
  { name: 'saint-nicholas-2023', day: '2023-11-30' },
  { name: 'spring-cakes-2024', day: '2024-03-19' },
  { name: 'summer-picnic-2024', day: '2024-06-18' },
  { name: 'autumn-breads-2024', day: '2024-10-15' },
  { name: 'saint-nicholas-2024', day: '2024-11-28' },
  { name: 'spring-cakes-2025', day: '2025-04-08' },
  { name: 'summer-picnic-2025', day: '2025-06-17' },
  { name: 'autumn-breads-2025', day: '2025-10-28' },
  { name: 'saint-nicholas-2025', day: '2025-11-27' },
  { name: 'spring-cakes-2026', day: '2026-03-24' },
  { name: 'summer-picnic-2026', day: '2026-06-16' },
];

export interface Mailing {
  readonly mails: readonly Mail[];
  /** Sends the campaign of this day, if there is one, to every account that has consented and not withdrawn. */
  readonly send: (day: Day, persons: readonly Person[]) => void;
  /** The campaigns that still bring orders on this day, and how many are expected. */
  readonly effectOn: (day: Day) => { campaign: string; mails: readonly Mail[]; orders: number }[];
  /** Notes the click that led to an order. */
  readonly click: (mail: Mail, day: Day, second: number) => void;
}

export function createMailing(first: Day, { email, seed }: Parameters): Mailing {
  const random = seededRandom(seed + 2);
  const mails: Mail[] = [];
  const effects: { campaign: string; mails: readonly Mail[]; day: Day }[] = [];

  return {
    mails,
    send(day, persons) {
      const campaign = campaigns.find((candidate) => dayOf(candidate.day) === day);
      if (!campaign || day < first) return;
      const recipients = persons
        .flatMap((person) => person.accounts.map((account) => ({ person, account })))
        .filter(({ account }) => account.consentEmail && account.withdrawn === undefined && account.created < day)
        .sort((a, b) => a.account.id - b.account.id);
      const batch = recipients.map(({ person, account }) =>
        drawMail(campaign.name, day, person, account, email, random),
      );
      mails.push(...batch);
      effects.push({ campaign: campaign.name, day, mails: batch.filter((mail) => mail.sent) });
    },
    effectOn(day) {
      return effects
        .map(({ campaign, mails, day: sent }) => ({
          campaign,
          mails,
          orders: mails.length * email.ordersPerMail * (email.days[day - sent - 1] ?? 0),
        }))
        .filter((effect) => effect.orders > 0);
    },
    click(mail, day, second) {
      const clicked: Moment = [day, Math.max(0, second - 300)];
      if (!mail.opened || isAfter(mail.opened, clicked)) mail.opened = [day, Math.max(0, second - 420)];
      if (!mail.clicked || isAfter(mail.clicked, clicked)) mail.clicked = clicked;
    },
  };
}

function drawMail(
  campaign: string,
  day: Day,
  person: Person,
  account: Account,
  email: Parameters['email'],
  random: Random,
): Mail {
  if (random.uniform() < email.holdout) {
    return {
      campaign,
      account,
      person,
      variant: 'holdout',
      sent: undefined,
      opened: undefined,
      clicked: undefined,
      unsubscribed: undefined,
    };
  }
  const variant = random.uniform() < 0.5 ? 'A' : 'B';
  const sent: Moment = [day, 36_000 + random.integer(600)];
  const opened = random.uniform() < email.open[variant] ? later(sent, random) : undefined;
  const clicked = opened && random.uniform() < email.click[variant] ? soon(opened, random) : undefined;
  const unsubscribed =
    opened && random.uniform() < email.unsubscribe / email.open[variant] ? soon(opened, random) : undefined;
  if (unsubscribed) account.withdrawn = unsubscribed[0];
  return { campaign, account, person, variant, sent, opened, clicked, unsubscribed };
}

const isAfter = ([day, second]: Moment, [otherDay, otherSecond]: Moment): boolean =>
  day > otherDay || (day === otherDay && second > otherSecond);
/** Within the hours of the same day after being sent, most of them soon. */
const later = ([day, second]: Moment, random: Random): Moment => [
  day,
  Math.min(86_000, Math.floor(second - 7200 * Math.log(1 - random.uniform()))),
];
const soon = ([day, second]: Moment, random: Random): Moment => [
  day,
  Math.min(86_390, second + 10 + random.integer(110)),
];
