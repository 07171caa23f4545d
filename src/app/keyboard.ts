import type { Command } from './command';

/** How long a first key waits for its second (`D D`), in milliseconds. */
const CHORD_MILLISECONDS = 800;

/**
 * Turns key presses into commands. Keys of command mode are left alone while something is being typed into; keys with
 * Mod or Alt work everywhere. Returns the function to give to `keydown`.
 */
export function keyboard(
  commands: () => readonly Command[],
  now: () => number = () => performance.now(),
): (event: KeyboardEvent) => void {
  let pending: { key: string; until: number } | undefined;

  return (event) => {
    if (event.defaultPrevented || event.isComposing) return;
    const pressed = keyName(event);
    const place = placeOf(event.target);
    const chord = pending && now() < pending.until ? `${pending.key} ${pressed}` : undefined;
    pending = undefined;
    // Undo belongs to the notebook wherever no text is typed: the browser's own would take back what was typed elsewhere.
    // No control has the question mark for a key of its own.
    const free = place === 'page' || (place === 'control' && (pressed.startsWith('Mod+') || pressed === '?'));
    const usable = commands().filter((command) => free || command.mode !== 'command');
    const hit =
      usable.find((command) => command.keys?.some((key) => key === chord)) ??
      usable.find((command) => command.keys?.some((key) => key === pressed));
    if (hit) {
      const enabled = hit.enabled?.() ?? true;
      if (enabled || pressed.startsWith('Mod+')) event.preventDefault();
      if (enabled) hit.run();
    } else if (usable.some((command) => command.keys?.some((key) => key.startsWith(`${pressed} `)))) {
      pending = { key: pressed, until: now() + CHORD_MILLISECONDS };
    }
  };
}

/** `Mod+Shift+Enter`, `?`, `A`, `Alt+ArrowUp`: letters are upper case, Shift is named only where it is not in the character. */
export function keyName(event: KeyboardEvent): string {
  // With Option a Mac writes another sign than the key's own.
  const own = event.altKey ? /^Key([A-Z])$/.exec(event.code)?.[1] : undefined;
  const letter = own !== undefined || /^[a-z]$/i.test(event.key);
  const key = own ?? (letter ? event.key.toUpperCase() : event.key);
  const shift = event.shiftKey && (letter || event.key.length > 1);
  return [event.metaKey || event.ctrlKey ? 'Mod+' : '', event.altKey ? 'Alt+' : '', shift ? 'Shift+' : '', key].join(
    '',
  );
}

/**
 * Whom the press belongs to: a text that is typed into, a control that has keys of its own (a slider, a list, a button
 * with Enter, the grid), or the page.
 */
function placeOf(target: EventTarget | null): 'text' | 'control' | 'page' {
  if (!(target instanceof Element)) return 'page';
  const within = (selectors: string): boolean => target.closest(selectors) !== null;
  const plain = 'input:is([type=range], [type=checkbox], [type=radio], [type=color], [type=button], [type=file])';
  if (within(`input:not(${plain}), textarea, [contenteditable=""], [contenteditable="true"]`)) return 'text';
  return within(
    'input, select, button, [role="grid"], [role="dialog"], [role="menu"], [role="listbox"], [role="slider"]',
  )
    ? 'control'
    : 'page';
}
