import { problemOf, type Problem } from '../base/problem';
import type { Session } from '../session/session';
import { strings } from '../ui/strings';

export interface NoticeAction {
  readonly label: string;
  readonly run: () => void;
}

export interface Notice {
  readonly id: number;
  readonly text: string;
  readonly tone: 'info' | 'problem';
  readonly actions: readonly NoticeAction[];
  /** Asked after every change: what the notice says no longer holds, so it goes. */
  readonly over?: (() => boolean) | undefined;
  /** Called when it has gone, for whatever reason. */
  readonly gone?: (() => void) | undefined;
}

const MOST = 4;

/** What the page tells the reader in passing, the newest few. */
export class Notices {
  all = $state.raw<readonly Notice[]>([]);
  #next = 1;

  /** Tells the reader something. A notice with the same words makes way for the newer one, whose actions are of now. */
  notify(
    text: string,
    tone: Notice['tone'] = 'info',
    actions: NoticeAction | readonly NoticeAction[] = [],
    ends: Pick<Notice, 'over' | 'gone'> = {},
  ): void {
    const notice: Notice = { id: this.#next++, text, tone, actions: [actions].flat(), ...ends };
    this.keepOnly((other) => other.text !== text);
    this.all = [...this.all, notice];
    const oldest = this.all.at(-MOST)?.id ?? 0;
    this.keepOnly(({ id }) => id >= oldest);
  }

  /** Says what was done, with Undo: the last step is taken back as such, and an earlier one by a step of its own. */
  done(
    session: Session,
    text: string,
    undo: () => void,
    ends: Pick<Notice, 'over' | 'gone'> & { also?: NoticeAction } = {},
  ): void {
    const after = session.notebook;
    const run = (): void => (session.notebook === after ? session.undo() : undo());
    const { also, ...rest } = ends;
    this.notify(text, 'info', [...(also ? [also] : []), { label: strings.undo, run }], rest);
  }

  tell(problem: Problem): void {
    this.notify(problem.hint ? `${problem.message} ${problem.hint}` : problem.message, 'problem');
  }

  /** Does something the reader asked for; what goes wrong is told. */
  async attempt(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.tell(problemOf(error));
    }
  }

  dismiss(id: number): void {
    this.keepOnly((notice) => notice.id !== id);
  }

  /** Something has changed: what no longer holds goes. */
  review(): void {
    this.keepOnly((notice) => !notice.over?.());
  }

  keepOnly(stays: (notice: Notice) => boolean): void {
    const going = this.all.filter((notice) => !stays(notice));
    if (going.length === 0) return;
    this.all = this.all.filter(stays);
    for (const notice of going) notice.gone?.();
  }
}
