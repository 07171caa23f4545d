import { expect, it } from 'vitest';
import { readable } from '../../src/ui/output/readable';

it('shows a short text whole', () => {
  expect(readable('a\nb')).toBe('a\nb');
  expect(readable('x'.repeat(20_000))).toHaveLength(20_000);
});

it('cuts a long text at the end of a line, or where there is none, between characters', () => {
  const lines = `${'x'.repeat(99)}\n`.repeat(300);
  expect(readable(lines)).toBe(lines.slice(0, 19_999));
  expect(readable('x'.repeat(30_000))).toHaveLength(20_000);
  expect(readable(`short\n${'x'.repeat(30_000)}`)).toHaveLength(20_000);
  expect(readable(`x${'🥖'.repeat(15_000)}`)).toBe(`x${'🥖'.repeat(9_999)}`);
});
