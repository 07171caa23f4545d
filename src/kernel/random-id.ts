/**
 * 128 random bits as a text. `crypto.randomUUID` is only there in secure contexts, and neither the kernel's opaque frame
 * nor a page from plain HTTP is one.
 */
export function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
