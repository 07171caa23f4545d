/** A table pasted as text (from a spreadsheet or a CSV) as a file, so that it takes the way of every file. */
export function fileFromPaste(text: string, name = 'pasted'): File {
  const tabs = /\t/.test(text.slice(0, 10_000));
  return new File([text], `${name}.${tabs ? 'tsv' : 'csv'}`, { type: tabs ? 'text/tab-separated-values' : 'text/csv' });
}
