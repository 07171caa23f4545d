/**
 * Pieces of bytes as one, in their order.
 *
 * @param allocate Gives memory of so many bytes, or more; new memory where it is absent.
 * @example concat([new Uint8Array([1]), new Uint8Array([2, 3])]) // => Uint8Array [1, 2, 3]
 */
export function concat(
  parts: readonly Uint8Array[],
  allocate: (bytes: number) => ArrayBuffer = (bytes) => new ArrayBuffer(bytes),
): Uint8Array<ArrayBuffer> {
  const size = parts.reduce((sum, part) => sum + part.length, 0);
  const whole = new Uint8Array(allocate(size), 0, size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
