import type { Command } from './commands';

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
    const typing = isTyping(event.target);
    const chord = pending && now() < pending.until ? `${pending.key} ${pressed}` : undefined;
    pending = undefined;
    const usable = commands().filter((command) => !typing || command.mode !== 'command');
    const hit =
      usable.find((command) => command.keys?.some((key) => key === chord)) ??
      usable.find((command) => command.keys?.some((key) => key === pressed));
    if (hit) {
      if (hit.enabled && !hit.enabled()) return;
      event.preventDefault();
      hit.run();
    } else if (usable.some((command) => command.keys?.some((key) => key.startsWith(`${pressed} `)))) {
      pending = { key: pressed, until: now() + CHORD_MILLISECONDS };
    }
  };
}

/** `Mod+Shift+Enter`, `?`, `A`, `Alt+ArrowUp`: letters are upper case, Shift is named only where it is not in the character. */
function keyName(event: KeyboardEvent): string {
  const letter = /^[a-z]$/i.test(event.key);
  const key = letter ? event.key.toUpperCase() : event.key;
  const shift = event.shiftKey && (letter || event.key.length > 1);
  return [event.metaKey || event.ctrlKey ? 'Mod+' : '', event.altKey ? 'Alt+' : '', shift ? 'Shift+' : '', key].join(
    '',
  );
}

/** Whether the press belongs to something the reader types into or operates: an editor, a field, the grid, a button with Enter. */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  return (
    target.closest(
      'input, textarea, select, button, [contenteditable=""], [contenteditable="true"], [role="grid"], [role="dialog"], [role="menu"], [role="listbox"], [role="slider"]',
    ) !== null
  );
}
