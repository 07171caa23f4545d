import { own } from './lockdown';

/** Promises that failed without anybody awaiting them, since they were last asked for; more than these are not told of. */
const unheard: unknown[] = [];
const MOST = 10;

own.addEventListener('unhandledrejection', ({ reason }) => {
  if (unheard.length < MOST) unheard.push(reason);
});

/** What has failed unheard. The browser tells of a failed promise only once the task that made it has ended. */
export async function takeUnheard(): Promise<readonly unknown[]> {
  for (let turn = 0; turn < 2; turn++) await new Promise<void>((next) => own.setTimeout(next));
  return unheard.splice(0);
}
