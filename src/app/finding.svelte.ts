import { tick } from 'svelte';
import { problemOf, type Problem } from '../base/problem';
import { findAll, namesFound, replaceMatches, type Match, type Query } from '../notebook/find';
import { strings } from '../ui/strings';
import type { Workspace } from './workspace.svelte';

/** Find and replace over all cells of the open notebook. */
export class Finding {
  readonly #workspace: Workspace;

  open = $state(false);
  replacing = $state(false);
  query = $state.raw<Query>({ text: '', matchCase: false, word: false, regex: false });
  replacement = $state('');
  #at = $state(0);

  readonly #found = $derived.by((): { readonly matches: readonly Match[]; readonly problem?: Problem } => {
    if (!this.open) return { matches: [] };
    try {
      return { matches: findAll(this.#workspace.notebook?.cells ?? [], this.query) };
    } catch (error) {
      return { matches: [], problem: problemOf(error) };
    }
  });
  readonly #byCell = $derived.by(() => {
    const cells = new Map<string, Match[]>();
    for (const match of this.#found.matches) {
      const there = cells.get(match.cell);
      if (there) there.push(match);
      else cells.set(match.cell, [match]);
    }
    return cells;
  });

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  get matches(): readonly Match[] {
    return this.#found.matches;
  }

  /** Why nothing is found: the pattern is none. */
  get problem(): Problem | undefined {
    return this.#found.problem;
  }

  /** Which match the reader is at, from 1; 0 where there is none. */
  get position(): number {
    return this.matches.length === 0 ? 0 : Math.min(this.#at, this.matches.length - 1) + 1;
  }

  get current(): Match | undefined {
    return this.matches[this.position - 1];
  }

  in(cell: string): readonly Match[] {
    return this.#byCell.get(cell) ?? [];
  }

  /** Opens the bar, with what is selected on the page as what to look for. */
  show(replacing: boolean): void {
    const chosen = getSelection()?.toString() ?? '';
    this.replacing = replacing && this.#workspace.writable;
    this.open = true;
    this.#workspace.mode = 'command';
    if (chosen !== '' && !chosen.includes('\n')) this.query = { ...this.query, text: chosen };
    this.#start();
  }

  look(query: Query): void {
    this.query = query;
    this.#start();
  }

  step(by: 1 | -1): void {
    const count = this.matches.length;
    if (count === 0) return;
    this.#at = (this.position - 1 + by + count) % count;
    this.#reveal();
  }

  replace(): void {
    const match = this.current;
    if (!match || !this.#put([match])) return;
    const after = match.from + this.replacement.length;
    const next = this.matches.findIndex(({ cell, from }) => this.#isAfter(cell, from, match.cell, after));
    this.#at = Math.max(0, next);
    this.#reveal();
  }

  replaceAll(): void {
    const places = this.matches;
    const cells = new Set(places.map(({ cell }) => cell)).size;
    if (!this.#put(places)) return;
    const kept = namesFound(this.#workspace.notebook?.cells ?? [], this.query);
    const undo = { label: strings.undo, run: () => this.#workspace.undo() };
    const after = this.#workspace.notebook;
    this.#workspace.notices.notify(strings.find.replaced(places.length, cells, kept), 'info', undo, {
      over: () => this.#workspace.notebook !== after,
    });
  }

  /** Closes the bar; the reader goes on writing at the match they were at. */
  close(): void {
    const match = this.current;
    this.open = false;
    if (match) void tick().then(() => this.#workspace.writeAt(match));
  }

  #put(places: readonly Match[]): boolean {
    const cells = this.#workspace.notebook?.cells ?? [];
    const edit = replaceMatches(cells, places, this.query, this.replacement);
    return edit !== undefined && this.#workspace.edit(edit);
  }

  /** The first match at or below the selected cell. */
  #start(): void {
    const { selected } = this.#workspace;
    const first = this.matches.findIndex(({ cell, from }) => this.#isAfter(cell, from, selected ?? '', 0));
    this.#at = Math.max(0, first);
    this.#reveal();
  }

  #isAfter(cell: string, from: number, other: string, at: number): boolean {
    if (cell === other) return from >= at;
    const order = (id: string): number => this.#workspace.cells.findIndex((view) => view.cell.id === id);
    return order(cell) > order(other);
  }

  #reveal(): void {
    const match = this.current;
    if (!match) return;
    this.#workspace.mode = 'command';
    this.#workspace.selected = match.cell;
  }
}
