import { strings } from '../strings';
import { setDiagnostics, type Diagnostic } from '@codemirror/lint';
import { ViewPlugin, type EditorView, type ViewUpdate } from '@codemirror/view';
import type { Extension } from '@codemirror/state';
import type { Problem } from '../../base/problem';
import type { Finding } from './assist';
import { diagnosticOf } from './diagnostic';

/** After the last key press. */
const PAUSE_MILLISECONDS = 300;

/** The marks under a text: the problem of its last run or compilation, and what is found while it is written. */
export class Marks {
  #problem: Problem | undefined;
  #findings: readonly Finding[] = [];

  setProblem(view: EditorView, problem: Problem | undefined): void {
    this.#problem = problem;
    this.#show(view);
  }

  /** Asks `check` for findings, now and after each pause in the typing. */
  checking(check: (text: string) => Promise<readonly Finding[]>): Extension {
    return ViewPlugin.define((view) => {
      let timer: ReturnType<typeof setTimeout> | undefined;
      let gone = false;
      const look = async (): Promise<void> => {
        const { doc } = view.state;
        const found = await check(doc.toString()).catch(() => []);
        if (gone || view.state.doc !== doc) return;
        this.#findings = found;
        this.#show(view);
      };
      const soon = (milliseconds: number): void => {
        clearTimeout(timer);
        timer = setTimeout(() => void look(), milliseconds);
      };
      soon(0);
      return {
        update: (update: ViewUpdate) => {
          if (!update.docChanged) return;
          this.#findings = [];
          soon(PAUSE_MILLISECONDS);
        },
        destroy: () => {
          gone = true;
          clearTimeout(timer);
          this.#findings = [];
        },
      };
    });
  }

  #show(view: EditorView): void {
    const { doc } = view.state;
    const problem = this.#problem && diagnosticOf(this.#problem, doc);
    const line = problem && doc.lineAt(problem.from).number;
    // What the compiler says of a line in plain words is not said twice.
    const found = this.#findings.filter(
      ({ from, syntax }) => !problem || !(syntax || doc.lineAt(Math.min(from, doc.length)).number === line),
    );
    const marks = found.map((finding) => diagnostic(finding, doc.length));
    view.dispatch(setDiagnostics(view.state, [...(problem ? [problem] : []), ...marks]));
  }
}

function diagnostic({ from, to, severity, message, hint, replacement }: Finding, length: number): Diagnostic {
  const span = { from: Math.min(from, length), to: Math.min(to, length) };
  const use = {
    name: strings.editor.use(replacement ?? ''),
    apply(view: EditorView, start: number, end: number): void {
      if (!view.state.readOnly) view.dispatch({ changes: { from: start, to: end, insert: replacement! } });
    },
  };
  return {
    ...span,
    severity,
    message: hint ? `${message} ${hint}` : message,
    ...(replacement !== undefined && { actions: [use] }),
  };
}
