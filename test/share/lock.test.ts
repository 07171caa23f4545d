import { pbkdf2Sync, createDecipheriv } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { isLocked, lock, unlock } from '../../src/share/lock';
import { strength, suggestPassphrase } from '../../src/share/strength';
import { codeOf } from './code-of';

const PASSPHRASE = 'velvet tractor nine monsoon';
const bytesOf = async (blob: Blob): Promise<Uint8Array<ArrayBuffer>> => new Uint8Array(await blob.arrayBuffer());

describe('a locked file', () => {
  it('opens with its passphrase, also where another keyboard composes its letters otherwise', async () => {
    const content = new Blob(['day,spend\n', new Uint8Array([0, 255, 7])]);
    const locked = await lock(content, 'Käse im Ofen');
    expect(await isLocked(locked)).toBe(true);
    expect(await bytesOf(await unlock(locked, 'Ka\u0308se im Ofen'))).toEqual(await bytesOf(content));
  });

  it('is what it says: AES-256-GCM under PBKDF2-SHA-256 with 600,000 rounds, by another implementation', async () => {
    const bytes = Buffer.from(await bytesOf(await lock(new Blob(['hello']), PASSPHRASE)));
    const key = pbkdf2Sync(PASSPHRASE, bytes.subarray(8, 24), 600_000, 32, 'sha256');
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(24, 36));
    decipher.setAAD(bytes.subarray(0, 36));
    decipher.setAuthTag(bytes.subarray(-16));
    expect(Buffer.concat([decipher.update(bytes.subarray(36, -16)), decipher.final()]).toString()).toBe('hello');
    expect(bytes.subarray(0, 8).toString('latin1')).toBe('LEVAIN\0\x01');
  });

  it('never looks the same twice', async () => {
    const [a, b] = await Promise.all([lock(new Blob(['x']), PASSPHRASE), lock(new Blob(['x']), PASSPHRASE)]);
    expect((await bytesOf(a)).slice(8)).not.toEqual((await bytesOf(b)).slice(8));
  });

  it('is refused with another passphrase, and when any part of it was changed or cut off', async () => {
    const locked = await lock(new Blob(['a secret of some length']), PASSPHRASE);
    expect(await codeOf(unlock(locked, `${PASSPHRASE} `))).toBe('lock-refused');
    const bytes = await bytesOf(locked);
    for (const [at, code] of [
      [3, 'lock-damaged'],
      [7, 'lock-newer'],
      [8, 'lock-refused'],
      [30, 'lock-refused'],
      [40, 'lock-refused'],
      [bytes.length - 1, 'lock-refused'],
    ] as const) {
      const changed = bytes.slice();
      changed[at]! ^= 4;
      expect(await codeOf(unlock(new Blob([changed]), PASSPHRASE)), `byte ${at}`).toBe(code);
    }
    for (const length of [0, 5, 7, 8, 36, 51]) {
      expect(await codeOf(unlock(new Blob([bytes.slice(0, length)]), PASSPHRASE)), `${length} bytes`).toBe(
        'lock-damaged',
      );
    }
    expect(await codeOf(unlock(new Blob([bytes.slice(0, -1)]), PASSPHRASE))).toBe('lock-refused');
    expect(await isLocked(new Blob(['---\nnotebook: 1\n---\n']))).toBe(false);
  });
});

describe('the strength of a passphrase', () => {
  it.each([
    ['', 'weak'],
    ['12345678', 'weak'],
    ['password1', 'weak'],
    ['Sommer2026!', 'weak'],
    ['qwertzuiop', 'weak'],
    ['aaaaaaaaaaaaaaaaaaaa', 'weak'],
    ['bakery-december', 'weak'],
    ['velvet tractor nine', 'fair'],
    ['velvet tractor nine monsoon', 'good'],
    ['velvet tractor nine monsoon harbour', 'strong'],
    ['x7#Kq!p2', 'weak'],
    ['x7#Kq!p2Vd', 'fair'],
    ['x7#Kq!p2Vd%n4', 'good'],
    ['x7#Kq!p2Vd%n4zT', 'strong'],
  ])('of %j is %s', (passphrase, level) => {
    expect(`${strength(passphrase).bits} ${strength(passphrase).level}`).toContain(level);
  });

  it('never falls when signs are added at random', () => {
    for (let length = 1; length < 20; length++) {
      const whole = 'k3#Zq9!mW2%xB7&dLp5?';
      expect(strength(whole.slice(0, length + 1)).bits).toBeGreaterThanOrEqual(strength(whole.slice(0, length)).bits);
    }
  });

  it('of a suggested one is strong, and no two are the same', () => {
    const suggested = Array.from({ length: 200 }, () => suggestPassphrase());
    expect(new Set(suggested).size).toBe(200);
    for (const passphrase of suggested) {
      expect(passphrase).toMatch(/^(?:[a-hjkmnp-z2-9]{5}-){3}[a-hjkmnp-z2-9]{5}$/);
      expect(strength(passphrase).bits, passphrase).toBeGreaterThan(50);
    }
  });
});
