import type { Random } from '../base/random';
import { sampleCategorical } from '../stats/distributions/categorical';
import { sampleGeometric } from '../stats/distributions/geometric';
import { isoDay, type Day } from './calendar';
import type { Channel, Parameters } from './parameters';

/** Why an order happened: the advertising that brought it, a mail, or nothing of the kind. */
export type Cause = Channel | 'email' | 'none';

/** What a web-analytics tool sees of one visit. */
export interface Touch {
  readonly source: string;
  readonly medium: string;
  readonly campaign: string;
}

const direct: Touch = { source: '(direct)', medium: '(none)', campaign: '' };
const organic: Touch = { source: 'google', medium: 'organic', campaign: '' };
const referral: Touch = { source: 'gent-foodguide', medium: 'referral', campaign: '' };

/** The touch that a click on an advertisement leaves on a day. */
export function paidTouch(channel: 'search' | 'social' | 'display', day: Day, random: Random): Touch {
  const season = `${isoDay(day).slice(0, 4)}-q${Math.floor((Number(isoDay(day).slice(5, 7)) + 2) / 3)}`;
  if (channel === 'search') {
    return { source: 'google', medium: 'cpc', campaign: random.uniform() < 0.55 ? 'brand' : 'bread-and-cake' };
  }
  if (channel === 'social') return { source: 'instagram', medium: 'paid_social', campaign: `stories-${season}` };
  return { source: 'news-network', medium: 'display', campaign: `banners-${season}` };
}

export const emailTouch = (campaign: string): Touch => ({ source: 'newsletter', medium: 'email', campaign });

export function unpaidTouch(random: Random): Touch {
  return [direct, organic, referral][sampleCategorical(random, [45, 42, 13])]!;
}

/**
 * The visits that end in a web order, first to last. What caused the order and what was clicked last differ: radio and
 * leaflets leave no click, social is seen first and finished elsewhere, and some who would have come anyway click the
 * search advertisement (`freeRiders`), so that the last click flatters search.
 *
 * @param running whether a channel spends on the day: nobody clicks an advertisement that is not there
 */
export function journeyTo(
  cause: Cause,
  campaign: string,
  day: Day,
  running: (channel: Channel) => boolean,
  parameters: Parameters,
  random: Random,
): Touch[] {
  const before: Touch[] = Array.from({ length: sampleGeometric(random, 0.8) }, () => unpaidTouch(random));
  const brandClick = (chance: number): Touch =>
    running('search') && random.uniform() < chance ? paidTouch('search', day, random) : unpaidTouch(random);
  switch (cause) {
    case 'search':
      return random.uniform() < 0.25
        ? [paidTouch('search', day, random), direct]
        : [...before, paidTouch('search', day, random)];
    case 'social':
      return random.uniform() < 0.5
        ? [paidTouch('social', day, random)]
        : [paidTouch('social', day, random), ...before, brandClick(0.35)];
    case 'display':
      return random.uniform() < 0.35
        ? [paidTouch('display', day, random)]
        : [paidTouch('display', day, random), ...before, brandClick(0.35)];
    case 'email':
      return [...before, emailTouch(campaign)];
    case 'radio':
    case 'leaflets':
      return [...before, brandClick(0.4)];
    case 'none':
      return [...before, brandClick(parameters.web.freeRiders)];
  }
}

/** The channel that a shop's CRM would write down from a journey: the last paid click, else the last visit. */
export function recordedChannel(journey: readonly Touch[]): string {
  const names: Record<string, string> = {
    cpc: 'search',
    paid_social: 'social',
    display: 'display',
    email: 'email',
    organic: 'organic',
    referral: 'referral',
  };
  const paid = journey.findLast((touch) => ['cpc', 'paid_social', 'display'].includes(touch.medium));
  return names[(paid ?? journey.at(-1)!).medium] ?? 'direct';
}
