import type { Random } from '../base/random';
import { samplePoisson } from '../stats/distributions/poisson';
import { sampleBinomial } from '../stats/distributions/binomial';
import { type Account } from './accounts';
import type { Day } from './calendar';
import { type Mail, type Moment } from './emails';
import { emailTouch, paidTouch, unpaidTouch, type Touch } from './journeys';
import type { ByChannel } from './media';
import type { Order } from './orders';
import type { Parameters } from './parameters';
import type { AdSeries } from './spend';

/** One line of the web-analytics export. */
export interface WebEvent {
  readonly visitor: string;
  readonly account: Account | undefined;
  readonly at: Moment;
  readonly touch: Touch;
  readonly event: 'visit' | 'add_to_cart' | 'purchase';
  readonly order: Order | undefined;
}

/**
 * Every web order ends a visit with a purchase at the second of the order; the visits before it come on earlier days.
 * The other visits bought nothing: paid ones make up what the advertising accounts counted as clicks, less those that
 * refused measuring.
 */
export function simulateWeb(
  first: Day,
  days: number,
  orders: readonly Order[],
  mails: readonly Mail[],
  ads: ByChannel<AdSeries>,
  parameters: Parameters,
  random: Random,
): WebEvent[] {
  const events: WebEvent[] = [];
  const browser = new Map<number, string>();
  let visitors = 0;
  const newVisitor = (): string => `v${(visitors++).toString(36).padStart(4, '0')}`;

  /** The same browser most of the time: the others look like new visitors until they buy. */
  function visitorOf(account: Account): string {
    if (!browser.has(account.id) || random.uniform() < 0.15) browser.set(account.id, newVisitor());
    return browser.get(account.id)!;
  }

  const paidVisits = {
    search: new Float64Array(days),
    social: new Float64Array(days),
    display: new Float64Array(days),
  };
  const countPaid = (touch: Touch, day: Day): void => {
    const channel = ({ cpc: 'search', paid_social: 'social', display: 'display' } as const)[touch.medium];
    if (channel) paidVisits[channel][day - first]!++;
  };

  for (const order of orders) {
    if (order.channel !== 'web') continue;
    const { account } = order;
    const visitor = visitorOf(account);
    let day = order.day;
    const moments: Moment[] = [[day, Math.max(0, order.second - 90 - random.integer(600))]];
    for (let i = 1; i < order.journey.length; i++) {
      day = Math.max(first, day - 1 - random.integer(3));
      moments.unshift([day, 25_000 + random.integer(50_000)]);
    }
    // Where the first days leave no room for earlier visits, they fall on one day: keep them in time.
    moments.sort(inTime);
    order.journey.forEach((touch, i) => {
      events.push({ visitor, account, at: moments[i]!, touch, event: 'visit', order: undefined });
      countPaid(touch, moments[i]![0]);
    });
    events.push({
      visitor,
      account,
      at: [order.day, order.second],
      touch: order.journey.at(-1)!,
      event: 'purchase',
      order,
    });
  }

  const ordered = new Set(
    orders.filter((order) => order.cause === 'email').map((order) => `${order.account.id} ${order.day}`),
  );
  for (const mail of mails) {
    if (!mail.clicked || ordered.has(`${mail.account.id} ${mail.clicked[0]}`)) continue;
    look(visitorOf(mail.account), mail.account, mail.clicked, emailTouch(mail.campaign));
  }

  for (let t = 0; t < days; t++) {
    for (const channel of ['search', 'social', 'display'] as const) {
      const measured = sampleBinomial(random, ads[channel].clicks![t]!, parameters.web.measuredClicks);
      for (let n = measured - paidVisits[channel][t]!; n > 0; n--) {
        look(newVisitor(), undefined, atDaytime(first + t), paidTouch(channel, first + t, random));
      }
    }
    for (let n = samplePoisson(random, parameters.web.otherVisits); n > 0; n--) {
      look(newVisitor(), undefined, atDaytime(first + t), unpaidTouch(random));
    }
  }

  function look(visitor: string, account: Account | undefined, at: Moment, touch: Touch): void {
    events.push({ visitor, account, at, touch, event: 'visit', order: undefined });
    if (random.uniform() < parameters.web.cart) {
      const later: Moment = [at[0], Math.min(86_399, at[1] + 40 + random.integer(400))];
      events.push({ visitor, account, at: later, touch, event: 'add_to_cart', order: undefined });
    }
  }

  function atDaytime(day: Day): Moment {
    return [day, 21_600 + random.integer(61_200)];
  }

  return events.sort((a, b) => inTime(a.at, b.at));
}

const inTime = ([day, second]: Moment, [otherDay, otherSecond]: Moment): number =>
  day - otherDay || second - otherSecond;
