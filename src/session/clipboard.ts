/** What the clipboard holds as text and, where the browser tells, as HTML. Rejects where the page may not read it. */
export async function readClipboard(
  clipboard: Clipboard = navigator.clipboard,
): Promise<{ text: string; html: string }> {
  if (!('read' in clipboard)) return { text: await (clipboard as Clipboard).readText(), html: '' };
  const as = async (type: string): Promise<string> => {
    const item = items.find(({ types }) => types.includes(type));
    return item ? (await item.getType(type)).text() : '';
  };
  const items = await clipboard.read();
  return { text: await as('text/plain'), html: await as('text/html') };
}
