import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesOf } from './files';
import { parameters } from './parameters';
import { simulateBakery } from './simulate';
import { truthOf } from './truth';

/** `tsx src/demo/write.ts <folder>`: writes the bakery's files and truth.json, and says how large they are. */
function write(folder: string): void {
  const bakery = simulateBakery(parameters);
  const files = { ...filesOf(bakery), 'truth.json': JSON.stringify(truthOf(bakery), null, 1) + '\n' };
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(folder, name), text);
    console.log(`${name.padEnd(16)} ${(Buffer.byteLength(text) / 1e6).toFixed(2).padStart(6)} MB`);
  }
}

const folder = process.argv[2];
if (folder) write(folder);
else {
  console.error('Say where to write: tsx src/demo/write.ts public/demo');
  process.exitCode = 1;
}
