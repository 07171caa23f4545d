import { registerSW } from 'virtual:pwa-register';

/** Keeps the page for use without a network. `onUpdate` is told when a newer version waits, with how to change to it. */
export function keepOffline(onUpdate: (change: () => void) => void): void {
  const update = registerSW({
    onNeedRefresh: () => onUpdate(() => void update(true)),
  });
}
