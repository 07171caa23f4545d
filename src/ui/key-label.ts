const APPLE = /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? '');

const KEYS: Readonly<Record<string, string>> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: 'Esc',
};
const APPLE_KEYS: Readonly<Record<string, string>> = { Mod: '⌘', Shift: '⇧', Alt: '⌥' };

/**
 * A chord as it stands on the reader's keyboard.
 *
 * @param chord as commands name it: `Mod+Shift+Enter`, `Alt+ArrowUp`, `D`
 * @example keyLabel('Mod+ArrowUp', false) // => 'Ctrl+↑'
 * @example keyLabel('Mod+Shift+Enter', true) // => '⌘⇧Enter'
 */
export function keyLabel(chord: string, apple = APPLE): string {
  const keys = chord.split('+').map((key) => {
    if (apple && APPLE_KEYS[key]) return APPLE_KEYS[key];
    return key === 'Mod' ? 'Ctrl' : (KEYS[key] ?? key);
  });
  return keys.join(apple ? '' : '+');
}

/**
 * The ways to call a command, each a sequence of chords as they are labelled.
 *
 * @param keys alternatives between commas, sequences between spaces
 * @example keyWays('D D, Mod+Y', false) // => [['D', 'D'], ['Ctrl+Y']]
 */
export function keyWays(keys: string, apple = APPLE): readonly (readonly string[])[] {
  return keys.split(', ').map((way) => way.split(' ').map((chord) => keyLabel(chord, apple)));
}

/** The ways to call a command in one line: `K or ↑`. */
export function keysLabel(keys: string, apple = APPLE): string {
  return keyWays(keys, apple)
    .map((way) => way.join(' '))
    .join(' or ');
}
