import { seededRandom, type Random } from '../base/random';
import { sampleCategorical } from '../stats/distributions/categorical';
import { sampleGamma } from '../stats/distributions/gamma';
import { samplePoisson } from '../stats/distributions/poisson';
import { createAccount, createSecondAccount, type Account } from './accounts';
import { fillBasket, type Line } from './basket';
import type { Day } from './calendar';
import { bySegment, type BySegment, type Demand } from './demand';
import { createMailing, type Mail } from './emails';
import { journeyTo, recordedChannel, type Cause, type Touch } from './journeys';
import { byChannel } from './media';
import { channels, segments, type Channel, type Parameters } from './parameters';
import { newPerson, type Person } from './person';
import { createPool, type Pool } from './pool';
import type { AdSeries } from './spend';

export interface Order {
  readonly id: number;
  readonly account: Account;
  readonly person: Person;
  readonly day: Day;
  readonly second: number;
  readonly cause: Cause;
  readonly first: boolean;
  readonly channel: 'web' | 'shop' | 'phone';
  readonly lines: readonly Line[];
  /** Visits that led to it; empty off the web. */
  readonly journey: readonly Touch[];
}

export interface Sales {
  readonly persons: readonly Person[];
  readonly accounts: readonly Account[];
  readonly orders: readonly Order[];
  readonly mails: readonly Mail[];
  /** Expected sales brought by mails, by day. */
  readonly emailSales: Float64Array;
  /** By day, how much of an average day a customer lived through: their rate's clock (sums to about the days). */
  readonly pace: BySegment<Float64Array>;
}

/**
 * Day by day turns expected sales into orders. For each segment the day's expected orders are its share of the expected
 * sales over its order value. Repeat orders come from the customers who are still there, each at their own rate times the
 * day's pace (expected orders over `level`); new customers make up the rest. Both numbers are Poisson, so the day's sales
 * have the stated expectation and each customer is a Poisson buyer on a clock that runs at the pace.
 */
export function simulateSales(
  first: Day,
  days: number,
  demand: Demand,
  ads: Record<Channel, AdSeries>,
  parameters: Parameters,
): Sales {
  const random = seededRandom(parameters.seed + 1);
  const persons: Person[] = [];
  const accounts: Account[] = [];
  const orders: Order[] = [];
  const pace = bySegment(() => new Float64Array(days));
  const emailSales = new Float64Array(days);
  const mailing = createMailing(first, parameters);
  const pools = bySegment((): { pool: Pool; members: Person[] } => ({ pool: createPool(16_384), members: [] }));
  let nextAccount = 1001;

  function place(t: number, person: Person, cause: Cause, campaign: string, isFirst: boolean): Order {
    const day = first + t;
    const settings = parameters.segments[person.segment];
    const online = cause === 'search' || cause === 'social' || cause === 'display';
    const web = cause === 'email' || random.uniform() < (online ? parameters.orders.onlineMediaOnWeb : settings.web);
    const journey = web
      ? journeyTo(cause, campaign, day, (channel) => ads[channel].spend[t]! > 0, parameters, random)
      : [];
    if (isFirst) {
      const recorded = web ? recordedChannel(journey) : recordedAtTill(cause, random);
      const account = createAccount(nextAccount++, person.segment, day, recorded, parameters, random);
      person.accounts.push(account);
      accounts.push(account);
    } else if (web && person.accounts.length === 1 && random.uniform() < parameters.customers.secondAccount) {
      const account = createSecondAccount(nextAccount++, day, person.accounts[0]!, random);
      person.accounts.push(account);
      accounts.push(account);
    }
    const { valueShape } = parameters.orders;
    const cents = Math.max(150, Math.round(100 * sampleGamma(random, valueShape, person.value / valueShape)));
    const order: Order = {
      id: 0,
      account: person.accounts[random.integer(person.accounts.length)]!,
      person,
      day,
      second: timeOfDay(settings.hours, random),
      cause,
      first: isFirst,
      channel: web ? 'web' : person.segment === 'occasion' && random.uniform() < 0.35 ? 'phone' : 'shop',
      lines: fillBasket(person.segment, cents, parameters, random),
      journey,
    };
    person.orders++;
    if (random.uniform() < person.leaving) person.alive = false;
    orders.push(order);
    return order;
  }

  for (let t = 0; t < days; t++) {
    const causes: readonly Cause[] = ['none', ...channels];
    const newcomers: Person[] = [];
    for (const segment of segments) {
      const { pool, members } = pools[segment];
      const expected = (demand.shares[segment][t]! * demand.sales[t]!) / parameters.segments[segment].value;
      const standing = pool.total() / 7;
      const newShare = Math.max(parameters.orders.leastNewShare, 1 - standing / demand.level[segment][t]!);
      pace[segment][t] = standing > 0 ? (expected * (1 - newShare)) / standing : expected / demand.level[segment][t]!;
      const { whenNew, whenRepeat } = causeWeights(t, demand, newShare, parameters);

      for (let n = samplePoisson(random, expected * newShare); n > 0; n--) {
        const cause = causes[sampleCategorical(random, whenNew)]!;
        const person = newPerson(segment, first + t, cause, parameters, random);
        place(t, person, cause, '', true);
        persons.push(person);
        newcomers.push(person);
      }
      for (let n = standing > 0 ? samplePoisson(random, expected * (1 - newShare)) : 0; n > 0; n--) {
        if (pool.total() <= 0) break;
        const member = pool.draw(random);
        const person = members[member]!;
        place(t, person, causes[sampleCategorical(random, whenRepeat)]!, '', false);
        if (!person.alive) pool.remove(member);
      }
    }
    orderByMail(t);
    for (const person of newcomers) {
      if (!person.alive) continue;
      pools[person.segment].pool.add(person.rate);
      pools[person.segment].members.push(person);
    }
    mailing.send(first + t, persons);
  }

  /** Mails bring orders of their own, at random among those who got one, whoever else they are. */
  function orderByMail(t: number): void {
    for (const { campaign, mails, orders: expected } of mailing.effectOn(first + t)) {
      const mean = mails.reduce((sum, mail) => sum + parameters.segments[mail.person.segment].value, 0) / mails.length;
      emailSales[t]! += expected * mean;
      for (let n = samplePoisson(random, expected); n > 0; n--) {
        const mail = mails[random.integer(mails.length)]!;
        const wasAlive = mail.person.alive;
        const order = place(t, mail.person, 'email', campaign, false);
        // An extra order neither ends nor revives the customer's own buying.
        mail.person.alive = wasAlive;
        mailing.click(mail, order.day, order.second);
      }
    }
  }

  return { persons, accounts, orders: numbered(orders), mails: mailing.mails, emailSales, pace };
}

