import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext } from 'playwright';
import { chromiumPath, CHROMIUM_FLAGS } from '../test/tools/browser.mjs';
import { watchTasks } from './page/tasks';

export interface Browser {
  readonly context: BrowserContext;
  readonly profile: string;
  close(): Promise<void>;
}

/** A real Chromium with a fresh profile on the disk, so that its caches work as a reader's do. */
export async function openBrowser(): Promise<Browser> {
  const profile = mkdtempSync(join(tmpdir(), 'levain-bench-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: chromiumPath()!,
    args: [...CHROMIUM_FLAGS, '--enable-precise-memory-info'],
    viewport: { width: 1280, height: 860 },
  });
  // The loader that runs this TypeScript names functions with a helper, which pages do not have.
  await context.addInitScript('globalThis.__name = (value) => value');
  await context.addInitScript(watchTasks);
  return {
    context,
    profile,
    close: async () => {
      await context.close();
      rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    },
  };
}

/** Resident memory of the browser's rendering processes together (the page, its workers, the cells' frame), in MB. */
export function renderMemory({ profile }: Browser): number {
  const processes = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const about = new Map(processes.map((id) => [id, { parent: parentOf(id), command: read(id, 'cmdline') }]));
  const root = processes.find((id) => {
    const { command } = about.get(id)!;
    return command.includes(`--user-data-dir=${profile}`) && !command.includes('--type=');
  });
  const within = (id: string): boolean => id === root || (about.has(id) && within(about.get(id)!.parent));
  return processes
    .filter((id) => about.get(id)!.command.includes('--type=renderer') && within(id))
    .reduce((sum, id) => sum + Number(/VmRSS:\s+(\d+)/.exec(read(id, 'status'))?.[1] ?? 0) / 1024, 0);
}

const parentOf = (id: string): string => /PPid:\s+(\d+)/.exec(read(id, 'status'))?.[1] ?? '0';

/** A process may end while it is looked at. */
function read(id: string, file: string): string {
  try {
    return readFileSync(`/proc/${id}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
