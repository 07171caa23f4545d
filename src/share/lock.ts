import { LevainError } from '../base/problem';

/** PBKDF2 rounds: what OWASP asks for with SHA-256; 0.2 s on an ordinary computer, and as long for every guess. */
const ROUNDS = 600_000;
const SALT = 16;
const NONCE = 12;
/** AES-GCM appends its tag. */
const TAG = 16;
/** `LEVAIN`, a zero that no text file has there, and the version of the envelope. */
const MAGIC = new Uint8Array([0x4c, 0x45, 0x56, 0x41, 0x49, 0x4e, 0x00, 0x01]);
const HEADER = MAGIC.length + SALT + NONCE;

/** WebCrypto takes a file whole: with more than this the page could run out of memory. */
export const MOST_LOCKED_BYTES = 1e9;

/** Whether a file is one of {@link lock}, by its first bytes. */
export async function isLocked(file: Blob): Promise<boolean> {
  const start = new Uint8Array(await file.slice(0, MAGIC.length - 1).arrayBuffer());
  return start.length === MAGIC.length - 1 && start.every((byte, i) => byte === MAGIC[i]);
}

/**
 * Encrypts a file with a passphrase: AES-256-GCM under a key of PBKDF2-HMAC-SHA-256 with 600,000 rounds.
 *
 * The result is `LEVAIN\0`, a byte for the version (1), 16 bytes of salt, 12 of nonce, and the ciphertext with its tag.
 * All before the ciphertext is authenticated with it. Salt and nonce are new each time; the passphrase counts in Unicode's
 * form NFKC, so that it fits whichever keyboard wrote it.
 */
export async function lock(content: Blob, passphrase: string): Promise<Blob> {
  if (content.size > MOST_LOCKED_BYTES) {
    throw new LevainError({
      code: 'lock-too-large',
      message: `The notebook with its data has ${(content.size / 1e9).toFixed(1)} GB, more than the page can encrypt at once.`,
      hint: 'Share it without the data, or put the archive into a program that encrypts files.',
    });
  }
  const header = new Uint8Array(HEADER);
  header.set(MAGIC);
  crypto.getRandomValues(header.subarray(MAGIC.length));
  const sealed = await crypto.subtle.encrypt(
    parametersOf(header),
    await keyOf(passphrase, header),
    await content.arrayBuffer(),
  );
  return new Blob([header, sealed], { type: 'application/octet-stream' });
}

/**
 * The content of a file of {@link lock}. Rejects with `lock-refused` when the passphrase is another or the file was
 * changed or cut short (which of them cannot be known), `lock-newer` or `lock-damaged`.
 */
export async function unlock(file: Blob, passphrase: string): Promise<Blob> {
  const header = new Uint8Array(await file.slice(0, HEADER).arrayBuffer());
  if (!(await isLocked(file)) || file.size < HEADER + TAG) {
    throw new LevainError({
      code: 'lock-damaged',
      message: 'The encrypted file was cut short, or is none of Levain’s.',
      hint: 'Ask for it again.',
    });
  }
  if (header[MAGIC.length - 1] !== MAGIC.at(-1)) {
    throw new LevainError({
      code: 'lock-newer',
      message: 'The file was encrypted by a newer version of Levain.',
      hint: 'Reload the page and open it again.',
    });
  }
  const sealed = await file.slice(HEADER).arrayBuffer();
  try {
    return new Blob([await crypto.subtle.decrypt(parametersOf(header), await keyOf(passphrase, header), sealed)]);
  } catch (error) {
    throw new LevainError(
      {
        code: 'lock-refused',
        message: 'The passphrase does not fit, or the file was changed since it was encrypted.',
        hint: 'Check small and capital letters; if it should fit, ask for the file again.',
      },
      { cause: error },
    );
  }
}

function parametersOf(header: Uint8Array<ArrayBuffer>): AesGcmParams {
  return { name: 'AES-GCM', iv: header.subarray(HEADER - NONCE), additionalData: header, tagLength: 8 * TAG };
}

async function keyOf(passphrase: string, header: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  const words = new TextEncoder().encode(passphrase.normalize('NFKC'));
  const secret = await crypto.subtle.importKey('raw', words, 'PBKDF2', false, ['deriveKey']);
  const salt = header.subarray(MAGIC.length, MAGIC.length + SALT);
  const derivation = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: ROUNDS };
  return crypto.subtle.deriveKey(derivation, secret, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}
