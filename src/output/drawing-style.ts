/**
 * The rules that Observable Plot writes into a `<style>` beside each drawing. A `<style>` from a cell could restyle the
 * page, so it is dropped, and the page carries the same rules itself: put this text in a style sheet once.
 */
export const drawingStyle = `
:where(svg[class^="plot-"]) { --plot-background: var(--paper, #faf7f2); display: block; height: auto; max-width: 100%; overflow: visible; }
:where(svg[class^="plot-"] text, svg[class^="plot-"] tspan) { white-space: pre; }
:where([class*="-swatches"]) { font-family: system-ui, sans-serif; font-size: 10px; margin-bottom: 0.5em; }
:where([class*="-swatch"] > svg) { margin-right: 0.5em; overflow: visible; }
:where([class*="-swatches-wrap"]) { display: flex; align-items: center; min-height: 33px; flex-wrap: wrap; }
:where([class*="-swatches-wrap"] [class$="-swatch"]) { display: inline-flex; align-items: center; margin-right: 1em; }
:where([class*="-swatches-columns"] [class$="-swatch"]) { display: flex; align-items: center; break-inside: avoid; padding-bottom: 1px; }
:where([class*="-swatches-columns"] [class$="-swatch"] > svg) { flex-shrink: 0; }
:where([class$="-swatch-label"]) { white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
`;
