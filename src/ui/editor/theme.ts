import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

const look = EditorView.theme({
  '&': { backgroundColor: 'transparent', color: 'var(--ink)', fontSize: 'var(--code-size)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: 'var(--code-line)', fontVariantLigatures: 'none' },
  '.cm-content': { padding: 'var(--space-1) 0', caretColor: 'var(--crust)' },
  '.cm-line': { padding: '0 2px' },
  '.cm-cursor, .cm-dropCursor': { borderLeftColor: 'var(--crust)', borderLeftWidth: '2px' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    background: 'var(--selection)',
  },
  '.cm-matchingBracket, &.cm-focused .cm-matchingBracket': {
    backgroundColor: 'var(--crust-wash)',
    outline: '1px solid var(--control)',
  },
  '.cm-placeholder': { color: 'var(--quiet)' },
  '.cm-lintRange-error': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--bad) 1px',
    textUnderlineOffset: '3px',
  },
  '.cm-tooltip': {
    border: '1px solid var(--line)',
    borderRadius: '6px',
    backgroundColor: 'var(--surface)',
    color: 'var(--ink)',
    boxShadow: 'var(--shadow)',
    overflow: 'hidden',
  },
  // What is told of the chosen one stands beside the list.
  '.cm-tooltip.cm-tooltip-autocomplete': { overflow: 'visible' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--mono)', fontSize: 'var(--code-size)' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '3px 10px', lineHeight: '1.4' },
  '.cm-tooltip-autocomplete > ul > li[aria-selected]': { backgroundColor: 'var(--crust-wash)', color: 'var(--ink)' },
  '.cm-completionDetail': { color: 'var(--quiet)', fontStyle: 'normal', marginLeft: '1.5em' },
  '.cm-completionMatchedText': { textDecoration: 'none', color: 'var(--crust)', fontWeight: '600' },
  'li[aria-selected] .cm-completionMatchedText': { color: 'inherit' },
  '.cm-diagnostic': { padding: '6px 10px', fontFamily: 'var(--sans)', fontSize: 'var(--text-14)' },
  '.cm-diagnostic-error': { borderLeft: '3px solid var(--bad)' },
  '.cm-diagnostic-warning': { borderLeft: '3px solid var(--quiet)' },
  '.cm-diagnosticAction': {
    background: 'var(--crust-wash)',
    color: 'var(--ink)',
    border: '1px solid var(--control)',
    borderRadius: '4px',
    font: 'inherit',
  },
  '.cm-tooltip.cm-completionInfo': { padding: '0', maxWidth: '420px' },
  '.cm-explanation': {
    padding: '6px 10px',
    maxWidth: '480px',
    maxHeight: '240px',
    overflow: 'auto',
    fontFamily: 'var(--sans)',
    fontSize: 'var(--text-14)',
  },
  '.cm-explanation code': { fontFamily: 'var(--mono)', fontSize: 'var(--code-size)', whiteSpace: 'pre-wrap' },
  '.cm-explanation p': { margin: '4px 0 0', whiteSpace: 'pre-wrap' },
  '.cm-signature strong': { color: 'var(--crust)' },
  '.cm-rename': { padding: '6px 8px', fontFamily: 'var(--sans)', fontSize: 'var(--text-14)' },
  '.cm-rename .cm-textfield': { fontSize: 'var(--text-14)', marginLeft: '8px' },
  '.cm-rename [role=alert]': { marginLeft: '10px', color: 'var(--bad)' },
  '.cm-panels': { backgroundColor: 'var(--sunken)', color: 'var(--ink)', borderColor: 'var(--line)' },
  '.cm-panel .cm-textfield': { border: '1px solid var(--control)', backgroundColor: 'var(--surface)' },
  '.cm-panel .cm-button': { border: '1px solid var(--control)', backgroundImage: 'none', borderRadius: '4px' },
});

const colors = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.controlKeyword, tags.heading], color: 'var(--code-keyword)' },
  { tag: [tags.string, tags.special(tags.string), tags.regexp], color: 'var(--code-string)' },
  { tag: [tags.number, tags.bool, tags.null, tags.atom], color: 'var(--code-number)' },
  { tag: [tags.comment], color: 'var(--code-comment)', fontStyle: 'italic' },
  { tag: [tags.typeName, tags.className], color: 'var(--code-type)' },
  { tag: [tags.emphasis], fontStyle: 'italic' },
  { tag: [tags.strong, tags.heading], fontWeight: '650' },
  { tag: [tags.link, tags.url], color: 'var(--code-number)' },
]);

/** The editor in the page's own ink, by its tokens: light and dark need no second theme. */
export const theme = [look, syntaxHighlighting(colors)];
