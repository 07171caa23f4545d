import { Canvas } from './canvas';
import { Element, SVG, Text, XHTML } from './node';

/** The events that Plot makes, and those made of a reader's pointer. */
export class Event {
  readonly type: string;
  stopped = false;
  currentTarget: Element | null = null;

  constructor(type: string, properties: object = {}) {
    this.type = type;
    Object.assign(this, properties);
  }

  stopImmediatePropagation(): void {
    this.stopped = true;
  }

  stopPropagation(): void {
    this.stopped = true;
  }

  preventDefault(): void {}
}

/** The document that Plot draws into. It has no tree of its own: drawings stand alone. */
export const surfaceDocument = {
  get documentElement(): Element {
    return root;
  },
  get body(): Element {
    return root;
  },
  defaultView: { Event, CustomEvent: Event },
  createElement: (name: string): Element => createElement(XHTML, String(name).toLowerCase()),
  createElementNS: (space: string, name: string): Element => createElement(space, String(name)),
  createTextNode: (text: unknown): Text => new Text(String(text), surfaceDocument),
  querySelector: (): null => null,
  querySelectorAll: (): Element[] => [],
  getElementById: (): null => null,
};

function createElement(space: string, name: string): Element {
  return name === 'canvas' && space !== SVG ? new Canvas(surfaceDocument) : new Element(space, name, surfaceDocument);
}

const root = new Element(XHTML, 'html', surfaceDocument);
