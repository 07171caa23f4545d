import { createServer } from 'node:http';
import { readdirSync, readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { marked } from 'marked';
import { BUILT } from '../tools/serve';
import { addressesOf, htmlOf, preludeOf } from './channel';
import { codeChannels } from './code-channels';
import type { Ports } from './listeners';
import { markupChannels, proseChannels } from './markup-channels';
import { sqlChannels } from './sql-channels';

/** Pages without any wall, in which every channel must be heard: the proof that the listeners would have heard it. */
export interface Control {
  readonly url: string;
  /** Channels that asked the control's own host, or read what they must not. */
  readonly heard: ReadonlySet<string>;
  close(): Promise<void>;
}

const ASSETS = resolve(BUILT, 'assets');

export async function startControl(ports: Ports): Promise<Control> {
  const heard = new Set<string>();
  let url = '';
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const [, kind = '', name = ''] = path.split('/');
    if (kind === 'leak' || kind === 'reached') heard.add(name.replace(/\..*$/, ''));
    const file = kind === 'assets' ? asset(name) : content(kind, name, ports, url);
    response.writeHead(file === undefined ? 404 : 200, { 'content-type': typeOf(path, kind) });
    response.end(file);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  url = `http://localhost:${(server.address() as AddressInfo).port}/`;
  return {
    url,
    heard,
    close: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

const typeOf = (path: string, kind: string): string => {
  if (path.endsWith('.wasm')) return 'application/wasm';
  if (path.endsWith('.js') || kind === 'leak') return 'text/javascript';
  return 'text/html; charset=utf-8';
};

function asset(name: string): Buffer | undefined {
  const found = readdirSync(ASSETS).find((file) => file === name);
  return found === undefined ? undefined : readFileSync(resolve(ASSETS, found));
}

/** The database's two files as the build names them. */
function databaseFiles(): { script: string; wasm: string } {
  const files = readdirSync(ASSETS);
  return {
    script: files.find((file) => /^duckdb-browser-eh\.worker.*\.js$/.test(file))!,
    wasm: files.find((file) => /^duckdb-eh.*\.wasm$/.test(file))!,
  };
}

function content(kind: string, file: string, ports: Ports, own: string): string | undefined {
  const id = file.replace(/\.(?:html|js)$/, '');
  const page = (body: string): string => `<!doctype html><meta charset="utf-8"><body>${body}</body>`;
  switch (kind) {
    case '':
      return page(`<script>${SECRETS}</script>`);
    case 'leak':
    case 'reached':
      return '';
    case 'page':
      return page(`<script>${running(id, ports, own)}</script>`);
    case 'worker':
      return file.endsWith('.js') ? running(id, ports, own) : page(`<script>new Worker('/worker/${id}.js')</script>`);
    case 'markup':
      return page(`${markup(id, ports, own)}<script>${CLICK}</script>`);
    case 'sql':
      return page(`<script>${sql(ports, own)}</script>`);
    default:
      return undefined;
  }
}

/** What the page keeps, and what it hears from its frames. */
const SECRETS = `
  const reached = (id) => fetch('/reached/' + id);
  window.ready = (async () => {
    localStorage.setItem('secret', 'secret');
    document.cookie = 'secret=secret';
    await new Promise((done) => { const open = indexedDB.open('secret'); open.onsuccess = done; });
    const folder = await navigator.storage.getDirectory();
    await folder.getFileHandle('secret', {create: true});
    await caches.open('secret');
  })();
  const hear = ({data}) => { if (/^reached [a-z-]+$/.test(data)) reached(data.slice(8)); };
  addEventListener('message', hear);
  new BroadcastChannel('levain-security').onmessage = hear;`;

const CLICK = `setTimeout(() => document.querySelectorAll('.leak-click').forEach((a) => a.dispatchEvent(new MouseEvent('click', {bubbles: true, cancelable: true}))), 100)`;

function running(id: string, ports: Ports, own: string): string {
  const channel = codeChannels.find((candidate) => candidate.id === id)!;
  const reached = `const reached = (value) => { if (value) fetch('/reached/' + ID); };`;
  return `(async () => { ${preludeOf(id, ports, own)} ${reached} ${channel.code} })().catch(() => {})`;
}

function markup(id: string, ports: Ports, own: string): string {
  const addresses = addressesOf(id, ports, own);
  const channel = markupChannels.find((candidate) => candidate.id === id);
  if (channel) return htmlOf(channel.tree(addresses));
  return marked.parse(proseChannels.find((candidate) => candidate.id === id)!.text(addresses), { async: false });
}

/** Runs every statement in DuckDB as it comes: in a worker from the network, with its own settings. */
function sql(ports: Ports, own: string): string {
  const { script, wasm } = databaseFiles();
  const channels = sqlChannels.map(({ id, reads, statements }) => ({
    id,
    reads,
    statements: statements(addressesOf(id, ports, own)),
  }));
  return `
    const channels = ${JSON.stringify(channels)};
    async function start() {
      const worker = new Worker('/assets/${script}');
      const waiting = new Map();
      let last = 0;
      worker.onmessage = ({data}) => { if (data.type !== 'INSTANTIATE_PROGRESS') waiting.get(data.requestId)?.(data); };
      const ask = (type, data) => new Promise((done) => {
        waiting.set(++last, done);
        worker.postMessage({messageId: last, type, data});
      });
      await ask('INSTANTIATE', [location.origin + '/assets/${wasm}', null]);
      await ask('OPEN', {path: ':memory:'});
      await ask('REGISTER_FILE_BUFFER', ['secret.txt', new TextEncoder().encode('secret')]);
      const connection = (await ask('CONNECT', null)).data;
      return {query: (text) => ask('RUN_QUERY', [connection, text]), stop: () => worker.terminate()};
    }
    window.ready = (async () => {
      let database = await start();
      for (const {id, reads, statements} of channels) {
        let answer;
        for (const text of statements) {
          answer = await Promise.race([database.query(text), new Promise((done) => setTimeout(done, 4000))]);
        }
        if (reads && answer?.type === 'QUERY_RESULT' && new TextDecoder('latin1').decode(answer.data).includes('reached')) await fetch('/reached/' + id);
        // A trap leaves the database unusable for what comes after.
        if (answer?.type === 'QUERY_RESULT') continue;
        const alive = await Promise.race([database.query('SELECT 1'), new Promise((done) => setTimeout(done, 1000))]);
        if (alive?.type === 'QUERY_RESULT') continue;
        database.stop();
        database = await start();
      }
    })();`;
}
