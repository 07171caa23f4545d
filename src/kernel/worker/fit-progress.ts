import type { FitProgress } from '../../stats/mix/fit';

/** Tells the page how far a run is: a share from 0 to 1, and a line of text. */
export type Tell = (share: number, label: string) => void;

/** How often the line changes: drawing it takes from the chains' own processors. */
const TELL_MILLISECONDS = 250;

/**
 * Gathers the progress of all chains into one line. How long it takes yet is judged where the line is shown.
 *
 * @param now milliseconds, as `performance.now` gives them
 */
export function fitProgress(tell: Tell, now: () => number = () => performance.now()): (progress: FitProgress) => void {
  let told = -Infinity;
  const latest = new Map<number, FitProgress>();
  return (progress) => {
    latest.set(progress.chain, progress);
    const seen = [...latest.values()];
    const done = seen.reduce((sum, one) => sum + one.done, 0);
    const total = progress.total * progress.chains;
    if (done < total && now() - told < TELL_MILLISECONDS) return;
    told = now();
    const divergences = seen.reduce((sum, one) => sum + one.divergences, 0);
    const count = (n: number): string => n.toLocaleString('en');
    const bad = divergences === 0 ? '' : `, ${count(divergences)} divergent`;
    tell(done / total, `${count(done)} of ${count(total)} steps in ${count(progress.chains)} chains${bad}`);
  };
}
