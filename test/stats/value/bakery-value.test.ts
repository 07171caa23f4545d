import { describe, expect, it } from 'vitest';
import { parameters, segments } from '../../../src/demo/parameters';
import { fitBuyers } from '../../../src/stats/value/fit-buyers';
import { activeCustomers } from '../../../src/stats/value/predict';
import { bakery } from '../../demo/bakery-database';

describe('the bakery’s customers, who are MBG/NBD buyers in four kinds', () => {
  const end = bakery.first + bakery.days - 1;
  // Orders that a mailing brought come from people who had left, too: they are no part of the model.
  const daysOf = new Map<object, Set<number>>();
  for (const { person, day, cause } of bakery.sales.orders) {
    if (cause === 'email') continue;
    daysOf.set(person, (daysOf.get(person) ?? new Set()).add(day));
  }

  it.each(segments)('are found again from cold, kind by kind: %s', (segment) => {
    const members = bakery.sales.persons.filter((person) => person.segment === segment && daysOf.has(person));
    const days = members.map((person) => [...daysOf.get(person)!].sort((a, b) => a - b));
    const histories = {
      frequency: days.map((all) => all.length - 1),
      recency: days.map((all) => (all.at(-1)! - all[0]!) / 7),
      age: days.map((all) => (end - all[0]!) / 7),
    };
    const fit = fitBuyers(histories);
    expect(fit.converged).toBe(true);
    expect(fit.warnings).toEqual([]);
    const { r, alpha, a, b } = parameters.segments[segment];
    // Orders of a day count once, and the clock runs faster on good days: the model is near, not exact.
    const meanRate = fit.parameters[0]!.value / fit.parameters[1]!.value / (r / alpha);
    expect(meanRate).toBeGreaterThan(0.75);
    expect(meanRate).toBeLessThan(1.25);
    const leaves = fit.parameters[2]!.value / (fit.parameters[2]!.value + fit.parameters[3]!.value);
    expect(Math.abs(leaves - a / (a + b))).toBeLessThan(0.06);
    const there = members.filter((person) => person.alive).length;
    const active = activeCustomers(fit, histories);
    expect(Math.abs(active.value - there)).toBeLessThan(2.5 * active.standardError);
  });
});
