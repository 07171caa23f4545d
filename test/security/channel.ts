import { DOMAIN, type Ports } from './listeners';

/** A way in which a notebook might reach something it must not. */
export interface CodeChannel {
  /** Letters, digits, hyphens; the first label of the name it tries to reach. */
  readonly id: string;
  /**
   * JavaScript that may use `HTTP`, `HTTPS`, `WS`, `HOST`, `UDP`, `TCP` (addresses of this channel), `OWN` (an address on
   * the page's own host) and `reached(value)` (something was read that must not be). Globals are reached through
   * `globalThis`, so that what is missing fails at run time.
   */
  readonly code: string;
  /** What the control runs it in: a worker, a framed page, or a tab of its own. */
  readonly control: 'worker' | 'page' | 'tab';
}

export type Markup =
  | string
  | { readonly tag: string; readonly attrs?: Record<string, string>; readonly children?: readonly Markup[] };

export interface MarkupChannel {
  readonly id: string;
  readonly tree: (address: Addresses) => Markup;
}

export interface Addresses {
  readonly http: string;
  readonly https: string;
  readonly ws: string;
  readonly host: string;
  /** The host and port without a protocol, after `//`. */
  readonly bare: string;
  readonly tcp: string;
  /** An address on the page's own host, where no file of the build stands. */
  readonly own: string;
}

export function addressesOf(id: string, ports: Ports, own: string): Addresses {
  const host = `${id}.${DOMAIN}`;
  return {
    http: `http://${host}:${ports.http}/${id}`,
    https: `https://${host}:${ports.http}/${id}`,
    ws: `ws://${host}:${ports.http}/${id}`,
    bare: `${host}:${ports.http}/${id}`,
    host,
    tcp: `http://${host}:${ports.tcp}/`,
    own: `${own}leak/${id}`,
  };
}

/**
 * Statements that define what a channel's code may use, `reached` aside.
 *
 * @param own the address of the page's own host, with a slash at its end
 */
export function preludeOf(id: string, ports: Ports, own: string): string {
  const addresses = addressesOf(id, ports, own);
  const udp = id === 'webtransport' ? ports.udp.webtransport : ports.udp.webrtc;
  const constants = {
    ID: id,
    HTTP: addresses.http,
    HTTPS: addresses.https,
    WS: addresses.ws,
    HOST: addresses.host,
    TCP: addresses.tcp,
    UDP: udp,
    OWN: addresses.own,
  };
  return Object.entries(constants)
    .map(([name, value]) => `const ${name} = ${JSON.stringify(value)};`)
    .join(' ');
}

/** Markup as HTML text. */
export function htmlOf(markup: Markup): string {
  if (typeof markup === 'string') return markup;
  const attrs = Object.entries(markup.attrs ?? {}).map(
    ([name, value]) => ` ${name}="${value.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"`,
  );
  const inside = (markup.children ?? []).map(htmlOf).join('');
  return /^(?:img|link|meta|base|input|embed|source|track)$/.test(markup.tag)
    ? `<${markup.tag}${attrs.join('')}>`
    : `<${markup.tag}${attrs.join('')}>${inside}</${markup.tag}>`;
}
