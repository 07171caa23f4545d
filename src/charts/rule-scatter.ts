import * as Plot from '@observablehq/plot';
import { compact } from './compact';
import { framed, type Frame } from './frame';
import { color } from './theme';

/** A rule “who takes X takes y”, as `levain.recommend.rules` gives it. */
export interface RuleRow {
  readonly antecedent: readonly string[];
  readonly consequent: string;
  readonly count: number;
  readonly support: number;
  readonly confidence: { readonly value: number; readonly lower: number; readonly upper: number };
  readonly lift: { readonly value: number };
}

export interface RuleScatterOptions extends Frame {
  /** How many rules are named, those of the highest lift whose names have room; 5 when not given. */
  readonly named?: number;
}

/**
 * Rules as dots: how often (support, on a logarithmic axis) against how surely (confidence), larger the higher the lift. Rules
 * of a lift of 1 or less say nothing or the contrary: rings. The highest lifts are named and have their confidence's
 * interval. Gives Plot's options.
 *
 * @example ruleScatterOptions([], { caption: 'no rules' }).ariaLabel // => 'no rules'
 */
export function ruleScatterOptions(rules: readonly RuleRow[], options: RuleScatterOptions): Plot.PlotOptions {
  const { named = 5 } = options;
  const byLift = rules.toSorted((a, b) => b.lift.value - a.lift.value);
  const [telling, silent] = [byLift.filter(isTelling), byLift.filter((rule) => !isTelling(rule))];
  // A name stands where there is room for it: towards the middle.
  const middle = middleOf(byLift);
  const isLeft = (rule: RuleRow): boolean => rule.support <= middle;
  const best = apart(byLift, named, isLeft);
  const [inLeft, inRight] = [best.filter(isLeft), best.filter((rule) => !isLeft(rule))];
  const at = {
    x: 'support',
    y: (rule: RuleRow) => rule.confidence.value,
    r: (rule: RuleRow) => rule.lift.value,
  } as const;
  return {
    ...framed(options),
    ...(options.height === undefined && { height: 360 }),
    x: {
      label: 'Share of baskets with all of them (%)',
      type: 'log',
      inset: 14,
      percent: true,
      grid: true,
      tickSize: 0,
      ticks: 5,
      tickFormat: compact,
    },
    y: {
      label: 'Of those who take the first, share that takes the second (%)',
      percent: true,
      grid: true,
      tickSize: 0,
      zero: true,
    },
    // From lift 0, so that the area is the lift.
    r: { domain: [0, Math.max(1, byLift[0]?.lift.value ?? 1)], range: [0, 11] },
    marks: [
      Plot.ruleX(best, {
        x: 'support',
        y1: (rule: RuleRow) => rule.confidence.lower,
        y2: (rule: RuleRow) => rule.confidence.upper,
        stroke: color.quiet,
        strokeOpacity: 0.6,
      }),
      Plot.dot(silent, { ...at, stroke: color.quiet, title: spoken, tip: true }),
      Plot.dot(telling, { ...at, fill: color.crust, fillOpacity: 0.45, stroke: color.crust, title: spoken, tip: true }),
      names(inLeft, 'start', 13),
      names(inRight, 'end', -13),
    ],
  };
}

/** Draws {@link ruleScatterOptions} on the document of the thread it runs in. */
export function ruleScatter(rules: readonly RuleRow[], options: RuleScatterOptions): ReturnType<typeof Plot.plot> {
  return Plot.plot(ruleScatterOptions(rules, options));
}

/** A line of text, as a share of the axis of confidences. */
const LINE = 0.055;

/** The first rules whose names do not stand over each other. */
function apart(rules: readonly RuleRow[], count: number, isLeft: (rule: RuleRow) => boolean): RuleRow[] {
  const line = LINE * rules.reduce((most, { confidence }) => Math.max(most, confidence.value), 0);
  const chosen: RuleRow[] = [];
  for (const rule of rules) {
    if (chosen.length === count) break;
    const isFree = (other: RuleRow): boolean =>
      isLeft(other) !== isLeft(rule) || Math.abs(other.confidence.value - rule.confidence.value) > line;
    if (chosen.every(isFree)) chosen.push(rule);
  }
  return chosen;
}

/** Half way along a logarithmic axis. */
function middleOf(rules: readonly RuleRow[]): number {
  const supports = rules.map(({ support }) => support);
  return Math.sqrt(Math.min(...supports) * Math.max(...supports));
}

function names(rules: readonly RuleRow[], textAnchor: 'start' | 'end', dx: number): Plot.Markish {
  return Plot.text(rules, {
    x: 'support',
    y: (rule: RuleRow) => rule.confidence.value,
    text: nameOf,
    textAnchor,
    dx,
    fill: color.ink,
    stroke: color.paper,
    strokeWidth: 3,
  });
}

const isTelling = (rule: RuleRow): boolean => rule.lift.value > 1;
const nameOf = ({ antecedent, consequent }: RuleRow): string => `${antecedent.join(' + ')} → ${consequent}`;

function spoken(rule: RuleRow): string {
  const { count, confidence, lift } = rule;
  const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;
  return `${nameOf(rule)}\n${percent(confidence.value)} (${percent(confidence.lower)} to ${percent(confidence.upper)}) of those who take the first\n${lift.value.toFixed(2)} times chance, in ${count} baskets`;
}
