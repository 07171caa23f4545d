import { own } from './lockdown';

interface Unheard {
  /** How it came to pass, in words. */
  readonly what: string;
  readonly error: unknown;
}

/** What failed where no code of the cell could hear of it, since it was last asked for; more than these are not told of. */
const unheard: Unheard[] = [];
const MOST = 10;

function note(what: string, error: unknown): void {
  if (unheard.length < MOST) unheard.push({ what, error });
}

own.addEventListener('unhandledrejection', ({ reason }) => {
  note('A promise failed that nobody awaits (write await before it):', reason);
});
own.addEventListener('error', ({ error }) => note('What a timer was to run failed:', error));

/** What has failed unheard. The browser tells of a failed promise only once the task that made it has ended. */
export async function takeUnheard(): Promise<readonly Unheard[]> {
  for (let turn = 0; turn < 2; turn++) await new Promise<void>((next) => own.setTimeout(next));
  return unheard.splice(0);
}
