import { describe, expect, it } from 'vitest';
import type { AudienceStart } from '../../src/kernel/worker/audience-input';
import { createInput } from '../../src/kernel/worker/input';
import type { InputOutput, InputSpec, InputValue } from '../../src/output/output';

const people = Array.from({ length: 80 }, (_, i) => ({
  id: `c${i}`,
  city: i % 3 === 0 ? 'Gent' : i % 3 === 1 ? 'Aalst' : null,
  orders: i,
  since: new Date(Date.UTC(2025, 0, 1 + i, 13)),
  member: i % 2 === 0,
  nothing: null,
}));
type Person = (typeof people)[number];

const fail = (text: string): never => {
  throw new Error(text);
};

/** What the cell shows and gives once the reader has left its controls so. */
function left(controls: Record<string, InputValue>, value: Parameters<ReturnType<typeof createInput>['audiences']>[1]) {
  const shown = new Map<string, InputSpec>();
  const input = createInput({ controls, show: ({ key, spec }: InputOutput) => shown.set(key, spec), warn: fail });
  const conditions = input.audiences(people, value);
  const membersOf = (name: string): number[] => people.flatMap((row: Person, i) => (conditions[name]!(row) ? [i] : []));
  return { shown, conditions, membersOf };
}

describe('input.audiences', () => {
  it('offers every column in its own way, and everybody belongs before a column is chosen', () => {
    const first = left({}, undefined);
    expect([...first.shown.keys()]).toEqual(['Audiences', '1: name', '1: goes by']);
    expect(first.shown.get('1: goes by')).toMatchObject({ choices: Object.keys(people[0]!), multiple: true });
    expect(first.membersOf('Audience 1')).toHaveLength(80);

    const { shown } = left({ '1: goes by': Object.keys(people[0]!) }, undefined);
    expect(shown.get('1: id begins with')).toMatchObject({ kind: 'text', placeholder: 'c0' });
    expect(shown.get('1: city')).toMatchObject({ choices: ['Aalst', 'Gent', '(empty)'] });
    expect(shown.get('1: orders from')).toMatchObject({ kind: 'number', min: 0, max: 79 });
    expect(shown.get('1: since')).toMatchObject({ kind: 'dateRange', min: '2025-01-01', max: '2025-03-21' });
    expect(shown.get('1: member')).toMatchObject({ choices: ['false', 'true'] });
    expect(shown.get('1: nothing')).toMatchObject({ choices: ['(empty)'] });
  });

  it('gives the rows for which all of its columns hold, as the reader left them', () => {
    const chosen = {
      '1: name': 'Gent regulars',
      '1: goes by': ['city', 'orders'],
      '1: city': ['Gent'],
      '1: orders from': 30,
    };
    expect(left(chosen, undefined).membersOf('Gent regulars')).toEqual(
      people.flatMap(({ city, orders }, i) => (city === 'Gent' && orders >= 30 ? [i] : [])),
    );
    const empty = left({ '1: goes by': ['city'], '1: city': ['(empty)'] }, undefined);
    expect(empty.membersOf('Audience 1')).toHaveLength(26);
    const early = left({ '1: goes by': ['since'], '1: since': ['2025-01-02', '2025-01-04'] }, undefined);
    expect(early.membersOf('Audience 1')).toEqual([1, 2, 3]);
    const texts = left({ '1: goes by': ['id'], '1: id begins with': 'C1, c79' }, undefined);
    expect(texts.membersOf('Audience 1')).toEqual([1, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 79]);
  });

  it('begins with the audiences it is given, and keeps equal names apart', () => {
    const value: AudienceStart[] = [
      { name: 'Members', where: { member: [true], orders: [10, 20] } },
      { name: 'Members', where: { city: ['Aalst'] } },
    ];
    const { conditions, membersOf } = left({}, { value, columns: ['member', 'orders', 'city'] });
    expect(Object.keys(conditions)).toEqual(['Members', 'Members (2)']);
    expect(membersOf('Members')).toEqual([10, 12, 14, 16, 18, 20]);
    expect(membersOf('Members (2)')).toHaveLength(27);
    expect(Object.keys(left({ Audiences: 1 }, { value }).conditions)).toEqual(['Members']);
  });
});

