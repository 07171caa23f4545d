import { median } from './measure';

/** The median of the CPU seconds that `rounds` runs take on this process, after one run to warm up. */
export function cpuSeconds(rounds: number, run: () => unknown): number {
  run();
  const taken = Array.from({ length: rounds }, () => {
    const before = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1e6;
  });
  return median(taken);
}
