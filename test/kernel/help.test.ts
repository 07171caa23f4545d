import { describe, expect, it } from 'vitest';
import { collectHelp } from '../../src/kernel/typings/help';
import { INPUTS } from '../../src/language/suggest/ts';
import { levain } from '../../src/kernel/worker/levain';

describe('the help on levain', () => {
  const help = collectHelp();

  it('tells what each function is called with and does, from its own doc comment', () => {
    const mean = help.find(({ name }) => name === 'levain.mean')!;
    expect(mean.signature).toMatch(/^\(.*\): number$/);
    expect(mean.text).not.toBe('');
    expect(new Set(help.map(({ name }) => name)).size).toBe(help.length);
    expect(help.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['levain.ols', 'levain.value.fit', 'levain.mix.fit', 'levain.bars']),
    );
    expect(help.filter(({ text }) => text.includes('{@link'))).toEqual([]);
    const controls = help.filter(({ name }) => name.startsWith('input.')).map(({ name }) => name.slice(6));
    expect(controls.toSorted()).toEqual(INPUTS.toSorted());
    expect(help.find(({ name }) => name === 'input.slider')).toMatchObject({
      signature: expect.stringMatching(/^\(range: readonly \[number, number\], options\?: .*\): number$/),
      text: expect.stringMatching(/^A number between two, moved by a slider\./),
      example: expect.stringMatching(/^const share = input\.slider\(/),
    });
    expect(help.filter(({ name, example }) => name.startsWith('input.') && !example)).toEqual([]);
    // A chart says what it shows.
    expect(help.find(({ name }) => name === 'levain.shift')!.text).toMatch(/^From today's budget to the proposed one/);
    expect(help.filter(({ text }) => /thread it runs in/.test(text)).map(({ name }) => name)).toEqual([]);
    expect(help.filter(({ text }) => text === '').map(({ name }) => name)).toEqual([]);
  });

  it('has examples that run as they stand', () => {
    const told = help.flatMap(({ name, example }) => {
      const [code, expected] = example?.split('\n').at(0)?.split(' // => ') ?? [];
      return code !== undefined && expected !== undefined && example!.split('\n').length === 1
        ? [{ name, code, expected }]
        : [];
    });
    expect(told.length).toBeGreaterThan(30);
    const evaluate = (code: string): unknown => new Function('levain', `return (${code});`)(levain);
    for (const { name, code, expected } of told) expect(evaluate(code), `${name}: ${code}`).toEqual(evaluate(expected));
  });
});