describe('input', () => {
  it('keeps what was chosen when choices come and go, and begins anew once it has gone', () => {
    const chosen = (choices: readonly string[], left: InputValue, options = {}): unknown =>
      createInput({ controls: { Town: left }, show: () => {}, warn: () => {} }).select(choices, {
        label: 'Town',
        ...options,
      });
    expect(chosen(['x', 'y', 'z'], 'z')).toBe('z');
    expect(chosen(['w', 'x', 'y', 'z'], 'z')).toBe('z');
    expect(chosen(['x', 'y'], 'z')).toBe('x');
    const many = { multiple: true, value: ['x'] };
    expect(chosen(['z', 'w', 'y'], ['y', 'x', 'z'], many)).toEqual(['z', 'y']);
    expect(chosen(['x', 'w'], ['y', 'z'], many)).toEqual(['x']);
    expect(chosen(['x', 'w'], [], many)).toEqual([]);
    // The second of two that read alike is another one.
    const keys: InputValue[] = [];
    const note = ({ value }: InputOutput): void => void keys.push(value);
    createInput({ controls: {}, show: note, warn: fail }).select([1, '1'], { label: 'Town', value: '1' });
    expect(chosen([1, '1'] as never, keys[0]!)).toBe('1');
    const rows = [{ town: 'Gent' }, { town: 'Brugge' }];
    const table = (data: readonly { town: string }[]): unknown =>
      createInput({ controls: { Towns: ['Brugge'] }, show: () => {}, warn: fail }).table(data, { label: 'Towns' });
    expect(table(rows)).toEqual([{ town: 'Brugge' }]);
    expect(table([{ town: 'Aalst' }, ...rows])).toEqual([{ town: 'Brugge' }]);
  });

  const input = createInput({ controls: {}, show: () => {}, warn: fail });
  it('says what comes first where options stand in its place', () => {
    const wrong = { label: 'Currency', options: ['EUR', 'CHF'] };
    expect(() => input.select(wrong)).toThrow(/takes its choices first: input\.select\(\['EUR'/);
    expect(input.select({ label: 'a', options: 'b' })).toBe('a');
    expect(() => input.slider({ label: 'Share', min: 0, max: 9 } as never)).toThrow(/takes its range first/);
    expect(() => input.slider(undefined as never)).toThrow(/takes its range first/);
  });

  it.each<[string, () => unknown, string]>([
    [
      'a value before its options',
      () => input.dateRange(['2025-01-01', '2025-12-31'] as never),
      'takes its options alone',
    ],
    ['a text in their place', () => input.text('Name' as never), 'input.text takes its options alone: input.text('],
    ['options as Observable has them', () => input.slider([0, 1], 0.5 as never), 'and then its options'],
    ['one thing too many', () => (input.checkbox as (...given: unknown[]) => unknown)({}, {}), 'its options alone'],
    [
      'a misspelt option',
      () => input.number({ lable: 'Margin' } as never),
      'has no option “lable”. It has label, value, min',
    ],
    ['an option of another', () => input.select(['a'], { options: ['b'] } as never), 'has no option “options”'],
    ['one day of two', () => input.dateRange({ value: '2024-01-01' as never }), 'needs its value as two days'],
    [
      'days the wrong way round',
      () => input.dateRange({ value: ['2024-02-01', '2024-01-01'] }),
      'begins on 2024-02-01',
    ],
    ['a day that is none', () => input.dateRange({ value: ['2024-02-30', '2024-03-02'] }), '2024-02-30 is no day'],
    [
      'a value that is no number',
      () => input.slider([0, 9], { value: 'five' as never }),
      'needs a number as its value, not five',
    ],
    ['another', () => input.number({ value: NaN }), 'needs a number as its value, not NaN'],
  ])('refuses %s, rather than show something else', (_, call, message) => {
    expect(call).toThrow(message);
  });
});

it('a value that a control cannot have is said not to be taken', () => {
  const said: string[] = [];
  const input = createInput({ controls: {}, show: () => {}, warn: (text) => said.push(text) });
  expect(input.select(['search', 'social'], { label: 'Channel', value: 'email' })).toBe('search');
  expect(input.select(['search', 'social'], { value: ['social', null], multiple: true })).toEqual(['social']);
  expect(input.slider([0, 100], { label: 'Share', value: 120 })).toBe(100);
  expect(input.number({ label: 'Days', value: -3, min: 1 })).toBe(1);
  const rows = [{ town: 'Gent' }];
  expect(input.table(rows, { label: 'Towns', value: [{ town: 'Gent' }] })).toEqual([]);
  expect(said).toEqual([
    'input.select “Channel”: email is none of its choices.',
    'input.select: (no value) is none of its choices.',
    'input.slider “Share”: 120 lies outside, so it begins at 100.',
    'input.number “Days”: -3 lies outside, so it begins at 1.',
    'input.table “Towns”: not every row of its value is a row of the table itself; filter those out of it.',
  ]);
  said.length = 0;
  expect(input.select(['search', 'social'])).toBe('search');
  expect(input.number({ max: -5 })).toBe(-5);
  expect(input.table(rows, { value: rows.filter(({ town }) => town === 'Gent') })).toEqual(rows);
  expect(said).toEqual([]);
  expect(() => input.number({ min: 5, max: 1 })).toThrow('needs a min up to its max, not 5 and 1');
});
