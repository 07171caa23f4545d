import { TimeLeft } from './time-left';

/**
 * How much longer a work goes on that has come as far as `share` says (0 to 1), in milliseconds and as far as one can
 * tell; counted down between one share and the next. Called while a component is made.
 */
export function leftOf(share: () => number | undefined): () => number | undefined {
  const pace = new TimeLeft();
  let ticks = $state(0);
  $effect(() => {
    const timer = setInterval(() => ticks++, 1_000);
    return () => clearInterval(timer);
  });
  const left = $derived.by(() => {
    void ticks;
    const now = share();
    return now === undefined ? undefined : pace.after(now, performance.now());
  });
  return () => left;
}
