import { chromium, type BrowserContext } from '@playwright/test';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromiumPath, CHROMIUM_FLAGS } from '../tools/browser.mjs';
import { channelsIn, DOMAIN, type Listeners } from './listeners';

/** With these, WebTransport, dns-prefetch and preconnect would be silent in the control too. */
const SILENCING = ['--disable-quic', '--disable-background-networking'];

export interface HeardBrowser {
  /** A profile of its own, and not a private one: those look nothing up ahead of time. */
  readonly context: BrowserContext;
  /** Closes the browser; returns the channels that its own network log names, in any event at all. */
  close(): Promise<ReadonlySet<string>>;
}

/**
 * A Chromium whose every look-up and connection is heard: names lead to the listeners (through the DNS listener, or by a
 * resolver rule where there is none), and the network log is read after it has closed, so that what was asked
 * for but never sent is known too.
 */
export async function startBrowser({ resolver }: Listeners): Promise<HeardBrowser> {
  const folder = await mkdtemp(join(tmpdir(), 'levain-browser-'));
  const log = join(folder, 'net.json');
  const context = await chromium.launchPersistentContext(join(folder, 'profile'), {
    viewport: { width: 1280, height: 860 },
    serviceWorkers: 'allow',
    permissions: ['clipboard-read', 'clipboard-write', 'notifications'],
    executablePath: await executable(folder, resolver),
    ignoreDefaultArgs: SILENCING,
    args: [
      ...CHROMIUM_FLAGS.filter((flag) => !SILENCING.includes(flag)),
      '--disable-popup-blocking',
      '--autoplay-policy=no-user-gesture-required',
      `--log-net-log=${log}`,
      '--net-log-capture-mode=IncludeSensitive',
      ...(resolver ? [] : [`--host-resolver-rules=MAP *.${DOMAIN} 127.0.0.1`]),
    ],
  });
  return {
    context,
    close: async () => {
      await context.close();
      const text = await readFile(log, 'utf8');
      await rm(folder, { recursive: true, force: true });
      return new Set(channelsIn(text));
    },
  };
}

async function executable(folder: string, resolver: string | undefined): Promise<string> {
  const chromium = chromiumPath()!;
  if (!resolver) return chromium;
  const script = join(folder, 'chromium');
  const inside = `mount --bind '${resolver}' /etc/resolv.conf && exec '${chromium}' "$@"`;
  await writeFile(script, `#!/bin/sh\nexec unshare --mount sh -c '${inside.replaceAll("'", "'\\''")}' chromium "$@"\n`);
  await chmod(script, 0o755);
  return script;
}
