import type { CsvPlan, Finding, PlannedColumn } from '../engine';
import { OFFSETS_DIFFER, TOLERANCE } from './infer';
import type { Check, Misfits } from './checks';
import type { Ledger } from './ledger';
import type { SourceCounts } from './source';

/** What a whole file showed of its values. */
export interface Evidence {
  readonly ledger: Pick<Ledger, 'rows' | 'rejected'>;
  readonly checks: readonly Check[];
  readonly source: SourceCounts;
}

/**
 * The plan that the whole file asks for, where the sample misled: another encoding, a wider type. Null when the plan
 * stands, and the few rows that do not fit are rejected. Columns whose type the reader chose are left alone.
 */
export function adaptPlan(plan: CsvPlan, { ledger, checks, source }: Evidence): CsvPlan | null {
  const { invalid, wide } = source;
  if (plan.encoding === 'utf-8' && invalid > 0 && wide <= 4 * invalid) {
    const note = 'The text is Windows-1252: further on it holds bytes that are not valid UTF-8.';
    return { ...plan, encoding: 'windows-1252', notes: [...plan.notes, note] };
  }
  const notes: string[] = [];
  const found = ledger.rows + ledger.rejected;
  const misfitsOf = new Map(checks.map(({ column, misfits }) => [column, misfits]));
  const columns = plan.columns.map((column) => {
    const misfits = misfitsOf.get(column);
    const wider = misfits?.count && !column.chosen ? widen(column, misfits, found) : null;
    if (wider) notes.push(wider.note);
    return wider ? wider.column : column;
  });
  if (notes.length === 0) return null;
  const findings = [
    ...(plan.findings ?? []).filter(({ kind }) => kind !== 'clock' || columns.some(({ clock }) => clock !== undefined)),
    ...notes.map((found): Finding => ({ kind: 'told', found })),
  ];
  return { ...plan, columns, notes: [...plan.notes, ...notes], findings };
}

function widen(column: PlannedColumn, misfits: Misfits, rows: number): { column: PlannedColumn; note: string } | null {
  const { name, source, type } = column;
  const seen = `"${misfits.example.slice(0, 40)}" in row ${misfits.line.toLocaleString('en')}`;
  const to = (type: PlannedColumn['type'], why: string) => ({
    column: { name, source, type },
    note: `${name}: ${why} (first: ${seen}).`,
  });
  if (misfits.elsewhere > 0) {
    const { clock: _clock, ...inUtc } = column;
    return {
      column: inUtc,
      note: `${name}: ${OFFSETS_DIFFER} (first: ${seen}).`,
    };
  }
  if (misfits.zeros > 0) return to('VARCHAR', 'kept as text, since leading zeros count');
  const { count, decimals, long, grouped } = misfits;
  const tolerable = count - decimals - long - grouped <= rows * TOLERANCE;
  const strip = grouped > 0 ? widerStrip(column.strip ?? '', misfits) : null;
  if (tolerable && strip !== null) {
    return {
      column: { ...column, strip, ...((decimals > 0 || misfits.fractions) && { type: 'DOUBLE' as const }) },
      note: `${name}: further on, numbers are written otherwise (first: ${seen}).`,
    };
  }
  if (tolerable && decimals > 0) {
    return {
      column: { ...column, type: 'DOUBLE' },
      note: `${name}: read as decimal numbers, since not all are whole (first: ${seen}).`,
    };
  }
  if (tolerable && long > 0 && type === 'BIGINT')
    return to('HUGEINT', 'whole numbers too long for 64 bits, kept exactly as HUGEINT');
  if (tolerable) return null;
  const share = Math.round((100 * misfits.count) / Math.max(rows, 1));
  return to(
    'VARCHAR',
    `kept as text, since ${misfits.count.toLocaleString('en')} values (${share} %) are not ${KINDS[type] ?? 'of its type'}`,
  );
}

/** What to strip so that grouped numbers are read too; null where a second currency would be read as the first. */
function widerStrip(known: string, { groups, currencies }: Misfits): string | null {
  const foreign = [...currencies].filter((currency) => !known.includes(currency));
  if (foreign.length > 1 || (foreign.length === 1 && /[^\s.,'’%]/.test(known))) return null;
  return [...new Set([...known, ...foreign.join(''), ...groups])].join('');
}

const KINDS: Partial<Record<PlannedColumn['type'], string>> = {
  BIGINT: 'whole numbers',
  HUGEINT: 'whole numbers',
  DOUBLE: 'numbers',
  BOOLEAN: 'true or false',
  DATE: 'dates of the same form',
  TIMESTAMP: 'times of the same form',
  TIME: 'times',
};
