import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { frameScript, frameScriptHash } from '../../src/kernel/frame-script';

it('the hash in the policies is that of the frame script', () => {
  expect(frameScriptHash).toBe(`sha256-${createHash('sha256').update(frameScript).digest('base64')}`);
});
