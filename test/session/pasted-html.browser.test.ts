import { expect, it } from 'vitest';
import { tableInHtml } from '../../src/session/pasted-html';

const cell = (text: string, value?: object, format?: object, more = ''): string => {
  const attribute = (name: string, json?: object): string =>
    json ? ` ${name}="${JSON.stringify(json).replaceAll('"', '&quot;')}"` : '';
  return `<td${attribute('data-sheets-value', value)}${attribute('data-sheets-numberformat', format)}${more}>${text}</td>`;
};

it('takes the values behind what Google Sheets shows, with line breaks and joined cells', () => {
  const rows = [
    cell('Region', { 1: 2, 2: 'Region' }) +
      cell('Day') +
      cell('Revenue') +
      cell('Discount') +
      cell('Note') +
      cell('Code'),
    cell('North', { 1: 2, 2: 'North' }, undefined, ' rowspan="2"') +
      cell('29/02/2024', { 1: 3, 3: 45351 }, { 1: 5, 2: 'dd/mm/yyyy', 3: 1 }) +
      cell('1.234,50 €', { 1: 3, 3: 1234.5 }, { 1: 4, 2: '#,##0.00 €', 3: 1 }) +
      cell('13%', { 1: 3, 3: 0.125 }, { 1: 3, 2: '0%', 3: 1 }) +
      cell('two<br>lines, &amp; “quotes” "here"') +
      cell('00123', { 1: 2, 2: '00123' }),
    cell('01/03/2024 12:00', { 1: 3, 3: 45352.5 }, { 1: 7, 2: 'dd/mm/yyyy hh:mm', 3: 1 }) +
      cell('7', { 1: 3, 3: 7 }, undefined, ' rowspan="1" colspan="2"') +
      cell('') +
      cell('x'),
  ];
  const html = `<meta charset='utf-8'><google-sheets-html-origin><style>td {}</style><table xmlns="http://www.w3.org/1999/xhtml"
    data-sheets-root="1"><colgroup><col width="100"/></colgroup><tbody>${rows.map((row) => `<tr>${row}</tr>`).join('\n')}</tbody></table>`;
  expect(tableInHtml(html)).toBe(
    'Region,Day,Revenue,Discount,Note,Code\n' +
      'North,2024-02-29,1234.5,0.125,"two\nlines, & “quotes” ""here""",00123\n' +
      'North,2024-03-01 12:00:00,7,,,x\n',
  );
});

it('leaves a number of joined cells in the first, and takes no HTML that is no table', () => {
  const html = '<table><tr><td rowspan=2>1,234.50</td><td>a</td></tr><tr><td>b</td></tr></table>';
  expect(tableInHtml(html)).toBe('"1,234.50",a\n,b\n');
  expect(tableInHtml('<p>a, b</p>')).toBeNull();
  expect(tableInHtml('<table><tr><td>one</td></tr></table>')).toBeNull();
  expect(
    tableInHtml(`<table><tr><td rowspan="999999999" colspan="0" data-sheets-value="{">x</td><td>y</td></tr></table>`),
  ).toBe('x,y\n');
});

it('gives way to the plain text where a few cells span more than a spreadsheet has', () => {
  const row = `<tr>${'<td colspan=10000>a</td>'.repeat(1_000)}</tr>`;
  expect(tableInHtml(`<table>${row.repeat(60)}</table>`)).toBeNull();
  const wide = `<tr><td colspan=10000>a</td></tr>`;
  expect(tableInHtml(`<table>${wide}${'<tr><td>b</td></tr>'.repeat(1_000)}</table>`)).toBeNull();
});

it('neither runs nor fetches what the HTML holds', () => {
  const html =
    '<table><tr><td><img src="https://example.invalid/x" onerror="globalThis.ran = 1">a<script>ran = 1</script></td><td>b</td></tr></table>';
  expect(tableInHtml(html)).toBe('a,b\n');
  expect('ran' in globalThis).toBe(false);
});
