import type { Page } from '@playwright/test';
import { preludeOf } from './channel';
import { codeChannels } from './code-channels';
import type { Ports } from './listeners';

/**
 * Runs TypeScript's channels in a worker of a frame that is the kernel's own in every way but one: the kernel's script,
 * which takes the network's natives away, is not loaded. What holds here is the content security policy and the opaque
 * origin alone, as it would for code that had won everything back.
 *
 * @returns what was reached that must not be
 */
export async function runBehindFirstWall(page: Page, ports: Ports, own: string): Promise<readonly string[]> {
  const running = codeChannels.map(
    ({ id, code }) =>
      `(async () => { ${preludeOf(id, ports, own)} const reached = (value) => { if (value) port.postMessage(ID + ' ' + value); }; ${code} })().catch(() => {});`,
  );
  // What spoils natives for others stands last in the list, and one that throws at once must not end the rest.
  const source = `onmessage = ({ports: [port]}) => {
    port.postMessage('started');
    ${running.map((text) => `try { ${text} } catch {}`).join('\n')}
    setTimeout(() => port.postMessage('ended'), 2000);
  };`;
  return page.evaluate(async (source) => {
    const kernel = document.querySelector<HTMLIFrameElement>('iframe[title="Kernel"]')!;
    const frame = document.createElement('iframe');
    frame.setAttribute('sandbox', kernel.getAttribute('sandbox')!);
    frame.srcdoc = kernel.srcdoc;
    const loaded = new Promise((done) => frame.addEventListener('load', done, { once: true }));
    document.body.append(frame);
    await loaded;
    const control = new MessageChannel();
    frame.contentWindow!.postMessage(null, '*', [control.port2]);
    const heard = new MessageChannel();
    const told: string[] = [];
    const ended = new Promise<void>((done) => {
      heard.port1.onmessage = ({ data }: MessageEvent<string>) => (data === 'ended' ? done() : told.push(data));
    });
    control.port1.onmessage = ({ data }) => told.push(JSON.stringify(data));
    control.port1.postMessage({ type: 'start', source }, [heard.port2]);
    await ended;
    return told;
  }, source);
}
