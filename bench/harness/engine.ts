/** A page that holds nothing but the engine, in its worker, as the app starts it. */
import { practise } from '../../src/engine/practise';
import { startEngine } from '../../src/engine/start';
import source from '../../src/engine/worker?bundle';
import { decodeTable } from '../../src/table/decode';

const { engine } = startEngine(source);

const bench = {
  /** As the app does when nothing is asked of it. */
  async open() {
    await engine.open();
    await practise(engine);
  },

  /** Detects how the picked file is to be read, and reads it into `table`. */
  async load(table: string, options: { inPlace?: boolean } = {}) {
    const file = document.querySelector('input')!.files![0]!;
    const begun = performance.now();
    const plan = { ...(await engine.sniff(file)), table, ...options };
    const sniffed = performance.now();
    const { relation, rejected } = await engine.ingest('load', file, plan, () => {});
    return { sniff: sniffed - begun, total: performance.now() - begun, rows: relation.rows ?? 0, rejected };
  },

  run: (text: string) => engine.execute('run', { text, parameters: [] }),

  async query(text: string, parameters: readonly number[] = []) {
    const begun = performance.now();
    const bytes = await engine.query('query', { text, parameters });
    const milliseconds = performance.now() - begun;
    return { milliseconds, rows: JSON.stringify([...decodeTable(bytes)].map((row) => Object.values(row as object))) };
  },
};

export type EngineBench = typeof bench;
Object.assign(globalThis, { bench });
