import type { Engine } from '../engine/engine';
import { identifier } from '../engine/literal';
import type { Metric } from '../language/definition';
import type { TreeElement, TreeOutput } from '../output/output';
import { decodeTable } from '../table/decode';

interface MetricRow {
  readonly period?: Date;
  readonly value: number | null;
  readonly previous?: number | null;
  readonly change?: number | null;
  readonly target: number | null;
}

/** The metric of the newest whole period in large, beside the period before it and the target. */
export async function metricCard(
  engine: Pick<Engine, 'query'>,
  run: string,
  relation: string,
  metric: Metric,
): Promise<TreeOutput> {
  const newest = metric.period ? ' WHERE complete ORDER BY period DESC LIMIT 1' : '';
  const text = `SELECT * FROM ${identifier(relation)}${newest}`;
  const row = decodeTable(await engine.query(run, { text, parameters: [] })).at(0) as MetricRow | undefined;
  return { type: 'tree', root: card(metric, row) };
}

/** Exported for its own test: what the card says. */
export function card(metric: Metric, row: MetricRow | undefined): TreeElement {
  const { period, target } = metric;
  if (!row || row.value === null) {
    const nothing = period ? `No whole ${period} is in the data yet.` : 'There is nothing to divide by.';
    return { tag: 'p', children: [nothing] };
  }
  const lines: TreeElement[] = [
    {
      tag: 'p',
      attrs: { style: 'font-size: 1.75rem; line-height: 1.2; font-weight: 600' },
      children: [formatted(metric, row.value)],
    },
  ];
  const told = [period && row.period ? `${metric.name}, ${periodName(row.period, period)}` : metric.name];
  if (
    period &&
    row.previous !== null &&
    row.previous !== undefined &&
    row.change !== null &&
    row.change !== undefined
  ) {
    const sign = row.change > 0 ? '+' : row.change < 0 ? '−' : '±';
    told.push(
      `${sign}${Math.abs(row.change * 100).toFixed(1)} % on the ${period} before (${formatted(metric, row.previous)})`,
    );
  } else if (period) told.push(`nothing to compare: the ${period} before has none`);
  lines.push({ tag: 'p', attrs: { style: 'color: var(--quiet)' }, children: [told.join(' · ')] });
  if (target) {
    const met = target.sign === 'at least' ? row.value >= target.value : row.value <= target.value;
    lines.push({
      tag: 'p',
      children: [
        {
          tag: 'strong',
          attrs: { style: `color: var(--${met ? 'good' : 'bad'})` },
          children: [met ? '✓ target met' : '✗ target missed'],
        },
        ` (${target.sign} ${formatted(metric, target.value)})`,
      ],
    });
  }
  return { tag: 'div', children: lines };
}

function formatted({ percent, digits, unit }: Metric, value: number): string {
  const text = (percent ? value * 100 : value).toLocaleString(undefined, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  if (percent) return `${text} %`;
  if (!unit) return text;
  return /^\p{Sc}$/u.test(unit) ? `${unit}${text}` : `${text} ${unit}`;
}

function periodName(period: Date, of: NonNullable<Metric['period']>): string {
  const day = period.toISOString().slice(0, 10);
  const [year, month] = [day.slice(0, 4), day.slice(5, 7)];
  if (of === 'year') return year;
  if (of === 'quarter') return `${year} Q${Math.ceil(Number(month) / 3)}`;
  if (of === 'month') return `${year}-${month}`;
  return of === 'week' ? `week of ${day}` : day;
}
