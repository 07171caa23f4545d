import { spawnSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** An address of this machine's own that nothing else is likely to use. */
const ADDRESS = '127.53.86.17';

export interface Dns {
  /** A `resolv.conf` that names this listener. */
  readonly resolver: string;
  close(): Promise<void>;
}

/**
 * A name server that hears every question and answers 127.0.0.1. It needs port 53 and a mount namespace (so that the
 * browser alone gets another `resolv.conf`), which is to say root on Linux; elsewhere there is none.
 */
export async function startDns(onQuestion: (name: string) => void): Promise<Dns | undefined> {
  if (spawnSync('unshare', ['--mount', 'true'], { stdio: 'ignore' }).status !== 0) return undefined;
  const socket = createSocket('udp4');
  const free = await new Promise<boolean>((done) => {
    socket.once('error', () => done(false));
    socket.bind(53, ADDRESS, () => done(true));
  });
  if (!free) {
    socket.close();
    return undefined;
  }
  socket.on('message', (question, from) => {
    const { name, type, end } = readQuestion(question);
    onQuestion(name);
    socket.send(answer(question, end, type), from.port, from.address);
  });
  const folder = await mkdtemp(join(tmpdir(), 'levain-dns-'));
  const resolver = join(folder, 'resolv.conf');
  await writeFile(resolver, `nameserver ${ADDRESS}\noptions timeout:1 attempts:1\n`);
  return {
    resolver,
    close: async () => {
      socket.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The name and the type asked for, and where the question ends (RFC 1035, section 4.1.2). */
function readQuestion(message: Buffer): { name: string; type: number; end: number } {
  const labels: string[] = [];
  let at = 12;
  while (message[at]) {
    labels.push(message.toString('latin1', at + 1, at + 1 + message[at]!));
    at += 1 + message[at]!;
  }
  return { name: labels.join('.'), type: message.readUInt16BE(at + 1), end: at + 5 };
}

const A = 1;

/** One address for A, nothing for any other type. */
function answer(question: Buffer, end: number, type: number): Buffer {
  const header = Buffer.from(question.subarray(0, 12));
  header.writeUInt16BE(0x8580, 2);
  header.writeUInt16BE(type === A ? 1 : 0, 6);
  header.writeUInt32BE(0, 8);
  const record = Buffer.from([0xc0, 12, 0, A, 0, 1, 0, 0, 0, 1, 0, 4, 127, 0, 0, 1]);
  return Buffer.concat([header, question.subarray(12, end), ...(type === A ? [record] : [])]);
}
