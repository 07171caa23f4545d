import { seededRandom } from '../base/random';
import { dayOf, isoDay, isoTime } from './calendar';
import { bySegment } from './demand';
import { byChannel, contribution } from './media';
import type { Order } from './orders';
import { channels, segments } from './parameters';
import type { Bakery } from './simulate';

/**
 * What is true of the files: the parameters, and what they came to in these three years. Money in euros. “Expected” is
 * before chance, “realised” is what the orders say; refunds are left out of both.
 */
export function truthOf(bakery: Bakery) {
  const { parameters, first, days, refunds } = bakery;
  return {
    about: 'A simulated bakery. No person or address in the files is real.',
    from: isoDay(first),
    to: isoDay(first + days - 1),
    parameters,
    totals: totals(bakery),
    media: media(bakery),
    liftTests: liftTests(bakery),
    months: months(bakery),
    segments: segmentTruth(bakery),
    messiness: {
      refundedOrders: refunds.length,
      /** Pairs of accounts that are one person: the first, and the one with the mistyped address. */
      secondAccounts: bakery.sales.persons
        .filter((person) => person.accounts.length > 1)
        .map(({ accounts }) => accounts.map((account) => account.id)),
      blankCities: bakery.sales.accounts.filter((account) => account.city === '').length,
    },
  };
}

export const valueOf = (order: Order): number => order.lines.reduce((sum, line) => sum + line.revenue, 0) / 100;

const sum = (values: Iterable<number>): number => {
  let total = 0;
  for (const value of values) total += value;
  return total;
};
const cents = (value: number): number => Math.round(value * 100) / 100;
const digits = (value: number): number => Math.round(value * 1e4) / 1e4;

function totals({ sales, demand, ads }: Bakery) {
  return {
    orders: sales.orders.length,
    customers: sales.persons.length,
    accounts: sales.accounts.length,
    expectedSales: cents(sum(demand.sales) + sum(sales.emailSales)),
    expectedBaseline: cents(sum(demand.baseline)),
    expectedFromEmail: cents(sum(sales.emailSales)),
    realisedSales: cents(sum(sales.orders.map(valueOf))),
    spend: cents(sum(channels.map((channel) => sum(ads[channel].spend)))),
  };
}

/** For each channel what it cost and brought; `marginalRoi` is what one more per cent of spend would have brought. */
function media({ sales, demand, ads, parameters }: Bakery) {
  return byChannel((channel) => {
    const spend = sum(ads[channel].spend);
    const brought = sum(demand.media[channel]);
    const more = sum(
      contribution(
        channel,
        ads[channel].spend.map((value) => value * 1.01),
        parameters,
      ),
    );
    const orders = sales.orders.filter((order) => order.cause === channel);
    return {
      spend: cents(spend),
      expectedContribution: cents(brought),
      realisedContribution: cents(sum(orders.map(valueOf))),
      orders: orders.length,
      newCustomers: orders.filter((order) => order.first).length,
      roi: digits(brought / spend),
      marginalRoi: digits((more - brought) / (spend * 0.01)),
    };
  });
}

/**
 * What each pause cost: expected sales under the plan less those without the channel, over the pause (the carry-over after
 * it is left out); `measured` is that with the error of a real test.
 */
function liftTests({ first, ads, parameters }: Bakery) {
  const random = seededRandom(parameters.seed + 6);
  return parameters.pauses.map(({ channel, from, to }) => {
    const { spend, planned } = ads[channel];
    const start = dayOf(from) - first;
    const end = dayOf(to) - first;
    const resumed = spend.map((value, t) => (t >= start && t <= end ? planned[t]! : value));
    const under = contribution(channel, resumed, parameters);
    const without = contribution(channel, spend, parameters);
    const lift = sum(under.slice(start, end + 1)) - sum(without.slice(start, end + 1));
    return {
      channel,
      from,
      to,
      plannedSpend: cents(sum(planned.slice(start, end + 1))),
      lift: cents(lift),
      measured: cents(lift + parameters.liftTestError * random.normal()),
      standardError: parameters.liftTestError,
    };
  });
}

function months({ first, days, demand, sales, ads }: Bakery) {
  const rows = new Map<string, { days: number[]; realised: number }>();
  for (let t = 0; t < days; t++) {
    const month = isoDay(first + t).slice(0, 7);
    if (!rows.has(month)) rows.set(month, { days: [], realised: 0 });
    rows.get(month)!.days.push(t);
  }
  for (const order of sales.orders) rows.get(isoTime(order.day, 0).slice(0, 7))!.realised += valueOf(order);
  return [...rows].map(([month, { days: inMonth, realised }]) => {
    const over = (series: Float64Array): number => cents(sum(inMonth.map((t) => series[t]!)));
    return {
      month,
      baseline: over(demand.baseline),
      ...byChannel((channel) => over(demand.media[channel])),
      email: over(sales.emailSales),
      spend: byChannel((channel) => over(ads[channel].spend)),
      realised: cents(realised),
    };
  });
}

/** Segments, how many in each stayed, and everyone's segment as a letter in the sequence of customers.csv. */
function segmentTruth({ sales, parameters, days }: Bakery) {
  const ordered = sales.accounts.map((account) => account.id);
  const letterOf = new Map(
    sales.persons.flatMap((person) => person.accounts.map(({ id }) => [id, person.segment[0]!.toUpperCase()])),
  );
  return {
    each: bySegment((segment) => {
      const { r, alpha, a, b, value } = parameters.segments[segment];
      const members = sales.persons.filter((person) => person.segment === segment);
      return {
        customers: members.length,
        /** MBG/NBD, rates a week; mean value of an order. */
        churn: { r, alpha, a, b },
        value,
        orders: sum(members.map((person) => person.orders)),
        boughtOnce: members.filter((person) => person.orders === 1).length,
        stillThere: members.filter((person) => person.alive).length,
        meanPace: digits(sum(sales.pace[segment]) / days),
      };
    }),
    letters: Object.fromEntries(segments.map((segment) => [segment[0]!.toUpperCase(), segment])),
    byCustomer: ordered.map((id) => letterOf.get(id)).join(''),
  };
}
