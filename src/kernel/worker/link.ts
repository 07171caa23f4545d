import { own } from './lockdown';
import type { FromKernel, ToKernel } from '../protocol';

/** Sends a message to the gate. */
export type Send = (message: FromKernel, bytes?: ArrayBuffer) => void;

/**
 * Waits for the port that the frame hands over, once, and speaks to the gate through it. The port stays in this closure;
 * natives are those from before any user code ran.
 */
export function connect(receive: (message: ToKernel, send: Send) => void): void {
  own.addEventListener(
    'message',
    (event) => {
      const port = (own.apply(own.portsOf, event, []) as readonly MessagePort[])[0]!;
      const send: Send = (message, bytes) => {
        const text = own.stringify(message);
        if (bytes) own.apply(own.post, port, [[text, bytes], [bytes]]);
        else own.apply(own.post, port, [text]);
      };
      port.onmessage = (event) => receive(own.apply(own.dataOf, event, []) as ToKernel, send);
      send({ type: 'ready' });
    },
    { once: true },
  );
}
