import { describe, expect, it } from 'vitest';
import { LevainError } from '../../src/base/problem';
import type { Random } from '../../src/base/random';
import { Runtime, type NodeSpec, type NodeState, type RunContext } from '../../src/runtime/runtime';
import { caseRandom } from '../notebook/seeded';
import { tick } from './notation';
import { agrees, Oracle, valueOf, type FuzzSpec } from './oracle';

const GRAPHS = 5000;
const STEPS = 14;
const NAMES = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'A', 'B', 'C'];

const pick = <T>(random: Random, items: readonly T[]): T => items[random.integer(items.length)]!;

/** A notebook under random edits, whose runs end in random order, held against the oracle at every turn. */
class Trial {
  readonly #random: Random;
  readonly #autorun: () => boolean;
  readonly #runtime: Runtime;
  readonly #values = new Map<string, string>();
  /** What somebody asked for, and what may have been taken along for it. */
  readonly #asked = new Set<string>();
  readonly #taken = new Set<string>();
  readonly #lanes = new Set<string>();
  readonly #broken: string[] = [];
  #specs: FuzzSpec[] = [];
  #open: (() => void)[] = [];
  #version = 0;
  #fresh = 0;
  readonly counts: Record<string, number>;
  readonly log: string[] = [];

  constructor(random: Random, counts: Record<string, number>) {
    this.#random = random;
    this.counts = counts;
    const mood = random.integer(3);
    this.#autorun = () => mood === 0 || (mood === 1 && random.uniform() < 0.5);
    this.eager = mood === 0;
    this.#runtime = new Runtime({ run: (id, context) => this.#run(id, context), autorun: this.#autorun });
    const size = 1 + random.integer(9);
    // Mostly a notebook in which names lead downwards, as people write them.
    for (let i = 0; i < size; i++) this.#specs.push(this.#newSpec(random.uniform() < 0.8 ? i : undefined));
    this.#apply();
  }

  readonly eager: boolean;

  async play(): Promise<void> {
    for (let step = 0; step < STEPS; step++) {
      this.#act();
      for (let n = this.#random.integer(3); n > 0; n--) await this.#endOne();
      if (this.#random.uniform() < 0.15) await this.#checkIdle();
    }
    await this.#checkIdle();
    this.log.push('run all');
    this.#ask(this.#specs.map(({ id }) => id));
    this.#runtime.runAll();
    await this.#drain();
    this.#checkAll();
  }

  #act(): void {
    const random = this.#random;
    const at = random.integer(Math.max(1, this.#specs.length));
    const spec = this.#specs[at];
    const choice = spec ? random.integer(14) : 0;
    if (choice === 0) this.#specs.splice(random.integer(this.#specs.length + 1), 0, this.#newSpec(undefined));
    else if (choice === 1) this.#remove(at);
    else if (choice === 2) this.#change(at, this.#randomNames(undefined));
    else if (choice === 3) this.#change(at, { disabled: !spec!.disabled });
    else if (choice === 4) this.#change(at, { fails: !spec!.fails });
    else if (choice === 5) this.#change(at, { problem: spec!.problem ? undefined : { code: 'syntax', message: 'no' } });
    else if (choice === 6) this.#change(at, { outputs: [pick(random, NAMES)] });
    else if (choice === 7) this.#specs.splice(random.integer(this.#specs.length), 0, ...this.#specs.splice(at, 1));
    else if (choice === 8) return this.#askToRun([spec!.id, pick(random, this.#specs).id]);
    else if (choice === 9) return this.#cancel(random.uniform() < 0.2 ? undefined : pick(random, this.#underWay()));
    else if (choice === 10) return this.#askToRun(this.#specs.map(({ id }) => id));
    else if (choice === 11) return this.#touch(at);
    else if (choice === 12) return this.#cancel(pick(random, this.#underWay()));
    else this.#change(at, {});
    this.#apply();
  }

  #apply(): void {
    this.log.push(
      `set ${this.#specs.map((s) => `${s.id}.${s.revision}[${s.inputs}→${s.outputs}]${s.disabled ? '-' : ''}${s.fails ? '!' : ''}`).join(' ')}`,
    );
    this.#runtime.setNodes(this.#specs.map(({ fails: _fails, data: _data, ...spec }) => spec satisfies NodeSpec));
  }

  #askToRun(ids: readonly string[]): void {
    this.log.push(`run ${ids}`);
    this.#ask(ids);
    this.#runtime.run(ids);
    for (const id of ids)
      this.#claim(this.#runtime.state(id)!.status !== 'stale', `${id} was asked for and only stale`);
  }

  /** Something outside changed: the node is run again, or told to be out of date where it cannot or a run is under way. */
  #touch(at: number): void {
    const spec = this.#specs[at]!;
    this.#specs[at] = { ...spec, data: spec.data + 1 };
    const able = !this.#isUnderWay(spec.id) && !new Oracle(this.#specs).problem(spec);
    const again = this.#random.uniform() < 0.5 && able;
    this.log.push(`touch ${spec.id}`);
    if (again) this.#askToRun([spec.id]);
    else this.#runtime.invalidate(spec.id, { because: 'lost' });
  }

