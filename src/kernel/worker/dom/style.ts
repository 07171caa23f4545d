/** An element's inline style: declarations in the order they were set, by their CSS names. */
export class Style {
  readonly #declarations = new Map<string, string>();
  readonly #changed: () => void;

  private constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** A style whose properties can also be set by their camel-case names, as in `style.maxWidth = '100%'`. */
  static of(changed: () => void): Style & Record<string, unknown> {
    const style = new Style(changed);
    return new Proxy(style, {
      get(_, key) {
        const value: unknown = Reflect.get(style, key, style);
        if (typeof value === 'function') return value.bind(style);
        return key in style || typeof key !== 'string' ? value : style.getPropertyValue(dashed(key));
      },
      set(_, key, value) {
        if (key === 'cssText') style.cssText = String(value);
        else if (typeof key === 'string') style.setProperty(dashed(key), value);
        return true;
      },
    }) as Style & Record<string, unknown>;
  }

  get cssText(): string {
    return [...this.#declarations].map(([name, value]) => `${name}: ${value};`).join(' ');
  }

  set cssText(text: string) {
    this.#declarations.clear();
    for (const declaration of text.split(';')) {
      const colon = declaration.indexOf(':');
      if (colon > 0) this.#declarations.set(declaration.slice(0, colon).trim(), declaration.slice(colon + 1).trim());
    }
    this.#changed();
  }

  setProperty(name: string, value: unknown): void {
    if (value === null || value === undefined || value === '') this.#declarations.delete(name);
    else this.#declarations.set(name, String(value));
    this.#changed();
  }

  removeProperty(name: string): void {
    this.setProperty(name, null);
  }

  getPropertyValue(name: string): string {
    return this.#declarations.get(name) ?? '';
  }
}

const dashed = (name: string): string =>
  name.startsWith('--') ? name : name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
