import { cpus, loadavg, totalmem } from 'node:os';
import { execFileSync } from 'node:child_process';
import { chromiumPath } from '../test/tools/browser.mjs';

/** The machine's size and the versions, in one line. */
export function machine(): string {
  const [cpu] = cpus();
  const chromium = execFileSync(chromiumPath()!, ['--version'], { stdio: ['ignore', 'pipe', 'ignore'] }).toString();
  const memory = Math.round(totalmem() / 1024 ** 3);
  const date = new Date().toISOString().slice(0, 16).replace('T', ' ');
  return `${cpus().length} × ${cpu!.model}, ${memory} GB, ${chromium.trim()}, Node ${process.version}, ${date} UTC`;
}

/** The mean number of threads that wanted a core in the last minute. */
export function loadNow(): string {
  return loadavg()[0]!.toFixed(1);
}
