import * as Comlink from 'comlink';
import { columnFromArray, tableFromColumns, tableToIPC, tableFromIPC } from '@uwdata/flechette';
import { createGate } from '../../src/kernel/gate';
import type { GateEvents, GateHost } from '../../src/kernel/gate-host';
import type { GateOptions } from '../../src/kernel/gate';

/** Relations as Arrow bytes, and an engine that answers `VALUES`-like questions about its parameters: enough to see what crosses. */
const relations = new Map<string, Uint8Array>();
const asked: { run: string; text: string; parameters: unknown[] }[] = [];
const cancelled: string[] = [];

const ipc = (columns: Record<string, unknown[]>): Uint8Array =>
  tableToIPC(tableFromColumns(Object.entries(columns).map(([name, values]) => [name, columnFromArray(values)])), {
    format: 'stream',
  }) as Uint8Array;

const host: GateHost = {
  async insertTable(name, bytes) {
    relations.set(name, bytes);
    const table = tableFromIPC(bytes);
    return {
      columns: table.schema.fields.map(({ name, type }) => ({ name, type: String(type.typeId) })),
      rows: table.numRows,
    };
  },
  async query(run, { text, parameters }) {
    asked.push({ run, text, parameters: [...parameters] });
    if (text.includes('fail'))
      throw Object.assign(new Error('No such table: fail'), {
        problem: { code: 'sql', message: 'No such table: fail', line: 7 },
      });
    if (text.includes('forever')) return new Promise(() => undefined);
    return ipc({ n: [1, 2, 3], label: ['a', 'b', 'c'] });
  },
  async tableBytes(_run, relation) {
    const bytes = relations.get(relation);
    if (!bytes) throw new Error(`No relation ${relation}`);
    return bytes.slice();
  },
  cancel: (run) => void cancelled.push(run),
};

const api = {
  open(port: MessagePort, events: GateEvents, options?: GateOptions) {
    return Comlink.proxy(createGate(port, host, events, options));
  },
  put(name: string, columns: Record<string, unknown[]>): void {
    relations.set(name, ipc(columns));
  },
  rows(name: string): unknown[] | undefined {
    const bytes = relations.get(name);
    return bytes && tableFromIPC(bytes, { useDate: true }).toArray();
  },
  columns: (name: string) => tableFromIPC(relations.get(name)!).names,
  relations: () => [...relations.keys()],
  asked: () => asked.splice(0),
  cancelled: () => cancelled.splice(0),
  prototypeKeys: () => Object.keys(Object.prototype),
};

export type GateWorker = typeof api;
Comlink.expose(api);
