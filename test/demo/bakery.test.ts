import { describe, expect, it } from 'vitest';
import { simulateBakery } from '../../src/demo/simulate';
import { adstock } from '../../src/demo/media';
import { channels, parameters, segments } from '../../src/demo/parameters';
import { valueOf } from '../../src/demo/truth';
import { holidayOf, isoDay, weekdayOf, dayOf } from '../../src/demo/calendar';
import type { Person } from '../../src/demo/person';
import { bakery } from './bakery-database';
import { leastSquares } from './least-squares';

const sum = (values: Iterable<number>): number => [...values].reduce((total, value) => total + value, 0);

/** Daily sales as the orders say, without refunds. */
function dailySales(): Float64Array {
  const daily = new Float64Array(bakery.days);
  for (const order of bakery.sales.orders) daily[order.day - bakery.first]! += valueOf(order);
  return daily;
}

/** The true design: trend between knots, weekday, season, holidays, e-mail and each channel's true transform. */
function design(): { names: string[]; columns: number[][]; truth: (number | undefined)[] } {
  const { baseline, media } = parameters;
  const days = Array.from({ length: bakery.days }, (_, t) => bakery.first + t);
  const names: string[] = [];
  const columns: number[][] = [];
  const truth: (number | undefined)[] = [];
  const add = (name: string, column: Iterable<number>, value: number | undefined): void => {
    names.push(name);
    columns.push([...column]);
    truth.push(value);
  };
  const knots = baseline.trend.map((knot) => dayOf(knot.day));
  knots.forEach((knot, k) => {
    const hat = (day: number): number => {
      if (day <= knot) return k === 0 ? 1 : Math.max(0, (day - knots[k - 1]!) / (knot - knots[k - 1]!));
      return k === knots.length - 1 ? 1 : Math.max(0, (knots[k + 1]! - day) / (knots[k + 1]! - knot));
    };
    add(`trend ${k}`, days.map(hat), baseline.trend[k]!.value);
  });
  for (let w = 0; w < 6; w++) {
    const contrast = (day: number): number => Number(weekdayOf(day) === w) - Number(weekdayOf(day) === 6);
    add(`weekday ${w}`, days.map(contrast), baseline.weekday[w]);
  }
  baseline.season.forEach(({ cos, sin }, k) => {
    const turn = (day: number): number => (2 * Math.PI * (k + 1) * (day - dayOf('2023-01-01'))) / 365.25;
    add(
      `cos ${k + 1}`,
      days.map((day) => Math.cos(turn(day))),
      cos,
    );
    add(
      `sin ${k + 1}`,
      days.map((day) => Math.sin(turn(day))),
      sin,
    );
  });
  for (const [name, value] of Object.entries(baseline.holidays)) {
    add(
      name,
      days.map((day) => Number(holidayOf(day) === name)),
      value,
    );
  }
  for (const channel of channels) {
    const { carryover, half, effect } = media.channels[channel];
    const carried = adstock(bakery.ads[channel].spend, carryover, media.window);
    add(
      channel,
      carried.map((a) => a / (a + half)),
      effect,
    );
  }
  return { names, columns, truth };
}