/**
 * Weights of the causes (none, then the channels) for a first and for a repeat order. Over both, a channel's part of the
 * day's orders is its part of the day's sales; among first orders it is `newCustomerTilt` times as large.
 */
function causeWeights(t: number, demand: Demand, newShare: number, { media }: Parameters) {
  const parts = byChannel((channel) => demand.media[channel][t]! / demand.sales[t]!);
  const total = channels.reduce((sum, channel) => sum + parts[channel], 0);
  const tilt = Math.min(media.newCustomerTilt, 1 / newShare, 1 / total);
  const newOf = (part: number): number => part * newShare * tilt;
  const whenNew = [newShare - newOf(total), ...channels.map((channel) => newOf(parts[channel]))];
  const whenRepeat = [
    Math.max(0, 1 - total - whenNew[0]!),
    ...channels.map((channel, i) => Math.max(0, parts[channel] - whenNew[i + 1]!)),
  ];
  return { whenNew: whenNew.map((weight) => Math.max(0, weight)), whenRepeat };
}

/** What new customers answer at the till when asked how they heard of the shop. */
function recordedAtTill(cause: Cause, random: Random): string {
  if ((cause === 'radio' || cause === 'leaflets') && random.uniform() < 0.7) return cause;
  return random.uniform() < 0.8 ? 'walk-in' : 'friend';
}

/** Seconds since midnight around an hour, within opening times (6:30 to 18:45). */
function timeOfDay([hour, spread]: readonly [number, number], random: Random): number {
  const seconds = 3600 * (hour + spread * random.normal());
  return Math.floor(Math.min(67_500, Math.max(23_400 + 600 * random.uniform(), seconds)));
}

/** Orders in the sequence of time, numbered from 100001. */
function numbered(orders: readonly Order[]): Order[] {
  const inTime = [...orders].sort((a, b) => a.day - b.day || a.second - b.second);
  return inTime.map((order, i) => ({ ...order, id: 100_001 + i }));
}
