import { columnChoice, textOf, type ColumnChoice } from './audience-columns';

/** An audience as the reader finds it: its name, and what its rows must be. */
export interface AudienceStart {
  readonly name: string;
  /** Column → the values that belong, or [from, to] of a column of numbers or days. */
  readonly where?: Readonly<Record<string, readonly unknown[]>>;
}

/** The controls that an audience is put together with. */
interface Controls {
  number(options: { label: string; value: number; min: number; max: number; step?: number }): number;
  text(options: { label: string; value: string; placeholder?: string }): string;
  select(choices: Iterable<unknown>, options: { label: string; multiple: true; value: readonly unknown[] }): unknown;
  dateRange(options: { label: string; value: readonly [unknown, unknown]; min: Date; max: Date }): [Date, Date];
}

type Condition<T> = (row: T) => boolean;
const DAY = 86_400_000;

/** As many as a reader compares at a time. */
const MOST = 9;

/**
 * Shows how many audiences there are, and of each its name, the columns it goes by, and what they must be. Returns
 * name → condition. A row belongs when all of its audience's columns hold; between two numbers or days, both ends belong.
 */
export function audienceConditions<T extends object>(
  controls: Controls,
  rows: readonly T[],
  { columns, value = [] }: { columns?: readonly string[]; value?: readonly AudienceStart[] } = {},
): Record<string, Condition<T>> {
  const offered = columns ?? [...new Set(rows.slice(0, 100).flatMap((row) => Object.keys(row)))];
  if (offered.length === 0) throw new TypeError('input.audiences needs rows with at least one column.');
  const choices = new Map<string, ColumnChoice>();
  const choiceOf = (column: string): ColumnChoice => {
    if (!choices.has(column)) choices.set(column, columnChoice(rows.map((row) => valueOf(row, column))));
    return choices.get(column)!;
  };
  const count = controls.number({ label: 'Audiences', value: Math.max(1, value.length), min: 1, max: MOST, step: 1 });
  const conditions: Record<string, Condition<T>> = {};
  for (let n = 1; n <= count; n++) {
    const start = value[n - 1];
    const where = start?.where ?? {};
    const written = controls.text({ label: `${n}: name`, value: start?.name ?? `Audience ${n}` }).trim();
    const by = controls.select(offered, {
      label: `${n}: goes by`,
      multiple: true,
      value: offered.filter((column) => Object.hasOwn(where, column)),
    }) as string[];
    const tests = by.map((column) => {
      const holds = columnTest(controls, `${n}: ${column.replaceAll('_', ' ')}`, choiceOf(column), where[column]);
      return (row: T) => holds(valueOf(row, column));
    });
    const name = written === '' || Object.hasOwn(conditions, written) ? `${written || 'Audience'} (${n})` : written;
    conditions[name] = (row) => tests.every((test) => test(row));
  }
  return conditions;
}

/** Shows what a column must be, and gives the test of its values. */
function columnTest(
  controls: Controls,
  label: string,
  choice: ColumnChoice,
  wanted: readonly unknown[] = [],
): (value: unknown) => boolean {
  const isGiven = (value: unknown): boolean => value !== null && value !== undefined;
  switch (choice.kind) {
    case 'few': {
      const value = wanted.map(textOf);
      const chosen = new Set(controls.select(choice.texts, { label, multiple: true, value }) as string[]);
      return (each) => chosen.has(textOf(each));
    }
    case 'many': {
      const value = wanted.map(textOf).join(', ');
      const given = controls.text({ label: `${label} begins with`, value, placeholder: choice.example });
      const beginnings = given
        .split(',')
        .map((part) => part.trim().toLowerCase())
        .filter((part) => part !== '');
      return (each) => isGiven(each) && beginnings.some((part) => textOf(each).toLowerCase().startsWith(part));
    }
    case 'numbers': {
      const { least: min, most: max } = choice;
      const from = controls.number({ label: `${label} from`, value: Number(wanted[0] ?? min), min, max });
      const to = controls.number({ label: `${label} to`, value: Number(wanted[1] ?? max), min, max });
      return (each) => isGiven(each) && Number(each) >= from && Number(each) <= to;
    }
    case 'days': {
      const { first: min, last: max } = choice;
      const [from, to] = controls.dateRange({ label, value: [wanted[0] ?? min, wanted[1] ?? max], min, max });
      return (each) => each instanceof Date && each >= from && each.getTime() < to.getTime() + DAY;
    }
  }
}

const valueOf = (row: object, column: string): unknown => (row as Record<string, unknown>)[column];
