import type { Estimate } from '../../intervals/interval';
import type { Warning } from '../../regression/design';
import type { ClassifierMetrics } from '../metrics/metrics';
import type { Resampled } from '../metrics/resample';
import type { Fairness } from './fairness';
import type { Importance } from './importance';

/** What a reader should know before acting on a score. */
export interface ModelCardParts {
  readonly title: string;
  /** What is predicted, in a sentence: “no order in the 90 days after the cut-off”. */
  readonly outcome: string;
  /** What the score is for, and what it is not for. */
  readonly use: string;
  readonly notFor?: string;
  /** How it was made: “100 trees of 8 leaves”. */
  readonly model: string;
  readonly trainedOn: { readonly rows: number; readonly positives: number; readonly period: string };
  readonly judgedOn: { readonly period: string; readonly metrics: ClassifierMetrics };
  readonly features: readonly string[];
  readonly importance?: readonly Importance[];
  readonly fairness?: readonly { readonly by: string; readonly result: Fairness }[];
  readonly limits: readonly string[];
  readonly warnings?: readonly Warning[];
}

/**
 * A model card as Markdown: what a score is for, how well it did on later rows, what it rests on, how it treats groups,
 * and where it ends.
 *
 * Source: Mitchell et al. (2019), "Model cards for model reporting", FAT*.
 *
 * @example modelCard({ title: 'Churn', outcome: 'o', use: 'u', model: 'm', trainedOn: { rows: 2, positives: 1, period: 'p' }, judgedOn: { period: 'p', metrics: { n: 2, positives: 1, threshold: 0.5 } }, features: ['x'], limits: [] }).split('\n')[0] // => '# Model card: Churn'
 */
export function modelCard(parts: ModelCardParts): string {
  const { title, outcome, use, notFor, model, trainedOn, judgedOn, features } = parts;
  const { metrics, period } = judgedOn;
  return [
    `# Model card: ${title}`,
    `**Predicts** ${outcome}`,
    `**For** ${use}${notFor === undefined ? '' : `\n\n**Not for** ${notFor}`}`,
    `**Made of** ${model}, from ${features.length} columns: ${features.join(', ')}`,
    `**Trained on** ${trainedOn.period}: ${trainedOn.rows} rows, of which ${trainedOn.positives} positive`,
    `## How well it does\n\nOn ${metrics.n} rows (${metrics.positives} positive) of ${period}, which it had not seen.`,
    measureTable(metrics),
    ...importanceSection(parts.importance ?? []),
    ...(parts.fairness ?? []).map(({ by, result }) => fairnessSection(by, result)),
    ...listSection('Limits', parts.limits),
    ...listSection(
      'Warnings',
      (parts.warnings ?? []).map(({ message }) => message),
    ),
  ].join('\n\n');
}

const MEASURES = [
  ['auc', 'Area under ROC (0.5 is chance)'],
  ['averagePrecision', 'Average precision'],
  ['logLoss', 'Log loss'],
  ['brier', 'Brier score'],
  ['calibrationError', 'Calibration error'],
  ['accuracy', 'Accuracy'],
  ['precision', 'Precision'],
  ['recall', 'Recall'],
] as const;

function measureTable(metrics: ClassifierMetrics): string {
  const rows = MEASURES.filter(([key]) => metrics[key] !== undefined).map(
    ([key, name]) => `| ${name} | ${written(metrics[key])} |`,
  );
  const percent = (100 * (metrics.auc?.confidence ?? 0.9)).toFixed(0);
  const at = `The last three at the threshold ${metrics.threshold.toFixed(3)}.`;
  return [`| measure | value (${percent} % interval) |`, '|---|---|', ...rows, '', at].join('\n');
}

function importanceSection(importance: readonly Importance[]): string[] {
  if (importance.length === 0) return [];
  const rows = importance.map(
    ({ name, value, deviation }) => `| ${name} | ${value.toFixed(4)} ± ${deviation.toFixed(4)} |`,
  );
  const head = '| column | lost when its values are shuffled |\n|---|---|';
  return [`## What it rests on\n\n${head}\n${rows.join('\n')}`];
}

function fairnessSection(by: string, { groups, disparities }: Fairness): string {
  const head = `| ${by} | rows | positive | selected | found (TPR) | mistaken (FPR) |\n|---|---|---|---|---|---|`;
  const rows = groups.map(
    ({ group, n, baseRate, selectionRate, truePositiveRate, falsePositiveRate }) =>
      `| ${group} | ${n} | ${[baseRate, selectionRate, truePositiveRate, falsePositiveRate].map(written).join(' | ')} |`,
  );
  const ratio = written(disparities.demographicParityRatio);
  const odds = written(disparities.equalizedOddsDifference);
  return `## By ${by}\n\n${head}\n${rows.join('\n')}\n\nSelection ratio ${ratio}; equalised odds difference ${odds}.`;
}

function listSection(title: string, lines: readonly string[]): string[] {
  return lines.length > 0 ? [`## ${title}\n\n${lines.map((line) => `- ${line}`).join('\n')}`] : [];
}

function written({ value, lower, upper }: Estimate | Resampled): string {
  const round = (x: number): string => x.toFixed(3);
  if (Number.isNaN(value)) return 'unknown';
  return lower === undefined || upper === undefined
    ? `${round(value)} (too few rows for an interval)`
    : `${round(value)} (${round(lower)} to ${round(upper)})`;
}
