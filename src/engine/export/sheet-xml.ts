import type { Column } from '../../table/decode';
import { identifier, literal } from '../literal';

/** What a text in a cell may hold at most. */
const LONGEST = 32_767;

/** Cell styles, by their place in the workbook's style sheet. */
export const STYLES = { plain: 0, heading: 1, date: 2, moment: 3, textOnly: 4 } as const;

/**
 * A select list of one text column, `line`: the row as the XML of a sheet's row. Numbers are numbers as far as a spreadsheet
 * keeps their digits (15) and texts beyond; dates and moments are days from its first one on, and ISO texts before. A text is
 * a text, also where it looks like a formula: it is marked as one, so that editing its cell does not run it.
 */
export function rowXml(columns: readonly Column[]): string {
  const cells = columns.map(({ name, type }) => `coalesce(${cellXml(identifier(name), type)}, '<c/>')`);
  return `concat('<row>', ${cells.join(', ')}, '</row>') AS line`;
}

function cellXml(value: string, type: string): string {
  const number = (digits: string, style = ''): string => `'<c${style}><v>' || (${digits})::VARCHAR || '</v></c>'`;
  const when = (fits: string, digits: string, style = ''): string =>
    `CASE WHEN ${fits} THEN ${number(digits, style)} ELSE ${textXml(`${value}::VARCHAR`)} END`;
  if (/^(?:U?(?:TINY|SMALL)INT|U?INTEGER)$/.test(type)) return number(value);
  if (/^U?(?:BIG|HUGE)INT$/.test(type)) return when(`${value} BETWEEN -999999999999999 AND 999999999999999`, value);
  if (/^(?:DOUBLE|FLOAT)$/.test(type)) return when(`isfinite(${value})`, value);
  const scale = /^DECIMAL\(\d+,\s*(\d+)\)$/.exec(type)?.[1];
  if (scale !== undefined) return when(`abs(${value}::DOUBLE) < 1e${15 - Number(scale)}`, value);
  if (type === 'BOOLEAN') return `'<c t="b"><v>' || ${value}::TINYINT::VARCHAR || '</v></c>'`;
  if (type === 'DATE') {
    const days = `date_diff('day', DATE '1899-12-30', ${value})`;
    return when(`${value} BETWEEN DATE '1900-03-01' AND DATE '9999-12-31'`, days, ` s="${STYLES.date}"`);
  }
  if (/^TIMESTAMP/.test(type)) {
    const moment = `${value}::TIMESTAMP`;
    const days = `(epoch_ms(${moment}) - epoch_ms(TIMESTAMP '1899-12-30')) / 86400000.0`;
    const fits = `${moment} BETWEEN TIMESTAMP '1900-03-01' AND TIMESTAMP '9999-12-31'`;
    return when(fits, days, ` s="${STYLES.moment}"`);
  }
  return textXml(`${value}::VARCHAR`);
}

const TOO_LONG =
  'A text is longer than the 32,767 characters that a cell of a workbook holds. Export as CSV or Parquet.';

function textXml(value: string): string {
  const replaced = REPLACED.reduce((text, [from, to]) => `regexp_replace(${text}, '${from}', '${to}', 'g')`, value);
  const formula = `CASE WHEN regexp_matches(${value}, '^[=+\\-@\\t\\r]') THEN ' s="${STYLES.textOnly}"' ELSE '' END`;
  const fits = `CASE WHEN length(${value}) > ${LONGEST} THEN error(${literal(TOO_LONG)}) ELSE ${replaced} END`;
  return `'<c t="inlineStr"' || ${formula} || '><is><t xml:space="preserve">' || ${fits} || '</t></is></c>'`;
}

/** What XML does not hold as it is; `_x0041_` would be read as the character it numbers. */
const REPLACED: readonly (readonly [from: string, to: string])[] = [
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['_(x[0-9A-Fa-f]{4}_)', '_x005F_\\1'],
  ['\\r', '_x000D_'],
  ['[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\x{FFFE}\\x{FFFF}]', '\uFFFD'],
];

