import { describe, expect, it } from 'vitest';
import { func, i32, moduleOf, repeat, set, signed, unsigned, when } from '../../../src/stats/simd/code';
import { add, and, load, mul, store } from '../../../src/stats/simd/instructions';
import { kernel, placesOf } from '../../../src/stats/simd/kernel';

describe('code for WebAssembly', () => {
  it('writes numbers as the specification does', () => {
    expect(unsigned(624_485)).toEqual([0xe5, 0x8e, 0x26]);
    expect(unsigned(0)).toEqual([0]);
    expect(signed(-123_456)).toEqual([0xc0, 0xbb, 0x78]);
    for (const value of [0, 63, 64, -64, -65, 2 ** 31 - 1, -(2 ** 31)]) {
      const echo = func('echo', [], () => [i32(value)]);
      const { exports } = new WebAssembly.Instance(new WebAssembly.Module(moduleOf(echo)), {
        env: { memory: new WebAssembly.Memory({ initial: 0 }) },
      });
      expect((exports.echo as () => number)()).toBe(value);
    }
  });

  it('loops, decides, and works in the memory it is given', () => {
    const squares = func('squares', ['i32', 'i32'], ([n, out], variables) => {
      const { i, sum } = variables('i32', 'i', 'sum');
      return [
        set(sum, i32(0)),
        repeat(
          i,
          i32(0),
          n,
          1,
          store(add(out, mul(i, i32(4))), mul(i, i)),
          when(and(i, i32(1)), set(sum, add(sum, load(add(out, mul(i, i32(4))))))),
        ),
        sum,
      ];
    });
    const { run, memory } = kernel(squares)(placesOf({ out: 24 }).bytes)!;
    expect(run.squares(6, 0)).toBe(1 + 9 + 25);
    expect(Array.from(new Int32Array(memory, 0, 6))).toEqual([0, 1, 4, 9, 16, 25]);
    expect(run.squares(0, 0)).toBe(0);
  });

  it('is left where it cannot be compiled', () => {
    const wrong = { ...func('wrong', [], () => [i32(1)]), body: [1, 0xff] };
    expect(kernel(wrong)(1)).toBeUndefined();
  });
});
