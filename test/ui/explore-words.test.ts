import { describe, expect, it } from 'vitest';
import { withBlanks } from '../../src/ui/explore/words';

describe('a value on a bar', () => {
  it('shows the blanks at its ends, and none within', () => {
    expect(withBlanks('Meta ')).toBe('Meta␣');
    expect(withBlanks('\t Meta Ads')).toBe('␣␣Meta Ads');
    expect(withBlanks('Meta Ads')).toBe('Meta Ads');
    expect(withBlanks(' '.repeat(50) + 'x')).toBe('␣␣␣x');
  });
});