/** What stands before the rows: the widths of the columns, and their names, which stay in sight. */
export function sheetHead(columns: readonly Column[]): string {
  const widths = columns.map(({ name, type }, i) => {
    const values = type === 'DATE' ? 11 : /^TIMESTAMP/.test(type) ? 19 : type === 'VARCHAR' ? 22 : 12;
    return `<col min="${i + 1}" max="${i + 1}" width="${Math.min(40, Math.max(values, name.length + 2))}" customWidth="1"/>`;
  });
  const names = columns.map(
    ({ name }) => `<c t="inlineStr" s="${STYLES.heading}"><is><t xml:space="preserve">${escaped(name)}</t></is></c>`,
  );
  const pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>';
  return (
    `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><worksheet xmlns="${MAIN}">` +
    `<sheetViews><sheetView workbookViewId="0">${pane}</sheetView></sheetViews>` +
    `<cols>${widths.join('')}</cols><sheetData><row>${names.join('')}</row>`
  );
}

export const SHEET_END = '</sheetData></worksheet>';

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** A text within XML. */
const escaped = (text: string): string =>
  text
    .replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)
    .replace(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_')
    .replace(/[\x00-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF]/g, '\uFFFD');

/** The parts of a workbook beside its sheets, by their paths. */
export function workbookParts(names: readonly string[]): Readonly<Record<string, string>> {
  const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
  const each = (part: (n: number, name: string) => string): string =>
    names.map((name, i) => part(i + 1, name)).join('');
  const styles = names.length + 1;
  const xf = (rest: string): string => `<xf fontId="0" fillId="0" borderId="0" xfId="0" ${rest}/>`;
  return {
    '[Content_Types].xml':
      `${head}<Types xmlns="${PACKAGE}/content-types">` +
      '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
      `<Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/>` +
      `<Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/>` +
      each((n) => `<Override PartName="/${sheetPath(n)}" ContentType="${TYPE}.worksheet+xml"/>`) +
      '</Types>',
    '_rels/.rels':
      `${head}<Relationships xmlns="${PACKAGE}/relationships">` +
      `<Relationship Id="rId1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml':
      `${head}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>` +
      each((n, name) => `<sheet name="${escaped(name)}" sheetId="${n}" r:id="rId${n}"/>`) +
      '</sheets></workbook>',
    'xl/_rels/workbook.xml.rels':
      `${head}<Relationships xmlns="${PACKAGE}/relationships">` +
      each((n) => `<Relationship Id="rId${n}" Type="${RELATIONS}/worksheet" Target="worksheets/sheet${n}.xml"/>`) +
      `<Relationship Id="rId${styles}" Type="${RELATIONS}/styles" Target="styles.xml"/></Relationships>`,
    'xl/styles.xml':
      `${head}<styleSheet xmlns="${MAIN}">` +
      '<numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/>' +
      '<numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts>' +
      '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>' +
      '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
      '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
      '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="5">' +
      `${xf('numFmtId="0"')}<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>` +
      `${xf('numFmtId="164" applyNumberFormat="1"')}${xf('numFmtId="165" applyNumberFormat="1"')}` +
      `${xf('numFmtId="49" quotePrefix="1" applyNumberFormat="1"')}</cellXfs>` +
      '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
  };
}

export const sheetPath = (n: number): string => `xl/worksheets/sheet${n}.xml`;

/** Names that sheets may have, at most 31 characters without `[]:*?/\`, each once. */
export function sheetNames(wanted: readonly string[]): string[] {
  const taken = new Set<string>(['history']);
  return wanted.map((name) => {
    const bare =
      name
        .replace(/[\x00-\x1F[\]:*?/\\]+/g, ' ')
        .replace(/^'+|'+$/g, '')
        .trim() || 'Sheet';
    for (let n = 1; ; n++) {
      const end = n === 1 ? '' : ` ${n}`;
      const given = bare.slice(0, 31 - end.length).trim() + end;
      if (taken.has(given.toLowerCase())) continue;
      taken.add(given.toLowerCase());
      return given;
    }
  });
}
