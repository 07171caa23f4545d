import { createSocket, type Socket } from 'node:dgram';
import { createServer as createHttp, type IncomingMessage } from 'node:http';
import { createServer as createTcp, type AddressInfo } from 'node:net';
import { startDns } from './dns';

/** Every channel tries to reach a name of its own under this domain, so that what is heard tells which channel it was. */
export const DOMAIN = 'leak.test';

/** Channels that send datagrams cannot be told apart by a name, so each has a port of its own. */
export type Datagrams = 'webrtc' | 'webtransport';

export interface Ports {
  readonly http: number;
  /** Takes connections and never answers: for channels that connect and send nothing. */
  readonly tcp: number;
  readonly udp: Readonly<Record<Datagrams, number>>;
}

export interface Listeners {
  readonly ports: Ports;
  /** A folder's `resolv.conf` that leads to the DNS listener; absent where there is none. */
  readonly resolver: string | undefined;
  /** Channels heard since the last `forget`, each with how. */
  readonly heard: ReadonlyMap<string, readonly string[]>;
  forget(): void;
  close(): Promise<void>;
}

/** Names of channels in a text: a host, a DNS question, a line of the browser's network log. */
export function channelsIn(text: string): string[] {
  const found: string[] = [];
  const domain = `.${DOMAIN}`;
  // A search for the domain, and from there backwards: a network log is long and full of letters.
  for (let at = text.indexOf(domain); at >= 0; at = text.indexOf(domain, at + 1)) {
    const label = /[a-z0-9-]+$/i.exec(text.slice(Math.max(0, at - 63), at));
    if (label) found.push(label[0].toLowerCase());
  }
  return found;
}

/** Listens for HTTP, WebSocket, TCP, UDP and (where this account may) DNS on this machine alone. */
export async function startListeners(): Promise<Listeners> {
  const heard = new Map<string, string[]>();
  const hear = (channel: string, how: string): void => {
    const ways = heard.get(channel) ?? [];
    if (!ways.includes(how)) heard.set(channel, [...ways, how]);
  };
  const hearRequest = (request: IncomingMessage, how: string): void => {
    for (const channel of channelsIn(request.headers.host ?? '')) hear(channel, how);
  };

  const http = createHttp((request, response) => {
    hearRequest(request, 'HTTP');
    response.writeHead(200, {
      'access-control-allow-origin': '*',
      'access-control-allow-headers': '*',
      'access-control-allow-methods': '*',
      'content-type': request.headers.accept?.includes('event-stream') ? 'text/event-stream' : contentType(request),
    });
    response.end(request.url?.includes('.csv') ? 'a,b\n1,2\n' : '');
  });
  http.on('upgrade', (request, socket) => {
    hearRequest(request, 'WebSocket');
    socket.destroy();
  });
  http.on('clientError', (_, socket) => socket.destroy());
  const tcp = createTcp((socket) => {
    hear('preconnect', 'TCP');
    socket.on('error', () => undefined);
    socket.destroy();
  });
  const udp = { webrtc: createSocket('udp4'), webtransport: createSocket('udp4') };
  for (const [channel, socket] of Object.entries(udp)) socket.on('message', () => hear(channel, 'UDP'));

  await Promise.all([listening(http), listening(tcp), bound(udp.webrtc), bound(udp.webtransport)]);
  const dns = await startDns((name) => channelsIn(name).forEach((channel) => hear(channel, 'DNS')));
  const port = (server: { address(): unknown }): number => (server.address() as AddressInfo).port;
  return {
    ports: {
      http: port(http),
      tcp: port(tcp),
      udp: { webrtc: port(udp.webrtc), webtransport: port(udp.webtransport) },
    },
    resolver: dns?.resolver,
    heard,
    forget: () => heard.clear(),
    close: async () => {
      http.closeAllConnections();
      http.close();
      tcp.close();
      Object.values(udp).forEach((socket) => socket.close());
      await dns?.close();
    },
  };
}

/** A type that the asker will take, so that what follows the first request is tried too. */
function contentType({ headers, url = '' }: IncomingMessage): string {
  const wanted = String(headers['sec-fetch-dest'] ?? '');
  if (/script|worker/.test(wanted) || url.endsWith('.js')) return 'text/javascript';
  if (wanted === 'style') return 'text/css';
  if (wanted === 'json') return 'application/json';
  return wanted === 'document' || wanted === 'iframe' ? 'text/html' : 'text/plain';
}

function listening(server: { listen(port: number, host: string, done: () => void): unknown }): Promise<void> {
  return new Promise((done) => void server.listen(0, '127.0.0.1', () => done()));
}

function bound(socket: Socket): Promise<void> {
  return new Promise((done) => socket.bind(0, '127.0.0.1', () => done()));
}
