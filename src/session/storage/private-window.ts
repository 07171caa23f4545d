/**
 * Whether the browser forgets what it keeps once the window is closed: private windows of Firefox and Safari have a
 * database, and no file system of their own. Chromium does not let a page know.
 */
export async function isPrivateWindow(): Promise<boolean> {
  // A page from the disk has no such file system anywhere.
  if (location.protocol === 'file:' || !navigator.storage?.getDirectory) return false;
  return navigator.storage.getDirectory().then(
    () => false,
    (error: unknown) => error instanceof DOMException && error.name === 'SecurityError',
  );
}
