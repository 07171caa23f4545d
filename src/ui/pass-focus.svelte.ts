import { tick } from 'svelte';
import type { Attachment } from 'svelte/attachments';

/**
 * To be attached to two buttons of which one takes the other's place when `turn` changes: the newer one gets the keyboard
 * where the former had it. They are two, so that a press which began on the one never does what the other does.
 */
export function passFocus(turn: () => unknown): Attachment<HTMLElement> {
  let shown: HTMLElement | undefined;
  $effect.pre(() => {
    turn();
    if (shown && document.activeElement === shown) void tick().then(() => shown?.focus({ preventScroll: true }));
  });
  return (button) => void (shown = button);
}
