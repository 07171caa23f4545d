import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize, resolve } from 'node:path';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
  '.csv': 'text/csv',
  '.webmanifest': 'application/manifest+json',
  '.md': 'text/markdown; charset=utf-8',
};

export interface Served {
  /** Where the page stands, with a slash at the end. */
  readonly url: string;
  /** Paths asked for so far, those not found too. */
  readonly requests: string[];
  close(): Promise<void>;
}

/**
 * Serves a folder as any static host would: no headers but the content type, under a sub-path if one is given. Files that
 * `lacking` matches are not found.
 */
export async function serveFolder(folder: string, path = '/', lacking = /^$/): Promise<Served> {
  const root = resolve(folder);
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const asked = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
    requests.push(asked);
    const inside = asked.startsWith(path) && !lacking.test(asked) ? asked.slice(path.length) : undefined;
    const file =
      inside === undefined
        ? ''
        : join(root, normalize(inside === '' || inside.endsWith('/') ? `${inside}index.html` : inside));
    if (!file.startsWith(root) || !existsSync(file) || !statSync(file).isFile()) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' });
    // By the megabyte: the database's 34 take half as long so.
    createReadStream(file, { highWaterMark: 1024 ** 2 }).pipe(response);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `http://localhost:${port}${path}`,
    requests,
    close: () => {
      server.closeAllConnections();
      return new Promise((done) => server.close(() => done()));
    },
  };
}

/** Where the built page is: `dist/`, or the folder that `LEVAIN_DIST` names. */
export const BUILT = process.env.LEVAIN_DIST ?? resolve(import.meta.dirname, '../../dist');

/** Serves the built page. */
export function servePage(path = '/'): Promise<Served> {
  return serveFolder(BUILT, path);
}
