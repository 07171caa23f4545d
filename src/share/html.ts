import { choiceText } from '../output/choices';
import { numberText } from '../base/number-text';
import { checkAttribute } from '../output/check-tree';
import { HTML_ELEMENTS, SVG_ELEMENTS } from '../output/allow';
import type { InspectedValue, TreeNode } from '../output/output';
import type { ResultOutput, ResultTable } from './results';

const VOID = new Set(['br', 'hr']);

/** Text as it stands in HTML, within quotes too. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** A drawing as HTML: judged by the same allow-list as on the page, so that nothing in it loads, runs or leads away. */
export function treeHtml(node: TreeNode, insideSvg = false): string {
  if (typeof node === 'string') return escapeHtml(node);
  const svg = SVG_ELEMENTS.has(node.tag);
  if (!svg && (insideSvg || !HTML_ELEMENTS.has(node.tag))) return '';
  const attributes = Object.entries(node.attrs ?? {}).map(([name, value]) => {
    const checked = checkAttribute(node.tag, name, value, '');
    return checked === undefined ? '' : ` ${name === 'xlink:href' ? 'href' : name}="${escapeHtml(checked)}"`;
  });
  const opening = `<${node.tag}${attributes.join('')}>`;
  if (VOID.has(node.tag)) return opening;
  return `${opening}${(node.children ?? []).map((child) => treeHtml(child, svg)).join('')}</${node.tag}>`;
}

/** Texts longer than this, in signs, may be broken anywhere: an address of the web would make its column as wide as a page. */
const LONG = 24;

/** More columns than this do not fit on a sheet of paper side by side. */
const MANY = 12;

export function tableHtml({ columns, rows, total }: ResultTable): string {
  const heads = columns.map(
    ({ name, right }) => `<th scope="col"${right ? ' class="n"' : ''}>${escapeHtml(name)}</th>`,
  );
  const lines = rows.map((row) => {
    const cells = row.map((value, i) => {
      const form = columns[i]?.right ? ' class="n"' : (value?.length ?? 0) > LONG ? ' class="long"' : '';
      return `<td${form}>${escapeHtml(value ?? '')}</td>`;
    });
    return `<tr>${cells.join('')}</tr>`;
  });
  const more = rows.length < total ? `<p class="more">${moreRows(rows.length, total)}</p>` : '';
  return `<div class="wide${columns.length > MANY ? ' many' : ''}"><table><thead><tr>${heads.join('')}</tr></thead><tbody>${lines.join('\n')}</tbody></table></div>${more}`;
}

function moreRows(shown: number, total: number): string {
  if (shown === 0) return `A table of ${total.toLocaleString('en')} ${total === 1 ? 'row' : 'rows'}, left out.`;
  return `The first ${shown.toLocaleString('en')} of ${total.toLocaleString('en')} rows.`;
}

/** What a cell shows, as HTML. */
export function outputHtml(output: ResultOutput): string {
  switch (output.type) {
    case 'tree':
      return `<figure>${treeHtml(output.root)}</figure>`;
    case 'rows':
      return tableHtml(output);
    case 'text':
      return `<pre>${escapeHtml(output.text)}</pre>`;
    case 'number':
      return `<p class="number">${escapeHtml(numberText(output.value, 'en'))}</p>`;
    case 'value':
      return `<div class="value">${valueHtml(output.value)}</div>`;
    case 'input':
      return `<p class="input">${escapeHtml(output.spec.label)}: <strong>${escapeHtml(inputText(output))}</strong></p>`;
    case 'progress':
      return '';
  }
}

function valueHtml(value: InspectedValue): string {
  if (value.kind === 'scalar') return escapeHtml(value.text);
  const entries = value.entries.map(({ key, value }) => `<li><b>${escapeHtml(key)}</b> ${valueHtml(value)}</li>`);
  const more = value.more > 0 ? `<li>and ${value.more.toLocaleString('en')} more</li>` : '';
  return `${escapeHtml(value.label)}<ul>${entries.join('')}${more}</ul>`;
}

/** Where a control stood. */
function inputText({ spec, value }: Extract<ResultOutput, { type: 'input' }>): string {
  if (spec.kind === 'select') {
    const chosen = [value].flat().flatMap((key) => (typeof key === 'string' ? choiceText(key) : []));
    return chosen.join(', ') || 'none';
  }
  if (spec.kind === 'table') return `${Array.isArray(value) ? value.length : 0} rows chosen`;
  if (Array.isArray(value)) return value.join(' to ');
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  const unit = spec.kind === 'slider' && spec.unit ? ` ${spec.unit}` : '';
  return value === null || value === '' ? 'none' : `${String(value)}${unit}`;
}
