/** How a report looks: on a screen a page to read, on paper with nothing torn that can stay whole. */
export const reportStyle = `
*, *::before, *::after { box-sizing: border-box; }
body { margin: 0 auto; max-width: 52rem; padding: 3rem 1.5rem 4rem; background: var(--paper); color: var(--ink); font: 1rem/1.55 var(--sans); }
header { margin-bottom: 2rem; padding-bottom: 1rem; border-bottom: 1px solid var(--line); }
h1, h2, h3, h4, h5, h6 { margin: 2rem 0 0.5rem; font-weight: 600; line-height: 1.25; break-after: avoid; text-wrap: balance; }
header h1 { margin: 0; font-size: 1.9rem; letter-spacing: -0.01em; }
h1 { font-size: 1.75rem; } h2 { font-size: 1.25rem; } h3, h4, h5, h6 { font-size: 1rem; }
p, ul, ol, blockquote, pre, figure { margin: 0.75rem 0; }
section { margin: 0 0 1rem; }
.made, .more, .note { color: var(--quiet); font-size: 0.875rem; }
.problem { padding: 0.5rem 0.75rem; border-left: 3px solid var(--bad); background: var(--bad-wash); }
.number { font-size: 1.75rem; font-weight: 500; font-variant-numeric: tabular-nums; }
.input { color: var(--quiet); }
a { color: var(--crust-strong); overflow-wrap: anywhere; }
blockquote { margin-inline: 0; padding-inline-start: 1rem; border-inline-start: 2px solid var(--line); color: var(--quiet); }
code, pre { font-family: var(--mono); font-size: 0.8125rem; }
pre { padding: 0.75rem 1rem; background: var(--sunken); white-space: pre-wrap; overflow-wrap: anywhere; }
pre.code { border-inline-start: 2px solid var(--line); }
figure svg, img { max-width: 100%; height: auto; }
/* The report's letters may be wider than the page's, which axes were given room for. */
figure svg { overflow: visible; }
figure { break-inside: avoid; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-size: 0.875rem; font-variant-numeric: tabular-nums; }
th, td { padding: 0.25rem 1rem 0.25rem 0; border-bottom: 1px solid var(--line); text-align: start; vertical-align: top; }
th { color: var(--quiet); font-weight: 600; }
.n { text-align: right; white-space: nowrap; }
.long { overflow-wrap: anywhere; }
.name { margin-block: 1rem 0.25rem; font-size: 0.875rem; font-weight: 600; break-after: avoid; }
tr { break-inside: avoid; }
.value ul { margin: 0; padding-inline-start: 1.25rem; list-style: none; }
.value b { font-weight: 500; }
@media print {
  @page { margin: 18mm 16mm; }
  :root { --paper: #fff; --sunken: #f6f4f0; }
  body { max-width: none; padding: 0; font-size: 10.5pt; }
  figure { padding-inline-start: 1rem; }
  .wide { overflow: visible; }
  table { max-width: 100%; font-size: 8.5pt; }
  th, td { padding-inline-end: 6pt; }
  th { overflow-wrap: anywhere; }
  /* More columns than a sheet holds: broken values rather than none. */
  .many :is(th, td) { padding-inline-end: 3pt; overflow-wrap: anywhere; white-space: normal; }
  a[href]::after { content: ' (' attr(href) ')'; color: var(--quiet); font-size: 0.8em; }
}
`;
