import { firstOf } from '../../base/listed';
import { LevainError, type Problem } from '../../base/problem';
import type { EncodedTable } from '../../table/encode';
import type { KernelInput } from '../kernel';
import type { RunMessage, ToKernel } from '../protocol';
import { compileCell, isName, VALUE_NAME, type CompiledCell, type Readers } from './compile';
import { createConsole } from './console';
import { Element } from './dom/node';
import { Surfaces } from './dom/surfaces';
import { createInput } from './input';
import { putBack } from './intrinsics';
import type { Send } from './link';
import { problemAt } from './locate';
import { Rows } from './rows';
import { scopeOf } from './scope';
import { shown, tableOf } from './show';
import { Queries } from './sql';
import { takeUnheard } from './unheard';
import { toBound } from './values';

/** Bytes of a table sent in one message. */
const CHUNK = 8 * 1024 * 1024;

/** The cells of a notebook: the values they defined, the tables they read, the drawings they made. */
export class Cells {
  readonly #send: Send;
  readonly #queries: Queries;
  readonly #surfaces = new Surfaces();
  readonly #values = new Map<string, unknown>();
  /** How many rows each list had that SQL reads as a table, when it was sent. */
  readonly #sent = new WeakMap<object, number>();
  readonly #tables = new Map<string, { readonly version: number; readonly rows: Rows }>();

  constructor(send: Send) {
    this.#send = send;
    this.#queries = new Queries(send);
  }

  receive(message: ToKernel): void {
    switch (message.type) {
      case 'table':
        this.#tables.set(message.relation, { version: message.version, rows: Rows.decode(message.bytes) });
        return;
      case 'run':
        return void this.#run(message);
      case 'evaluate':
        return void this.#evaluate(message);
      case 'answer':
        return this.#queries.answer(message.query, message.bytes);
      case 'refusal':
        return this.#queries.refuse(message.query, message.problem);
      case 'forget':
        for (const name of message.names) this.#values.delete(name);
        return;
      case 'pointer':
        return void this.#point(message);
    }
  }

  async #run({ id, cell, code, inputs, outputs, tables, controls }: RunMessage): Promise<void> {
    const send = this.#send;
    const { console, flush } = createConsole(id, send);
    this.#surfaces.drop(cell);
    let compiled: CompiledCell | undefined;
    let pending = 0;
    let chain: Promise<unknown> = Promise.resolve();

    const sendTable = ({ bytes, warnings }: EncodedTable, defined?: string): void => {
      for (const warning of warnings) console.warn(warning);
      const name = defined === undefined ? {} : { defined };
      for (let at = 0; at === 0 || at < bytes.length; at += CHUNK) {
        const part = bytes.slice(at, at + CHUNK);
        send({ type: 'relation', id, ...name, part: at + CHUNK >= bytes.length ? 'last' : 'more' }, part.buffer);
      }
    };
    const show = (value: unknown): void => {
      const form = shown(value, (drawing) => this.#surfaces.keep(cell, drawing));
      if ('table' in form) sendTable(form.table);
      else send({ type: 'show', id, output: form.output });
    };
    // Drawings are finished in a microtask (tips), promises later: what comes after them waits its turn.
    const display = (value: unknown): void => {
      if (pending === 0 && !(value instanceof Element) && !isThenable(value)) return show(value);
      pending += 1;
      chain = chain
        .then(() => value)
        .then((settled) => Promise.resolve(settled))
        .then(show)
        .finally(() => (pending -= 1));
      chain.catch(() => undefined);
    };
    const progress = (share?: number | null, label = ''): void => {
      const known = typeof share === 'number' && share >= 0 && share <= 1 ? { share } : {};
      send({ type: 'progress', id, label: String(label).slice(0, 200), ...known });
    };

    try {
      refuseSpoilt();
      const input = createInput({
        controls,
        show: (output) => send({ type: 'show', id, output }),
        warn: console.warn,
      });
      const scope = {
        ...scopeOf({ sql: this.#queries.tag(id), input, display, progress, console }),
        ...this.#read(inputs),
      };
      compiled = await compileCell(code, Object.keys(scope), outputs);
      let readers: Readers = { names: {}, value: () => undefined };
      let failure: { error: unknown } | undefined;
      try {
        await compiled.run(scope)((given) => (readers = given));
        const value = await readers.value();
        if (value !== undefined) display(value);
        await chain;
      } catch (error) {
        failure = { error };
      }
      const { changed } = refuseSpoilt();
      if (failure) throw failure.error;
      const defined = await this.#define(readers, tables, sendTable);
      for (const name of this.#changed(inputs)) console.warn(changedHere(name));
      if (changed.length > 0) console.warn(putBackHere(changed));
      for (const { what, error } of await takeUnheard()) console.error(what, error);
      flush();
      send({ type: 'done', id, values: defined });
    } catch (error) {
      flush();
      send({ type: 'done', id, values: [], problem: problemAt(error, compiled) });
    }
  }

  /** The names a cell reads, as values of its scope. */
  #read(inputs: readonly KernelInput[]): Record<string, unknown> {
    const scope: Record<string, unknown> = {};
    for (const input of inputs) {
      if (!isName(input.name)) continue;
      if (input.from === 'kernel') scope[input.name] = this.#values.get(input.name);
      else scope[input.name] = this.#tables.get(input.relation)?.rows;
    }
    return scope;
  }

  /** The lists of other cells that SQL reads and that have other rows now than it was given. */
  #changed(inputs: readonly KernelInput[]): string[] {
    return inputs.flatMap(({ name, from }) => {
      const value = from === 'kernel' ? this.#values.get(name) : undefined;
      const sent = Array.isArray(value) ? this.#sent.get(value) : undefined;
      return sent === undefined || sent === (value as unknown[]).length ? [] : [name];
    });
  }

  /** Keeps what a cell defined; tables that SQL reads go to the engine too. */
  async #define(
    readers: Readers,
    tables: readonly string[],
    sendTable: (table: EncodedTable, defined: string) => void,
  ): Promise<string[]> {
    const defined: string[] = [];
    for (const [name, read] of Object.entries(readers.names)) {
      let value: unknown;
      try {
        value = await read();
      } catch {
        // Not reached: the cell returned before its declaration.
        this.#values.delete(name);
        continue;
      }
      this.#values.set(name, value);
      defined.push(name);
      const table = tables.includes(name) ? tableOf(value) : undefined;
      if (table) sendTable(table, name);
      if (table && Array.isArray(value)) this.#sent.set(value, value.length);
    }
    return defined;
  }

