import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { build, loadConfigFromFile, type Plugin } from 'vite';

const ROOT = resolve(import.meta.dirname, '../..');

/**
 * Builds storage-harness.ts and serves it at `/`; what a page posts to `/report` is handed to `onReport`. `script` runs
 * in the page beside the harness, where no driver can reach it.
 */
export async function serveHarness(
  onReport: (text: string) => void = () => {},
  script = '',
): Promise<{ url: string; close: () => void }> {
  const built = await buildHarness();
  const server: Server = createServer((request, response) => {
    if (request.method === 'POST') {
      let text = '';
      request.on('data', (part: Buffer) => (text += part.toString()));
      request.on('end', () => {
        onReport(text);
        response.end();
      });
      return;
    }
    const isScript = request.url === '/harness.js';
    const frame = '<iframe sandbox="allow-scripts" src="/"></iframe>';
    const page = `<!doctype html><meta charset="utf-8"><title>Storage</title><input type="file">
      ${request.url === '/sandboxed' ? frame : `<script type="module" src="/harness.js"></script><script>${script}</script>`}`;
    // The opaque origin of a sandboxed frame loads a module only with this header.
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
    response.end(isScript ? built : page);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return { url: `http://localhost:${port}`, close: () => server.close() };
}

async function buildHarness(): Promise<string> {
  const loaded = await loadConfigFromFile({ command: 'build', mode: 'production' }, resolve(ROOT, 'vite.config.ts'));
  const plugins = (loaded!.config.plugins ?? []).flat(9) as Plugin[];
  const result = await build({
    configFile: false,
    root: ROOT,
    logLevel: 'warn',
    publicDir: false,
    plugins: plugins.filter((plugin) => plugin.name === 'levain:bundle'),
    build: {
      write: false,
      target: 'es2022',
      lib: { entry: resolve(import.meta.dirname, 'storage-harness.ts'), formats: ['es'] },
    },
  });
  const [{ output }] = result as unknown as [{ output: { type: string; code?: string }[] }];
  return output.find((part) => part.type === 'chunk')!.code!;
}
