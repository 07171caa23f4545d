import type { OlsFit } from './ols';

/**
 * A fit as a table of text, laid out as R's `summary(lm(…))`.
 *
 * @param fit from `ols`
 * @example regressionSummary({ coefficients: [], warnings: [], aic: 0, bic: 0, logLikelihood: 0, variance: 4, degreesOfFreedom: 3, rSquared: 0.5, adjustedRSquared: 0.4, n: 5, confidence: 0.9, covarianceKind: 'HC3' }).includes('R² 0.5000') // => true
 */
export function regressionSummary(fit: OlsFit): string {
  const percent = `${Number((100 * fit.confidence).toPrecision(6))} %`;
  const header = ['', 'estimate', 'std. error', 't', 'p', '', `${percent} from`, 'to'];
  const rows = fit.coefficients.map((c) => [
    c.name,
    number(c.estimate),
    number(c.standardError),
    t(c.t),
    pValue(c.p),
    stars(c.p),
    number(c.lower),
    number(c.upper),
  ]);
  const lines = [
    ...table([header, ...rows]),
    '*** p < 0.001   ** p < 0.01   * p < 0.05   . p < 0.1',
    '',
    `Errors ${kindOf(fit)}; residual standard error ${number(Math.sqrt(fit.variance))} on ${fit.degreesOfFreedom} degrees of freedom`,
    `R² ${fit.rSquared.toFixed(4)}, adjusted ${fit.adjustedRSquared.toFixed(4)}; ${fit.n} rows`,
    ...(fit.f
      ? [`F ${number(fit.f.statistic)} on ${fit.f.numerator} and ${fit.f.denominator}, p ${pValue(fit.f.p)}`]
      : []),
    `AIC ${fit.aic.toFixed(1)}, BIC ${fit.bic.toFixed(1)}, log-likelihood ${fit.logLikelihood.toFixed(1)}`,
    ...fit.warnings.map(({ message }) => `Note: ${message}`),
  ];
  return lines.join('\n');
}

/** The first column to the left, the others to the right. */
function table(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]!.map((_, j) => Math.max(...rows.map((row) => row[j]!.length)));
  return rows.map((row) =>
    row
      .map((cell, j) => (j === 0 || j === 5 ? cell.padEnd(widths[j]!) : cell.padStart(widths[j]!)))
      .join('  ')
      .trimEnd(),
  );
}

/** Five digits, without exponent where that is readable. */
function number(value: number): string {
  const size = Math.abs(value);
  if (value === 0 || !Number.isFinite(value)) return String(value);
  if (size >= 1e9 || size < 1e-4) return value.toExponential(3);
  return size >= 1e5 ? value.toFixed(0) : String(Number(value.toPrecision(5)));
}

function t(value: number): string {
  return Number.isFinite(value) ? value.toFixed(2) : String(value);
}

function pValue(p: number): string {
  return p < 2.2e-16 ? '< 2e-16' : p < 1e-4 ? p.toExponential(1) : p.toFixed(4);
}

function stars(p: number): string {
  return p < 0.001 ? '***' : p < 0.01 ? '**' : p < 0.05 ? '*' : p < 0.1 ? '.' : '';
}

function kindOf({ covarianceKind, weights }: OlsFit): string {
  const robust = typeof covarianceKind === 'string' ? covarianceKind : `Newey-West, ${covarianceKind.lags} lags`;
  return weights ? `${robust}, weighted` : robust;
}