describe('the bakery', () => {
  it('has the sizes that its page states', () => {
    const { orders, accounts } = bakery.sales;
    const rows = sum(orders.map((order) => order.lines.length));
    expect(bakery.days).toBe(1096);
    expect(rows).toBeGreaterThan(55_000);
    expect(rows).toBeLessThan(70_000);
    expect(accounts.length).toBeGreaterThan(8_000);
    const spend = sum(channels.map((channel) => sum(bakery.ads[channel].spend)));
    const sales = sum(dailySales());
    expect(sales / 3).toBeGreaterThan(500_000);
    expect(spend / sales).toBeGreaterThan(0.03);
    expect(spend / sales).toBeLessThan(0.06);
  });

  it('is the same on every run', () => {
    const again = simulateBakery(parameters);
    expect(again.sales.orders.length).toBe(bakery.sales.orders.length);
    expect(again.sales.orders.at(-1)).toEqual(bakery.sales.orders.at(-1));
    expect(again.web.at(-1)).toEqual(bakery.web.at(-1));
    const other = simulateBakery({ ...parameters, seed: parameters.seed + 1 } as unknown as typeof parameters);
    expect(other.sales.orders.length).not.toBe(bakery.sales.orders.length);
  }, 60_000);

  it('expects sales that are exactly trend + weekday + season + holiday + media', () => {
    const { names, columns, truth } = design();
    const { coefficients } = leastSquares(columns, bakery.demand.sales);
    names.forEach((name, i) => expect(Math.abs(coefficients[i]! - truth[i]!), name).toBeLessThan(1e-5));
  });

  it('realises sales in which a regression on the true transforms finds the true effects', () => {
    const { names, columns, truth } = design();
    const sales = dailySales().map((value, t) => value - bakery.sales.emailSales[t]!);
    const { coefficients, standardErrors } = leastSquares(columns, sales);
    const scores = coefficients.map((value, i) => (value - truth[i]!) / standardErrors[i]!);
    names.forEach((name, i) => expect(Math.abs(scores[i]!), `${name} is ${coefficients[i]}`).toBeLessThan(3.5));
    // Enough variation to learn from: the worthwhile online channels are known to two fifths at two standard errors.
    for (const channel of ['search', 'social']) {
      const i = names.indexOf(channel);
      expect((2 * standardErrors[i]!) / truth[i]!, channel).toBeLessThan(0.42);
    }
  });

  it('realises the expected sum, and every order has one cause', () => {
    const expected = sum(bakery.demand.sales) + sum(bakery.sales.emailSales);
    expect(Math.abs(sum(dailySales()) / expected - 1)).toBeLessThan(0.02);
    for (const channel of channels) {
      const realised = sum(bakery.sales.orders.filter((order) => order.cause === channel).map(valueOf));
      const orders = bakery.sales.orders.filter((order) => order.cause === channel).length;
      const truth = sum(bakery.demand.media[channel]);
      // A sum of n orders of very unlike values (coefficient of variation about 1) strays by 1/√n·√2.
      expect(Math.abs(realised / truth - 1), channel).toBeLessThan((4 * Math.SQRT2) / Math.sqrt(orders));
    }
  });

  it('has customers who come back as often as MBG/NBD says', () => {
    const counts = new Map<Person, number>();
    for (const order of bakery.sales.orders) {
      if (order.cause !== 'email') counts.set(order.person, (counts.get(order.person) ?? 0) + 1);
    }
    for (const segment of segments) {
      const { r, alpha, a, b } = parameters.segments[segment];
      // Weeks of the segment's clock that are left after each day.
      const left = new Float64Array(bakery.days + 1);
      for (let t = bakery.days - 1; t >= 0; t--) left[t] = left[t + 1]! + bakery.sales.pace[segment][t]! / 7;
      let expected = 0;
      let variance = 0;
      let once = 0;
      for (const person of bakery.sales.persons.filter((candidate) => candidate.segment === segment)) {
        const weeks = left[person.joined - bakery.first + 1]!;
        const probability = a / (a + b) + (b / (a + b)) * (alpha / (alpha + weeks)) ** r;
        expected += probability;
        variance += probability * (1 - probability);
        once += Number(counts.get(person) === 1);
      }
      expect(Math.abs(once - expected) / Math.sqrt(variance), segment).toBeLessThan(3.5);
    }
  });

  it('keeps the clock of customers near the calendar', () => {
    for (const segment of segments) {
      expect(Math.abs(sum(bakery.sales.pace[segment]) / bakery.days - 1), segment).toBeLessThan(0.02);
    }
  });

  it('has orders of the stated value in each segment', () => {
    for (const segment of segments) {
      const values = bakery.sales.orders.filter((order) => order.person.segment === segment).map(valueOf);
      expect(Math.abs(sum(values) / values.length / parameters.segments[segment].value - 1), segment).toBeLessThan(
        0.04,
      );
    }
  });

  it('has four segments that simple features tell apart', () => {
    const histories = new Map<Person, (typeof bakery.sales.orders)[number][]>();
    for (const order of bakery.sales.orders) {
      if (!histories.has(order.person)) histories.set(order.person, []);
      histories.get(order.person)!.push(order);
    }
    const healthy = new Set(['Rye and seeds loaf', 'Spelt loaf', 'Grain salad', 'Vegan banana bread']);
    const share = <T>(list: readonly T[], is: (item: T) => boolean): number => list.filter(is).length / list.length;
    const known = [...histories]
      .filter(([, orders]) => orders.length >= 5)
      .map(([person, orders]) => ({
        segment: person.segment,
        features: [
          Math.log(sum(orders.map(valueOf)) / orders.length),
          share(orders, (order) => weekdayOf(order.day) >= 5),
          share(orders, (order) => order.second > 39_600 && order.second < 50_400),
          share(
            orders.flatMap((order) => order.lines),
            (line) => healthy.has(line.product),
          ),
        ],
      }));
    const centre = (segment: string): number[] => {
      const members = known.filter((item, i) => i % 2 === 0 && item.segment === segment);
      return [0, 1, 2, 3].map((k) => sum(members.map((item) => item.features[k]!)) / members.length);
    };
    const centres = segments.map((segment) => ({ segment, at: centre(segment) }));
    const test = known.filter((_, i) => i % 2 === 1);
    const right = test.filter(({ segment, features }) => {
      const distance = (at: number[]): number => sum(at.map((value, k) => (value - features[k]!) ** 2));
      return centres.reduce((best, next) => (distance(next.at) < distance(best.at) ? next : best)).segment === segment;
    });
    expect(right.length / test.length).toBeGreaterThan(0.95);
  });

  it('asks consent at the stated rates', () => {
    for (const segment of segments) {
      const accounts = bakery.sales.persons
        .filter((person) => person.segment === segment)
        .map((person) => person.accounts[0]!);
      const rate = parameters.customers.emailConsent[segment];
      const given = accounts.filter((account) => account.consentEmail).length;
      const error = Math.sqrt((rate * (1 - rate)) / accounts.length);
      expect(Math.abs(given / accounts.length - rate), segment).toBeLessThan(3.5 * error);
    }
  });

  it('mails only those who consented, and its holdout shows what mails add', () => {
    const created = bakery.sales.mails.every(
      (mail) => mail.account.consentEmail && mail.account.created <= (mail.sent?.[0] ?? Infinity),
    );
    expect(created).toBe(true);
    const buyers = new Set(bakery.sales.orders.map((order) => `${order.account.id} ${isoDay(order.day)}`));
    const within = (account: number, day: number): boolean =>
      [1, 2, 3].some((k) => buyers.has(`${account} ${isoDay(day + k)}`));
    const dayOfCampaign = new Map(
      bakery.sales.mails.filter((mail) => mail.sent).map((mail) => [mail.campaign, mail.sent![0]]),
    );
    const rate = (held: boolean): { rate: number; n: number } => {
      const group = bakery.sales.mails.filter((mail) => (mail.variant === 'holdout') === held);
      return {
        rate: group.filter((mail) => within(mail.account.id, dayOfCampaign.get(mail.campaign)!)).length / group.length,
        n: group.length,
      };
    };
    const [sent, held] = [rate(false), rate(true)];
    const error = Math.sqrt((sent.rate * (1 - sent.rate)) / sent.n + (held.rate * (1 - held.rate)) / held.n);
    expect(Math.abs(sent.rate - held.rate - parameters.email.ordersPerMail)).toBeLessThan(3.5 * error + 0.004);
    expect(sent.rate - held.rate).toBeGreaterThan(2 * error);
  });

  it('makes the last click flatter search, as people fear', () => {
    const { search, radio, leaflets } = Object.fromEntries(
      channels.map((channel) => [
        channel,
        sum(bakery.sales.orders.filter((order) => order.cause === channel).map(valueOf)),
      ]),
    );
    const lastClick = sum(bakery.sales.orders.filter((order) => order.journey.at(-1)?.medium === 'cpc').map(valueOf));
    expect(lastClick).toBeGreaterThan(1.3 * search!);
    expect(radio! + leaflets!).toBeGreaterThan(0);
  });
});
