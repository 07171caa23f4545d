import { createRawSnippet } from 'svelte';
import { describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../src/ui/base.css';
import Dialog from '../../src/ui/Dialog.svelte';

async function opened() {
  const children = createRawSnippet(() => ({ render: () => '<p>Text <input type="file" /></p>' }));
  const onclose = vi.fn();
  const { container } = await render(Dialog, { label: 'Settings', onclose, children });
  return { dialog: container.querySelector('dialog')!, onclose };
}

describe('a dialog', () => {
  it('tells that Escape ended it before the next key can come, and once', async () => {
    const { dialog, onclose } = await opened();
    dialog.dispatchEvent(new Event('cancel'));
    expect(onclose).toHaveBeenCalledTimes(1);
    expect(dialog.open).toBe(false);
    await new Promise((done) => dialog.addEventListener('close', done, { once: true }));
    expect(onclose).toHaveBeenCalledTimes(1);
  });

  it('ends by the key itself, by a press beside it and when it is closed from within', async () => {
    const ends: ((dialog: HTMLDialogElement) => unknown)[] = [
      () => userEvent.keyboard('{Escape}'),
      (dialog) => dialog.click(),
      (dialog) => dialog.close(),
    ];
    for (const end of ends) {
      const { dialog, onclose } = await opened();
      await end(dialog);
      await expect.poll(() => onclose.mock.calls.length).toBe(1);
      dialog.remove();
    }
  });

  it('gives the focus back when it is taken away while it stands', async () => {
    const button = document.body.appendChild(document.createElement('button'));
    button.focus();
    const children = createRawSnippet(() => ({ render: () => '<input />' }));
    const onclose = vi.fn();
    const { unmount } = await render(Dialog, { label: 'Commands', onclose, children });
    expect(document.activeElement).not.toBe(button);
    await unmount();
    expect(document.activeElement).toBe(button);
    expect(onclose).not.toHaveBeenCalled();
    button.remove();
  });

  it('stays when a file dialog within it is cancelled, or its text is pressed', async () => {
    const { dialog, onclose } = await opened();
    dialog.querySelector('input')!.dispatchEvent(new Event('cancel', { bubbles: true }));
    dialog.querySelector('p')!.click();
    expect(dialog.open).toBe(true);
    expect(onclose).not.toHaveBeenCalled();
  });
});
