import type { PreparedMix } from '../data/prepare';

/**
 * 16 hexadecimal digits that are the same for the same dates, outcome, media, spend and baseline columns, and almost
 * surely others where one number differs. It finds mistakes, not forgeries: it is no cryptographic hash.
 */
export function dataFingerprint({ model, calendar }: Pick<PreparedMix, 'model' | 'calendar'>): string {
  const mixer = startMixer();
  mixer.numbers(calendar.starts);
  mixer.numbers(model.outcome);
  mixer.numbers(Float64Array.of(model.outcomeScale));
  for (const { name, media, mediaScale, spend } of model.channels) {
    mixer.text(name);
    mixer.numbers(media);
    mixer.numbers(Float64Array.of(mediaScale));
    mixer.numbers(spend);
  }
  model.baseline.names.forEach((name, j) => {
    mixer.text(name);
    mixer.numbers(model.baseline.columns[j]!);
  });
  return mixer.digest();
}

/** Two 32-bit lanes, each multiplied and folded with every word (in the manner of Fowler, Noll and Vo). */
function startMixer() {
  let low = 0x811c9dc5;
  let high = 0x9747b28c;
  const word = (value: number): void => {
    low = Math.imul(low ^ value, 0x01000193);
    low ^= low >>> 15;
    high = Math.imul(high ^ value, 0x5bd1e995);
    high ^= high >>> 13;
  };
  return {
    numbers(values: Float64Array): void {
      word(values.length);
      // Through a view of fixed byte order, so that every machine gives the same digits.
      const bytes = new DataView(new ArrayBuffer(8));
      for (const value of values) {
        bytes.setFloat64(0, value, true);
        word(bytes.getInt32(0, true));
        word(bytes.getInt32(4, true));
      }
    },
    text(value: string): void {
      word(value.length);
      for (let i = 0; i < value.length; i++) word(value.charCodeAt(i));
    },
    digest: (): string => [high, low].map((lane) => (lane >>> 0).toString(16).padStart(8, '0')).join(''),
  };
}
