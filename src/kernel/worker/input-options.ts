import { listed } from '../../base/listed';

/** What each control takes: what stands before its options, their names, and how a call of it is written. */
const TAKEN: Readonly<Record<string, { first: boolean; options: readonly string[]; example: string }>> = {
  select: { first: true, options: ['label', 'value', 'multiple'], example: "['Gent', 'Brugge'], { label: 'Town' }" },
  slider: { first: true, options: ['label', 'value', 'step', 'unit'], example: "[0, 100], { label: 'Share' }" },
  number: {
    first: false,
    options: ['label', 'value', 'min', 'max', 'step'],
    example: "{ label: 'Margin', value: 12 }",
  },
  text: { first: false, options: ['label', 'value', 'placeholder'], example: "{ label: 'Product has' }" },
  dateRange: {
    first: false,
    options: ['label', 'value', 'min', 'max'],
    example: "{ label: 'Days', value: ['2024-01-01', '2024-12-31'] }",
  },
  checkbox: { first: false, options: ['label', 'value'], example: "{ label: 'Only new customers' }" },
  table: { first: true, options: ['label', 'columns', 'value'], example: "rows, { label: 'Towns' }" },
  audiences: { first: true, options: ['columns', 'value'], example: "rows, { columns: ['town', 'orders'] }" },
};

/**
 * The same controls, which refuse a call that they would understand in part only: as other notebooks write it, with a value
 * where options should stand, or with an option that is misspelt. A control that shows something else than was asked for
 * makes wrong numbers.
 */
export function withCheckedOptions<F extends object>(controls: F): F {
  const checked = Object.entries(controls as Record<string, (...given: unknown[]) => unknown>).map(
    ([name, control]) => [name, (...given: unknown[]) => (check(name, given), control(...given))] as const,
  );
  return Object.fromEntries(checked) as F;
}

function check(name: string, given: readonly unknown[]): void {
  const { first, options, example } = TAKEN[name]!;
  const [own, ...more] = given.slice(first ? 1 : 0);
  const written = `input.${name}(${example})`;
  if (more.length > 0 || (own !== undefined && !isPlain(own))) {
    const order = first ? 'what it chooses from, and then its options' : 'its options alone';
    throw new TypeError(`input.${name} takes ${order}: ${written}.`);
  }
  const unknown = Object.keys((own as object | undefined) ?? {}).filter((option) => !options.includes(option));
  if (unknown.length === 0) return;
  throw new TypeError(`input.${name} has no option “${unknown[0]}”. It has ${listed(options)}: ${written}.`);
}

const isPlain = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(Symbol.iterator in value);
