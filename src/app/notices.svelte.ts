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
  /** What it is about: it makes way for a newer notice about the same. Its text, unless said. */
  readonly about: string;
  /** Asked after every change: what the notice says no longer holds, so it goes. */
  readonly over?: (() => boolean) | undefined;
  /** Called when it has gone, for whatever reason. */
  readonly gone?: (() => void) | undefined;
}

const MOST = 4;

/** What may be said of a notice beside its words. */
type Ends = Partial<Pick<Notice, 'about' | 'over' | 'gone'>>;

/** What the page tells the reader in passing, the newest few. */
export class Notices {
  all = $state.raw<readonly Notice[]>([]);
  #next = 1;

  /**
   * Tells the reader something. An earlier notice about the same makes way for it, whose actions are of now, in the same
   * place: a button that is being pressed stays where it is.
   */
  notify(
    text: string,
    tone: Notice['tone'] = 'info',
    actions: NoticeAction | readonly NoticeAction[] = [],
    ends: Ends = {},
  ): void {
    const about = ends.about ?? text;
    const earlier = this.all.find((other) => other.about === about);
    const id = earlier?.id ?? this.#next++;
    const notice: Notice = { id, text, tone, actions: [actions].flat(), ...ends, about };
    this.all = earlier ? this.all.map((other) => (other === earlier ? notice : other)) : [...this.all, notice];
    earlier?.gone?.();
    const oldest = this.all.at(-MOST)?.id ?? 0;
    this.keepOnly(({ id }) => id >= oldest);
  }

  /** Says what was done, with Undo: the last step is taken back as such, and an earlier one by a step of its own. */
  done(session: Session, text: string, undo: () => void, ends: Ends & { also?: NoticeAction } = {}): void {
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
