import { describe, expect, it } from 'vitest';
import { signedData } from '../../src/app/signed-data';
import type { DataEntry } from '../../src/session/data-files';

const entry = (fileName: string, content?: string): DataEntry =>
  ({ fileName, ...(content !== undefined && { file: new File([content], fileName) }) }) as DataEntry;
const hashOf = async (file: File): Promise<string> => {
  const text = await file.text();
  if (text === 'gone') throw new Error('gone');
  return `hash of ${text}`;
};

describe('data files beside a signature', () => {
  const signed = { 'orders.csv': 'hash of a', 'ads.csv': 'hash of b' };

  it('are those that were signed, by content and by name without regard to case', async () => {
    const found = await signedData(signed, [entry('Orders.csv', 'a'), entry('ads.csv', 'b')], hashOf);
    expect(found).toEqual({ state: 'same', names: ['Orders.csv', 'ads.csv'] });
    expect(await signedData({}, [], hashOf)).toEqual({ state: 'none', names: [] });
  });

  it('are told from others, from unsigned ones and from those that are not here, the worst first', async () => {
    const more = [entry('ads.csv', 'x'), entry('orders.csv'), entry('new.csv', 'c')];
    expect(await signedData(signed, more, hashOf)).toEqual({ state: 'other', names: ['ads.csv'] });
    expect(await signedData(signed, more.slice(1), hashOf)).toEqual({ state: 'unsigned', names: ['new.csv'] });
    expect(await signedData(signed, more.slice(1, 2), hashOf)).toEqual({ state: 'awaited', names: ['orders.csv'] });
    expect(await signedData(signed, [entry('ads.csv', 'gone')], hashOf)).toEqual({
      state: 'awaited',
      names: ['ads.csv'],
    });
  });
});
