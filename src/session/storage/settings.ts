import type { InputValue } from '../../output/output';

/** What the reader chose for the page as a whole. Absent: the page's own default. */
export interface SettingValues {
  readonly theme?: 'light' | 'dark' | 'system';
  readonly autorun?: boolean;
  /** A BCP 47 tag for numbers and dates. */
  readonly locale?: string;
  readonly density?: 'comfortable' | 'compact';
  /** The reader's own keys by command; empty for none. */
  readonly keys?: Readonly<Record<string, string>>;
  /** Whether CSV exports escape cells that a spreadsheet would run as formulas. */
  readonly escapeFormulas?: boolean;
  /** Whether data files are kept in the browser. */
  readonly keepFiles?: boolean;
  /** Whether the browser was asked not to clear the site's storage by itself. */
  readonly askedToPersist?: boolean;
  /** The controls the reader moved, by notebook, cell and key: they stand beside the notebook, not in its file. */
  readonly controls?: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, InputValue>>>>>>;
}

const KEY = 'levain.settings';

/**
 * The settings, in one entry of `localStorage`: it is read synchronously, so that the page starts in its theme, and
 * other tabs hear of changes. Where the browser denies it they hold for this tab.
 */
export class Settings {
  readonly #storage: Storage | undefined;
  readonly #listeners = new Set<(values: SettingValues) => void>();
  #values: SettingValues;

  constructor(storage: Storage | undefined = localStorageIfAllowed()) {
    this.#storage = storage;
    this.#values = parse(storage?.getItem(KEY));
    globalThis.addEventListener?.('storage', (event: StorageEvent) => {
      if (event.storageArea !== this.#storage || (event.key !== KEY && event.key !== null)) return;
      this.#values = parse(event.newValue);
      this.#tell();
    });
  }

  get<K extends keyof SettingValues>(key: K): SettingValues[K] {
    return this.#values[key];
  }

  get all(): SettingValues {
    return this.#values;
  }

  /** Sets a value; `undefined` goes back to the page's default. */
  set<K extends keyof SettingValues>(key: K, value: SettingValues[K]): void {
    this.#values = { ...this.#values, [key]: value };
    try {
      this.#storage?.setItem(KEY, JSON.stringify(this.#values));
    } catch {
      // No room: the setting holds for this tab.
    }
    this.#tell();
  }

  /** Calls the listener at each change, here or in another tab, until the function it returns is called. */
  subscribe(listener: (values: SettingValues) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(): void {
    for (const listener of this.#listeners) listener(this.#values);
  }
}

function localStorageIfAllowed(): Storage | undefined {
  try {
    return globalThis.localStorage;
  } catch {
    return undefined;
  }
}

function parse(text: string | null | undefined): SettingValues {
  try {
    const values: unknown = JSON.parse(text ?? '{}');
    return values !== null && typeof values === 'object' && !Array.isArray(values) ? values : {};
  } catch {
    return {};
  }
}
