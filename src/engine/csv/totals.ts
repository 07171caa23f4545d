const LABEL =
  /^(?:(?:grand|sub|report|overall)[\s-]*)?totals?(?:\b|_)|^(?:gesamt(?:summe|ergebnis)?|insgesamt|summe|totale|total(?:e|es|er)?\s+g[ée]n[ée]ral|suma|totaal|итого|всего|合计|总计|合計|celkem|razem|yhteensä|sum(?:me)?)(?:\s*[:.]|\s|$)/iu;

/** A total stands among the last rows only: this many are looked at. */
export const TOTALS_AT_MOST = 20;

/** Whether a row's first filled cell names a total: `Total`, `Grand total`, `Summe`, `Total: account`. */
export function isTotals(fields: readonly string[]): boolean {
  if (fields.length < 2) return false;
  const first = fields.find((field) => field.trim() !== '')?.trim() ?? '';
  return first.length <= 60 && LABEL.test(first);
}
