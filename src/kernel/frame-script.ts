/**
 * The only script that runs on the frame's main thread. It waits for a control port, starts the kernel worker from the
 * source it is given, hands the worker its port, and from then on only answers pings. Its hash stands in the content
 * security policies of the page and of the frame, so it must not change at run time.
 */
export const frameScript = `'use strict';
addEventListener('message', (hello) => {
  if (hello.source !== parent) return;
  const control = hello.ports[0];
  let url;
  let worker;
  control.onmessage = ({ data, ports }) => {
    if (data.type === 'ping') return control.postMessage({ type: 'pong', n: data.n });
    if (worker) worker.terminate();
    worker = undefined;
    if (data.type !== 'start') return;
    url ??= URL.createObjectURL(new Blob([data.source], { type: 'text/javascript' }));
    worker = new Worker(url, { name: 'kernel' });
    worker.onerror = (event) => control.postMessage({ type: 'failed', message: String(event.message) });
    worker.postMessage(null, [ports[0]]);
  };
}, { once: true });`;

/** The script's SHA-256, as policies name it. A constant, since a page from plain HTTP has no `crypto.subtle`. */
export const frameScriptHash = 'sha256-st2Ga50k09c08Cgl27g1keeFux2VZABgtXSA0TXB5fs=';
