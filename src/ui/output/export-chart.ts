import { strings } from '../strings';
/** What an SVG takes from the page around it and must carry along when it leaves. */
const INHERITED = ['font-family', 'font-size', 'font-weight', 'font-variant-numeric', 'color'] as const;

/**
 * A drawing as the text of a file that stands alone: `var(--…)` resolved to the colours the page shows now, the type
 * written in, the page's paper behind it when `background` is given.
 */
export function chartSvg(svg: SVGSVGElement, options: { background?: string } = {}): string {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  resolve(svg, copy);
  const style = getComputedStyle(svg);
  for (const name of INHERITED) copy.style.setProperty(name, style.getPropertyValue(name));
  const { width, height } = sizeOf(svg);
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  if (options.background) copy.style.background = options.background;
  return new XMLSerializer().serializeToString(copy);
}

/** A drawing as a bitmap, `scale` pixels to each unit of its view box. */
export async function chartPng(svg: SVGSVGElement, options: { background: string; scale?: number }): Promise<Blob> {
  const scale = options.scale ?? 2;
  const { width, height } = sizeOf(svg);
  const image = new Image();
  // A data: address, since the policy of the page lets images be only that or a blob, and a blob taints the canvas in Safari.
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(chartSvg(svg))}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = Math.ceil(width * scale);
  canvas.height = Math.ceil(height * scale);
  const context = canvas.getContext('2d')!;
  context.fillStyle = options.background;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((done, fail) => {
    canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error(strings.output.tooLarge))));
  });
}

/** Puts the computed value wherever the original speaks of one of the page's tokens. */
function resolve(original: Element, copy: Element): void {
  const from = [original, ...original.querySelectorAll('*')];
  const to = [copy, ...copy.querySelectorAll('*')];
  from.forEach((element, i) => {
    const target = to[i] as SVGElement;
    const style = getComputedStyle(element);
    for (const { name, value } of [...element.attributes]) {
      if (name !== 'style' && value.includes('var(')) target.setAttribute(name, style.getPropertyValue(name) || value);
    }
    const own = (element as SVGElement).style;
    for (const name of own) {
      if (own.getPropertyValue(name).includes('var(')) target.style.setProperty(name, style.getPropertyValue(name));
    }
  });
}

function sizeOf(svg: SVGSVGElement): { width: number; height: number } {
  const box = svg.viewBox.baseVal;
  if (box && box.width > 0 && box.height > 0) return { width: box.width, height: box.height };
  const { width, height } = svg.getBoundingClientRect();
  return { width, height };
}
