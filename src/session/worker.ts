import { expose, proxy } from 'comlink';
import { exposeEngine } from '../engine/expose';
import { createGate } from '../kernel/gate';
import type { GateHost } from '../kernel/gate-host';
import { GATE_MESSAGE, type GateKeeper } from './gate-port';

/**
 * The worker between the page, the database and user code. The engine's client lives here, and so does the gate: a flood
 * of messages from a cell fills this thread, not the page's.
 */
const MEGABYTE = 1024 ** 2;

/** More than this does not fit into a TypeScript cell beside everything else; SQL has no such bound. */
const MAX_TABLE_BYTES = 256 * MEGABYTE;

const engine = exposeEngine();

const host: GateHost = {
  insertTable: (name, bytes) => engine.insert(name, bytes),
  query: (run, statement) => engine.query(run, statement, { maxBytes: MAX_TABLE_BYTES }),
  tableBytes: (run, relation) =>
    engine.query(run, { text: `SELECT * FROM ${quoted(relation)}`, parameters: [] }, { maxBytes: MAX_TABLE_BYTES }),
  cancel: (run) => void engine.cancel(run),
};

const keeper: GateKeeper = {
  connect: (port, onOutput, onPatch, onDead) => proxy(createGate(port, host, { onOutput, onPatch, onDead })),
};

globalThis.addEventListener('message', ({ data, ports }: MessageEvent<unknown>) => {
  if (data === GATE_MESSAGE && ports[0]) expose(keeper, ports[0]);
});

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