  async #evaluate({ id, as, expressions, inputs }: Extract<ToKernel, { type: 'evaluate' }>): Promise<void> {
    const { lost } = putBack();
    const scope = {
      ...scopeOf({ sql: undefined, input: undefined, display: undefined, progress: undefined, console: undefined }),
      ...this.#read(inputs),
    };
    const results = await Promise.all(
      expressions.map((expression) =>
        lost.length > 0 ? { ok: false as const, problem: spoilt(lost) } : evaluated(expression, scope, as),
      ),
    );
    this.#send({ type: 'evaluated', id, results });
  }

  async #point({ surface, event }: Extract<ToKernel, { type: 'pointer' }>): Promise<void> {
    for (const { path, node } of await this.#surfaces.point(surface, event)) {
      this.#send({ type: 'patch', surface, path: [...path], node });
    }
  }
}

type Evaluation = Extract<Parameters<Send>[0], { type: 'evaluated' }>['results'][number];

async function evaluated(
  expression: string,
  scope: Record<string, unknown>,
  as: 'parameters' | 'prose',
): Promise<Evaluation> {
  const before = `${VALUE_NAME}=(`;
  let compiled: CompiledCell | undefined;
  try {
    compiled = await compileCell(`${before}${expression}\n);`, Object.keys(scope), []);
    let readers: Readers | undefined;
    await compiled.run(scope)((given) => (readers = given));
    const value = await readers?.value();
    const isNone = typeof value === 'number' && !Number.isFinite(value);
    return { ok: true, value: as === 'prose' && isNone ? String(value) : toBound(value) };
  } catch (error) {
    const place = compiled && { url: compiled.url, offset: compiled.offset + before.length };
    return { ok: false, problem: problemAt(error, place) };
  }
}

const isThenable = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function';

/** Puts back what cells share; throws where that cannot be done any more. */
function refuseSpoilt(): { readonly changed: readonly string[] } {
  const { changed, lost } = putBack();
  if (lost.length > 0) throw new LevainError(spoilt(lost));
  return { changed };
}

const spoilt = (names: readonly string[]): Problem => ({
  code: 'spoilt',
  message: `A cell has changed ${firstOf(names, 3)} for good, which every cell uses: what cells work out now could be wrong.`,
  hint: 'Take that out of the cell, and reload the page.',
});

const putBackHere = (names: readonly string[]): string =>
  `${firstOf(names, 3)} ${names.length === 1 ? 'is' : 'are'} as before again: every cell uses ${names.length === 1 ? 'it' : 'them'}. Make a function of your own instead.`;

const changedHere = (name: string): string =>
  `${name} has other rows now than SQL reads, which keeps those it was made with. Make a list of its own: const more = [...${name}, …].`;
