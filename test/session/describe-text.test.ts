import { expect, it } from 'vitest';
import { titleAndFiles } from '../../src/session/describe-text';

it('a list shows a title as far as it leaves room for others, and turns nothing around', () => {
  const titled = (title: string): string => titleAndFiles(`---\ntitle: ${JSON.stringify(title)}\n---\n\ntext\n`).title;
  expect(titled('Weekly sales')).toBe('Weekly sales');
  expect(titled('W'.repeat(3_000_000))).toBe(`${'W'.repeat(200)}…`);
  expect(titled('Sales \u202Elanif\u202C')).toBe('Sales lanif');
  expect(titled('\u2066\u2069')).toBe('Untitled');
  expect(titled('תקציר שבועי')).toBe('תקציר שבועי');
});
