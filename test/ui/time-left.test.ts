import { expect, it } from 'vitest';
import { TimeLeft } from '../../src/ui/output/time-left';
import { timeLeft } from '../../src/ui/strings';

it('judges by the pace since the work was first seen, and not before there is something to judge by', () => {
  const left = new TimeLeft();
  expect(left.after(0.1, 1000)).toBeUndefined();
  expect(left.after(0.2, 2000), 'too soon').toBeUndefined();
  expect(left.after(0.3, 5000)).toBeCloseTo((4000 * 0.7) / 0.2);
  expect(left.after(1, 9000), 'done').toBeUndefined();
});

it('does not guess from a work that hardly moves, and begins anew when a share falls', () => {
  const left = new TimeLeft();
  left.after(0, 0);
  expect(left.after(0.01, 60_000)).toBeUndefined();
  left.after(0.9, 70_000);
  expect(left.after(0.1, 80_000)).toBeUndefined();
  expect(left.after(0.6, 85_000)).toBeCloseTo((5000 * 0.4) / 0.5);
});

it('counts down while nothing is heard, and has no guess once that is used up', () => {
  const left = new TimeLeft();
  left.after(0, 0);
  const guess = left.after(0.5, 4000)!;
  expect(guess).toBeCloseTo(4000);
  expect(left.after(0.5, 5000)).toBeCloseTo(3000);
  expect(left.after(0.5, 8000)).toBeUndefined();
  expect(left.after(0.6, 9000), 'goes on, at the pace so far').toBeCloseTo((9000 * 0.4) / 0.6);
});

it.each([
  [400, 'about 1 s left'],
  [12_100, 'about 13 s left'],
  [119_000, 'about 2 min left'],
  [3_700_000, 'about 62 min left'],
])('%i milliseconds are told as %s', (milliseconds, text) => expect(timeLeft(milliseconds)).toBe(text));
