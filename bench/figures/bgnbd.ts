import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fitBuyers } from '../../src/stats/value/fit-buyers';
import { groupHistories } from '../../src/stats/value/histories';
import { cdnowMaster, hasReference } from '../../test/stats/value/known-customers';
import { cpuSeconds } from '../cpu';
import { DATA } from '../data';
import type { Bench, Figure } from '../figure';
import { median, times } from '../measure';
import { hasPython, runPython } from '../rivals/python';

const ROUNDS = 7;
const REACH = 0.2;

type Found = Record<string, { seconds: number[]; loglik: number; evaluations: number }>;

/** BG/NBD on CDNOW's 23,570 customers, three starts and standard errors, beside one start of scipy; CPU seconds. */
export const bgnbd: Bench = () => {
  if (!hasReference) return Promise.resolve([{ what: 'BG/NBD', ours: 'not measured: CDNOW is not there' }]);
  const histories = cdnowMaster();
  const { frequency, recency, age, customers } = groupHistories(histories);
  let fit = fitBuyers(histories, { model: 'bg-nbd' });
  const ours = cpuSeconds(ROUNDS, () => (fit = fitBuyers(histories, { model: 'bg-nbd' })));
  const what = `BG/NBD, ${histories.frequency.length.toLocaleString('en')} customers`;
  const told = `${ours.toFixed(3)} CPU s for three starts and errors, ${frequency.length.toLocaleString('en')} distinct histories`;
  if (!hasPython('scipy')) {
    return Promise.resolve([{ what, ours: told, rival: 'not installed: apt install python3-scipy' }]);
  }
  const beside = (name: string, rows: readonly (readonly number[])[]): Figure => {
    const path = join(DATA, 'bgnbd.f64');
    writeFileSync(path, new Uint8Array(Float64Array.from(rows.flat()).buffer));
    const found = runPython('bgnbd.py', path, String(rows.length), String(ROUNDS)) as Found;
    const arrived = Object.entries(found).filter(([, { loglik }]) => Math.abs(loglik - fit.logLikelihood) < 0.01);
    if (arrived.length === 0) throw new Error(`scipy came to ${JSON.stringify(found)}, we to ${fit.logLikelihood}`);
    const [method, { seconds, evaluations }] = arrived.toSorted(
      ([, a], [, b]) => median(a.seconds) - median(b.seconds),
    )[0]!;
    const ratio = ours / median(seconds);
    return {
      what: `${what}, scipy ${name}`,
      ours: `${told} (${times(ratio)})`,
      rival: `${method}, one start without errors: ${median(seconds).toFixed(3)} CPU s, ${evaluations} evaluations`,
      reach: times(REACH),
      met: ratio <= REACH,
    };
  };
  return Promise.resolve([
    beside(
      'with a row a customer',
      histories.frequency.map((x, i) => [x, histories.recency[i]!, histories.age[i]!, 1]),
    ),
    beside(
      'with our distinct histories',
      Array.from(frequency, (x, g) => [x, recency[g]!, age[g]!, customers[g]!]),
    ),
  ]);
};
