import { setLocale } from '../base/locale';
import type { SettingValues, Settings } from '../session/storage/settings';
import type { Command } from './command';
import { applyTheme, type Theme } from './theme';

/** How the reader wants the page: each choice is kept in the browser and holds at once, in other tabs too. */
export class Preferences {
  readonly #settings: Settings;
  #values = $state.raw<SettingValues>({});

  constructor(settings: Settings) {
    this.#settings = settings;
    this.#take();
    settings.subscribe(() => this.#take());
  }

  get theme(): Theme {
    return this.#values.theme ?? 'system';
  }
  set theme(theme: Theme) {
    this.#settings.set('theme', theme);
  }

  get density(): 'comfortable' | 'compact' {
    return this.#values.density ?? 'comfortable';
  }
  set density(density: 'comfortable' | 'compact') {
    this.#settings.set('density', density);
  }

  get locale(): string | undefined {
    return this.#values.locale;
  }
  set locale(locale: string | undefined) {
    this.#settings.set('locale', locale);
  }

  get autorun(): boolean {
    return this.#values.autorun ?? true;
  }
  set autorun(autorun: boolean) {
    this.#settings.set('autorun', autorun);
  }

  /** The commands under the reader's own keys. */
  keyed(commands: readonly Command[]): readonly Command[] {
    const own = this.#values.keys ?? {};
    return commands.map((command) => {
      const keys = own[command.id];
      return keys === undefined ? command : { ...command, keys: keys === '' ? [] : [keys] };
    });
  }

  /** Gives a command other keys, and takes them from the command that had them: gives that one's title. */
  setKeys(commands: readonly Command[], id: string, keys: string): string | undefined {
    const former = keys === '' ? undefined : this.keyed(commands).find((other) => other.keys?.includes(keys));
    const own = { ...this.#values.keys, [id]: keys };
    if (former && former.id !== id) own[former.id] = former.keys!.find((other) => other !== keys) ?? '';
    this.#settings.set('keys', own);
    return former && former.id !== id ? former.title : undefined;
  }

  resetKeys(): void {
    this.#settings.set('keys', undefined);
  }

  #take(): void {
    const { theme, density, locale, autorun, keys } = this.#settings.all;
    this.#values = { theme, density, locale, autorun, keys };
    applyTheme(this.theme);
    document.documentElement.toggleAttribute('data-compact', this.density === 'compact');
    setLocale(locale);
  }
}
