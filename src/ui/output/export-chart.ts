import { strings } from '../strings';
/** What an SVG takes from the page around it and must carry along when it leaves. */
const INHERITED = ['font-family', 'font-size', 'font-weight', 'font-variant-numeric', 'color'] as const;

const SVG = 'http://www.w3.org/2000/svg';

/** Paper around a figure, in pixels. */
const MARGIN = 12;

/** A drawing that stands alone, with its size. */
interface Drawing {
  readonly svg: SVGSVGElement;
  readonly width: number;
  readonly height: number;
}

/**
 * A drawing as the text of a file that stands alone: `var(--…)` resolved to the colours the page shows now, the type
 * written in, the page's paper behind it when `background` is given. A chart takes along the title, legend and caption of
 * its figure.
 */
export function chartSvg(chart: SVGSVGElement, options: { background?: string } = {}): string {
  return written(drawingOf(chart), options.background);
}

/** A drawing as a bitmap, `scale` pixels to each unit of its view box. */
export async function chartPng(chart: SVGSVGElement, options: { background: string; scale?: number }): Promise<Blob> {
  const scale = options.scale ?? 2;
  const drawing = drawingOf(chart);
  const image = new Image();
  // A data: address, since the policy of the page lets images be only that or a blob, and a blob taints the canvas in Safari.
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(written(drawing))}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = Math.ceil(drawing.width * scale);
  canvas.height = Math.ceil(drawing.height * scale);
  const context = canvas.getContext('2d')!;
  context.fillStyle = options.background;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((done, fail) => {
    canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error(strings.output.tooLarge))));
  });
}

function written({ svg, width, height }: Drawing, background?: string): string {
  svg.setAttribute('xmlns', SVG);
  svg.setAttribute('width', String(width));
  svg.setAttribute('height', String(height));
  if (background) svg.style.background = background;
  return new XMLSerializer().serializeToString(svg);
}

function drawingOf(chart: SVGSVGElement): Drawing {
  const figure = chart.closest('figure');
  if (!figure) return { svg: alone(chart), ...sizeOf(chart) };
  // The page may show it smaller than it was drawn.
  const stage = figure.cloneNode(true) as HTMLElement;
  stage.style.cssText += `; position: absolute; visibility: hidden; width: ${sizeOf(chart).width}px; max-width: none`;
  for (const part of stage.querySelectorAll('svg')) part.style.minWidth = '0';
  figure.after(stage);
  try {
    return figureAlone(stage);
  } finally {
    stage.remove();
  }
}

/** A copy that needs nothing of the page. */
function alone(svg: SVGSVGElement): SVGSVGElement {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  resolve(svg, copy);
  const style = getComputedStyle(svg);
  for (const name of INHERITED) copy.style.setProperty(name, style.getPropertyValue(name));
  return copy;
}

/** A figure as one drawing: each drawing in it, and each line of its words, where it stands on the page. */
function figureAlone(figure: HTMLElement): Drawing {
  const svg = document.createElementNS(SVG, 'svg');
  const corner = figure.getBoundingClientRect();
  const [left, top] = [corner.left - MARGIN, corner.top - MARGIN];
  let [width, height] = [0, 0];
  const put = (element: SVGElement, box: DOMRect): void => {
    svg.append(element);
    width = Math.max(width, box.right - left);
    height = Math.max(height, box.bottom - top);
  };
  for (const part of figure.querySelectorAll<SVGSVGElement>('svg:not(svg svg)')) {
    const box = part.getBoundingClientRect();
    const place = { x: box.left - left, y: box.top - top, width: box.width, height: box.height };
    const copy = alone(part);
    for (const [name, value] of Object.entries(place)) copy.setAttribute(name, String(value));
    // Their sizes on the page are those of the rules there.
    for (const name of ['max-width', 'width', 'height']) copy.style.removeProperty(name);
    put(copy, box);
  }
  const texts = document.createTreeWalker(figure, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode as Text;
    if (text.parentElement!.closest('svg, style')) continue;
    for (const { words, box } of linesOf(text)) put(lineAt(words, box, text.parentElement!, { left, top }), box);
  }
  return { svg, width: Math.ceil(width) + MARGIN, height: Math.ceil(height) + MARGIN };
}

/** The lines that a text is broken into on the page, and where each of them stands. */
function linesOf(text: Text): { words: string; box: DOMRect }[] {
  const lines: { words: string; box: DOMRect }[] = [];
  const range = document.createRange();
  for (const { 0: word, index } of text.data.matchAll(/\S+\s*/g)) {
    range.setStart(text, index);
    range.setEnd(text, index + word.trimEnd().length);
    const box = range.getBoundingClientRect();
    const line = lines.at(-1);
    if (line && Math.abs(line.box.top - box.top) < box.height / 2) {
      line.words += ` ${word.trimEnd()}`;
      line.box.width = box.right - line.box.left;
    } else if (box.width > 0) lines.push({ words: word.trimEnd(), box });
  }
  return lines;
}

function lineAt(words: string, box: DOMRect, of: Element, from: { left: number; top: number }): SVGTextElement {
  const line = document.createElementNS(SVG, 'text');
  const style = getComputedStyle(of);
  const context = document.createElement('canvas').getContext('2d')!;
  context.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  line.textContent = words;
  line.setAttribute('x', String(box.left - from.left));
  line.setAttribute('y', String(box.top - from.top + context.measureText(words).fontBoundingBoxAscent));
  line.setAttribute('fill', style.color);
  // The page's letters are not at hand where the file is shown; others may be wider.
  line.setAttribute('textLength', String(box.width));
  line.setAttribute('lengthAdjust', 'spacingAndGlyphs');
  for (const name of INHERITED) line.style.setProperty(name, style.getPropertyValue(name));
  return line;
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
