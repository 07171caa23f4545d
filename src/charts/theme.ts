import type { PlotOptions } from '@observablehq/plot';

/**
 * Colours as the page's own tokens, so that a drawing follows light and dark without being drawn again. Where a token
 * is not defined (a saved SVG, another page) the light value after the comma stands.
 */
export const color = {
  ink: 'var(--ink, #1F1B16)',
  quiet: 'var(--quiet, #6B6257)',
  line: 'var(--line, #E5DED3)',
  band: 'var(--band, #E9C9B0)',
  paper: 'var(--paper, #FAF7F2)',
  crust: 'var(--crust, #B4531A)',
} as const;

/** Defaults of every chart: no frame, room for direct labels, the page's own ink and type. Spread first into Plot's options. */
export const theme = {
  width: 704,
  height: 300,
  marginTop: 24,
  marginRight: 24,
  marginBottom: 36,
  marginLeft: 56,
  style: {
    background: 'transparent',
    color: 'currentColor',
    fontFamily: 'inherit',
    fontSize: '12px',
    overflow: 'visible',
  },
} as const satisfies PlotOptions;
