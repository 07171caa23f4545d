import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const css = readFileSync(resolve(import.meta.dirname, '../../src/ui/tokens.css'), 'utf8');

/** The colours of each block that begins with `--paper`: light, dark by the system, dark by choice. */
function themes(): Record<string, string>[] {
  return css
    .split(/--paper:/)
    .slice(1)
    .map((block) =>
      Object.fromEntries(
        [...`--paper:${block.split('}')[0]}`.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g)].map((m) => [m[1]!, m[2]!]),
      ),
    );
}

/** Relative luminance of `#rrggbb` (WCAG 2.2). */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const channel = parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high! + 0.05) / (low! + 0.05);
}

const TEXT = [
  'ink',
  'quiet',
  'crust',
  'good',
  'warn',
  'bad',
  'code-keyword',
  'code-string',
  'code-number',
  'code-comment',
  'code-name',
  'code-type',
];
const GROUNDS = ['paper', 'surface', 'sunken'];

describe('the tokens', () => {
  const [light, bySystem, byChoice] = themes();

  it('give the same dark by the system as by choice', () => {
    expect(Object.keys(light!).length).toBeGreaterThan(25);
    expect(byChoice).toEqual(bySystem);
    expect(Object.keys(bySystem!)).toEqual(Object.keys(light!));
  });

  for (const [name, theme] of [
    ['light', light!],
    ['dark', bySystem!],
  ] as const) {
    it(`hold 4.5:1 for text and 3:1 for controls and charts in ${name}`, () => {
      const low: string[] = [];
      const check = (front: string, ground: string, least: number): void => {
        const ratio = contrast(theme[front]!, theme[ground]!);
        if (ratio < least) low.push(`${front} on ${ground}: ${ratio.toFixed(2)}`);
      };
      for (const ground of GROUNDS) for (const front of TEXT) check(front, ground, 4.5);
      for (const ground of ['crust-wash', 'bad-wash', 'selection']) check('ink', ground, 4.5);
      check('quiet', 'bad-wash', 4.5);
      check('on-crust', 'crust', 4.5);
      for (const ground of ['paper', 'surface']) {
        check('control', ground, 3);
        for (let i = 1; i <= 8; i++) check(`chart-${i}`, ground, 3);
      }
      expect(low).toEqual([]);
    });
  }
});
