import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { build, loadConfigFromFile, type Plugin } from 'vite';
import { DATA } from './data';

const ROOT = join(import.meta.dirname, '..');
const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
  '.webmanifest': 'application/manifest+json',
};

export interface Site {
  readonly url: string;
  close(): void;
}

/** Serves a folder as a usual static host does: an entity tag, and ten minutes in the browser's cache. */
export async function serve(folder: string): Promise<Site> {
  const server = createServer((request, response) => {
    const asked = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
    const file = join(folder, normalize(asked.endsWith('/') ? `${asked}index.html` : asked));
    if (!file.startsWith(folder) || !existsSync(file) || !statSync(file).isFile()) {
      response.writeHead(404).end();
      return;
    }
    const { mtime, size } = statSync(file);
    const tag = `"${mtime.getTime().toString(36)}-${size.toString(36)}"`;
    const headers = { etag: tag, 'last-modified': mtime.toUTCString(), 'cache-control': 'max-age=600' };
    if (request.headers['if-none-match'] === tag) {
      response.writeHead(304, headers).end();
      return;
    }
    const type = TYPES[extname(file)] ?? 'application/octet-stream';
    response.writeHead(200, { ...headers, 'content-type': type, 'content-length': size });
    createReadStream(file).pipe(response);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `http://localhost:${port}/`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Builds the pages of `harness/` with the project's own plugins. Returns the folder. */
export async function buildHarness(): Promise<string> {
  const root = join(import.meta.dirname, 'harness');
  const outDir = join(DATA, 'harness');
  const loaded = await loadConfigFromFile({ command: 'build', mode: 'production' }, join(ROOT, 'vite.config.ts'));
  const { define } = loaded!.config;
  const plugins = (loaded!.config.plugins ?? []).flat(9) as Plugin[];
  await build({
    configFile: false,
    root,
    base: './',
    logLevel: 'error',
    publicDir: false,
    ...(define && { define }),
    plugins: plugins.filter((plugin) => plugin.name === 'levain:bundle'),
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2022',
      assetsInlineLimit: 0,
      rollupOptions: { input: { engine: join(root, 'engine.html'), rival: join(root, 'rival.html') } },
    },
  });
  return outDir;
}
