import { rgb } from 'd3-color';
import { Element, XHTML } from './node';
import { encodePng } from './png';

interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

/** Most pixels a canvas may have: its picture is sent as text. */
const MOST = 4_000_000;

/** A canvas that can do what Plot's rasters and colour ramps ask: fill rectangles, put pixels, become a PNG. */
export class Canvas extends Element {
  width = 300;
  height = 150;
  #picture: Pixels | undefined;

  constructor(ownerDocument: unknown) {
    super(XHTML, 'canvas', ownerDocument);
  }

  getContext(kind: string): Context | null {
    if (kind !== '2d') return null;
    this.#picture ??= blank(this.width, this.height);
    return new Context(this.#picture);
  }

  toDataURL(): string {
    const { width, height, data } = (this.#picture ??= blank(this.width, this.height));
    const bytes = encodePng(width, height, data);
    let text = '';
    for (let at = 0; at < bytes.length; at += 8_192) text += String.fromCharCode(...bytes.subarray(at, at + 8_192));
    return `data:image/png;base64,${btoa(text)}`;
  }
}

class Context {
  fillStyle = '#000';
  readonly #picture: Pixels;

  constructor(picture: Pixels) {
    this.#picture = picture;
  }

  fillRect(x: number, y: number, width: number, height: number): void {
    const { r, g, b, opacity } = rgb(this.fillStyle);
    const picture = this.#picture;
    for (let row = Math.max(0, y); row < Math.min(picture.height, y + height); row++) {
      for (let column = Math.max(0, x); column < Math.min(picture.width, x + width); column++) {
        picture.data.set([r, g, b, opacity * 255], (row * picture.width + column) * 4);
      }
    }
  }

  createImageData(width: number, height: number): Pixels {
    return blank(width, height);
  }

  putImageData(image: Pixels, x: number, y: number): void {
    const picture = this.#picture;
    for (let row = 0; row < Math.min(image.height, picture.height - y); row++) {
      const line = image.data.subarray(
        row * image.width * 4,
        (row * image.width + Math.min(image.width, picture.width - x)) * 4,
      );
      picture.data.set(line, ((y + row) * picture.width + x) * 4);
    }
  }
}

function blank(width: number, height: number): Pixels {
  if (!(width * height <= MOST))
    throw new Error(`The raster of ${width} × ${height} pixels is too large; give a larger pixelSize.`);
  return { width, height, data: new Uint8ClampedArray(width * height * 4) };
}
