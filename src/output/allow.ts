/**
 * What a drawing may be made of. Everything else is dropped: by the gate before an output reaches the page, and by the
 * page when it draws. Nothing here loads, links, runs or floats above the page.
 */

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

export const SVG_ELEMENTS = words(`
  svg g path rect circle ellipse line polyline polygon text tspan textPath title desc defs clipPath mask pattern marker
  linearGradient radialGradient stop image a
`);

export const HTML_ELEMENTS = words(`
  div span p h1 h2 h3 h4 h5 h6 figure figcaption ul ol li table thead tbody tr th td strong em b i u s del code pre
  blockquote br hr sub sup small
`);

/** Attributes whose value is for reading, not for drawing: any text will do. */
export const TEXT_ATTRIBUTES = words('aria-label aria-description aria-roledescription title');

export const ATTRIBUTES = words(`
  alignment-baseline aria-hidden baseline-shift clip-path clip-rule clipPathUnits color color-interpolation colspan cx cy d
  data-pointer dir direction display dominant-baseline dx dy fill fill-opacity fill-rule filter font-family font-size
  font-stretch font-style font-variant font-weight fx fy gradientTransform gradientUnits height image-rendering
  letter-spacing lang lengthAdjust marker-end marker-mid marker-start markerHeight markerUnits markerWidth mask maskUnits
  maskContentUnits mix-blend-mode offset opacity orient overflow paint-order patternContentUnits patternTransform
  patternUnits pathLength pointer-events points preserveAspectRatio r refX refY role rotate rowspan rx ry scope
  shape-rendering spreadMethod startOffset stop-color stop-opacity stroke stroke-dasharray stroke-dashoffset
  stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width text-anchor text-decoration
  text-overflow text-rendering textLength transform transform-origin vector-effect viewBox visibility width word-spacing
  writing-mode x x1 x2 y y1 y2
`);

/** Attributes that hold an address: only a part of the same drawing, or (on `image`) a bitmap in the text itself. */
export const ADDRESS_ATTRIBUTES = words('href xlink:href');

export const STYLE_PROPERTIES = words(`
  --plot-background align-items background background-color border border-bottom border-collapse border-color border-left
  border-radius border-right border-spacing border-style border-top border-width box-sizing color column-gap columns
  display fill fill-opacity flex flex-direction flex-shrink flex-wrap font font-family font-feature-settings font-size
  font-style font-variant font-variant-numeric font-weight gap height image-rendering isolation justify-content
  letter-spacing line-height list-style-type margin margin-bottom margin-left margin-right margin-top max-width
  min-height min-width mix-blend-mode opacity overflow padding padding-bottom padding-left padding-right padding-top
  paint-order row-gap shape-rendering stroke stroke-dasharray stroke-linecap stroke-linejoin stroke-opacity stroke-width
  text-align text-anchor text-decoration text-overflow text-transform user-select vertical-align visibility white-space
  width word-spacing
`);

/** Functions that a drawing or style value may call. `url(#part)` is judged apart. */
export const CSS_FUNCTIONS = words(`
  rgb rgba hsl hsla hwb lab lch oklab oklch color color-mix light-dark var calc min max clamp drop-shadow blur brightness
  contrast grayscale hue-rotate invert opacity saturate sepia translate translatex translatey rotate scale scalex scaley
  skewx skewy matrix linear-gradient repeat
`);

/** A part of the same drawing, as `url(#part)`. */
export const LOCAL_URL = /^url\(\s*(?:#([\w-]+)|"#([\w-]+)"|'#([\w-]+)')\s*\)$/i;

/** A bitmap that stands in the text itself. */
export const BITMAP = /^data:image\/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=]*$/;

/** Class names of Plot and d3-axis, which the page's style sheet knows (see `drawing-style.ts`). Others could borrow the page's own looks. */
export const CLASS_NAME = /^(?:plot-[\w-]+|tick|domain|levain-[\w-]+)$/;