  #ask(ids: readonly string[]): void {
    const oracle = new Oracle(this.#specs);
    for (const id of ids) {
      this.#asked.add(id);
      this.#taken.add(id);
      for (const ancestor of oracle.ancestors(id)) this.#taken.add(ancestor);
    }
  }

  #cancel(id: string | undefined): void {
    this.log.push(`cancel ${id ?? ''}`);
    // What was stopped is not asked for any more.
    for (const each of id === undefined ? this.#specs.map((spec) => spec.id) : [id]) {
      if (this.#isUnderWay(each)) this.#asked.delete(each);
    }
    this.#runtime.cancel(id);
  }

  #underWay(): string[] {
    const ids = this.#specs.map(({ id }) => id);
    const found = ids.filter((id) => this.#isUnderWay(id));
    return found.length > 0 ? found : ids;
  }

  #isUnderWay(id: string): boolean {
    return ['queued', 'running'].includes(this.#runtime.state(id)!.status);
  }

  #newSpec(place: number | undefined): FuzzSpec {
    const random = this.#random;
    const lane = pick(random, [undefined, 'engine', 'kernel', 'kernel']);
    const flags = { fails: random.uniform() < 0.08, disabled: random.uniform() < 0.05 };
    return {
      id: `n${this.#fresh++}`,
      revision: 0,
      data: 0,
      ...this.#randomNames(place),
      ...(lane && { lane }),
      ...flags,
    };
  }

  /** With a place: its own name, and inputs from the names above it; without: anything. */
  #randomNames(place: number | undefined): Pick<FuzzSpec, 'inputs' | 'outputs'> {
    const random = this.#random;
    const range = place === undefined ? NAMES : NAMES.slice(0, Math.min(place, 8));
    const count = range.length === 0 ? 0 : random.integer(4);
    const inputs = Array.from({ length: count }, () => pick(random, range));
    if (place !== undefined) return { inputs, outputs: [NAMES[place] ?? `x${place}`] };
    return { inputs, outputs: Array.from({ length: random.integer(10) ? 1 : 2 }, () => pick(random, NAMES)) };
  }

  #change(at: number, change: Partial<FuzzSpec>): void {
    const spec = this.#specs[at]!;
    this.#specs[at] = { ...spec, ...change, revision: Number(spec.revision) + 1 };
  }

  #remove(at: number): void {
    const [spec] = this.#specs.splice(at, 1);
    this.#values.delete(spec!.id);
  }

  /** A cell's run: it reads what its inputs hold now, takes its time, and keeps its result unless it was aborted. */
  async #run(id: string, context: RunContext): Promise<void> {
    this.log.push(`start ${id}`);
    this.#count('runs');
    const oracle = new Oracle(this.#specs);
    const spec = oracle.spec(id);
    this.#claim(this.#taken.has(id), `${id} ran unasked`);
    this.#claim(context.version > this.#version, 'a version did not grow');
    this.#version = context.version;
    const inputs: string[] = [];
    for (const name of new Set(spec.inputs.map((input) => input.toLowerCase()))) {
      for (const definer of oracle.definers(name)) {
        this.#claim(this.#runtime.state(definer.id)?.status === 'ok', `${id} ran before ${definer.id} was there`);
        inputs.push(`${name}=${this.#values.get(definer.id)}`);
      }
    }
    const value = valueOf(spec, inputs);
    this.#claim(value === oracle.value(id), `${id} read what the notebook does not say`);
    const { lane } = spec;
    if (lane) {
      this.#claim(!this.#lanes.has(lane), `two ran in the lane ${lane}`);
      this.#lanes.add(lane);
    }
    await new Promise<void>((resolve) => this.#open.push(resolve));
    if (lane) this.#lanes.delete(lane);
    const current =
      this.#runtime.state(id)?.status === 'running' && valueOf(new Oracle(this.#specs).spec(id), inputs) === value;
    this.#claim(context.signal.aborted || current, `${id} was superseded and not told`);
    this.log.push(`end ${id}${context.signal.aborted ? ' (aborted)' : ''}`);
    if (context.signal.aborted) {
      this.#count('aborted');
      // Late results come in all forms: as if nothing had been, or as some error.
      if (this.#random.uniform() < 0.5) throw new Error('too late');
      return;
    }
    if (spec.fails) throw new LevainError({ code: 'fails', message: 'fails' });
    this.#values.set(id, value);
  }

  async #endOne(): Promise<void> {
    if (this.#open.length > 0) this.#open.splice(this.#random.integer(this.#open.length), 1)[0]!();
    await tick();
    expect(this.#broken).toEqual([]);
  }

  /** Also where a throw would be taken for the run's own error. */
  #claim(holds: boolean, otherwise: string): void {
    if (!holds) this.#broken.push(otherwise);
  }

  async #drain(): Promise<void> {
    let idle = false;
    void this.#runtime.idle().then(() => (idle = true));
    for (let n = 0; !idle; n++) {
      if (n > 1000) throw new Error('never idle');
      await this.#endOne();
    }
    expect(this.#open.length).toBe(0);
    expect(this.#broken).toEqual([]);
  }

  /** In the middle of a history: what is ok is right, what is broken is broken, and what may stand still does. */
  async #checkIdle(): Promise<void> {
    await this.#drain();
    const states = new Map(this.#specs.map(({ id }) => [id, this.#runtime.state(id)!]));
    const stopped = new Set([...states.keys()].filter((id) => hasStopped(states.get(id)!)));
    const oracle = new Oracle(this.#specs, stopped);
    for (const [id, state] of states) {
      const outcome = oracle.outcome(id);
      this.#count(`idle ${state.status}`);
      if (state.status === 'ok') {
        expect(outcome, id).toEqual({ status: 'ok', value: this.#values.get(id) });
      } else if (state.status === 'cancelled') {
        expect(oracle.problem(oracle.spec(id)), id).toBeUndefined();
      } else if (state.status === 'stale') {
        // It could run, but somebody has to ask: for it, or for something that it needs.
        expect(['ok', 'error', 'blocked'], id).toContain(outcome.status);
        expect(oracle.problem(oracle.spec(id)), id).toBeUndefined();
        const lacking = [id, ...oracle.ancestors(id)].some((node) => !this.#asked.has(node));
        if (this.eager) expect(lacking, `${id} waits for nothing`).toBe(true);
      } else {
        expect(agrees(state, outcome), `${id} is ${JSON.stringify(state)}, should be ${JSON.stringify(outcome)}`).toBe(
          true,
        );
      }
    }
  }

  #checkAll(): void {
    const oracle = new Oracle(this.#specs);
    for (const { id } of this.#specs) {
      const [state, outcome] = [this.#runtime.state(id), oracle.outcome(id)];
      this.#count(`final ${outcome.status === 'error' ? outcome.code : outcome.status}`);
      expect(agrees(state, outcome), `${id} is ${JSON.stringify(state)}, should be ${JSON.stringify(outcome)}`).toBe(
        true,
      );
      if (outcome.status === 'ok') expect(this.#values.get(id), id).toBe(outcome.value);
    }
  }

  #count(what: string): void {
    this.counts[what] = (this.counts[what] ?? 0) + 1;
  }
}

const hasStopped = (state: NodeState): boolean =>
  state.status === 'cancelled' || (state.status === 'error' && state.problem.code === 'fails');

describe('the runtime', () => {
  it(`agrees with computing everything anew, in ${GRAPHS} random notebooks under ${STEPS} random edits, runs and cancels each`, async () => {
    const counts: Record<string, number> = {};
    for (let seed = 0; seed < GRAPHS; seed++) {
      const trial = new Trial(caseRandom(seed), counts);
      try {
        await trial.play();
      } catch (error) {
        throw new Error(`seed ${seed}: ${(error as Error).message}\n${trial.log.join('\n')}`, { cause: error });
      }
    }
    // The fuzz is worth something only if all of this came about, and often.
    for (const what of ['ok', 'fails', 'blocked', 'disabled', 'cycle', 'duplicate-name', 'syntax']) {
      expect(counts[`final ${what}`], what).toBeGreaterThan(250);
    }
    for (const what of ['runs', 'aborted', 'idle ok', 'idle stale', 'idle blocked', 'idle cancelled']) {
      expect(counts[what], what).toBeGreaterThan(250);
    }
  }, 120_000);
});
