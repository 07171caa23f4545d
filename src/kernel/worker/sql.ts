import { LevainError, type Problem } from '../../base/problem';
import type { Send } from './link';
import { Rows } from './rows';
import { toBound } from './values';

/** Asks the engine on behalf of cells and brings back its answers. */
export class Queries {
  #last = 0;
  readonly #waiting = new Map<number, { resolve: (rows: Rows) => void; reject: (problem: Problem) => void }>();
  readonly #send: Send;

  constructor(send: Send) {
    this.#send = send;
  }

  /** The `sql` of one run: a tagged template whose `${…}` are bound as parameters, never pasted into the text. */
  tag(id: string) {
    return (strings: TemplateStringsArray, ...values: unknown[]): Promise<Rows> => {
      if (!Array.isArray(strings) || !('raw' in strings))
        throw new TypeError('Write sql`SELECT …`, without parentheses.');
      const text = strings.reduce((text, part, i) => `${text}$${i}${part}`);
      const parameters = values.map((value) => toBound(value));
      // The stack of the call, for the line of the cell: the answer comes from elsewhere.
      const { stack } = new Error();
      const query = ++this.#last;
      return new Promise((resolve, fail) => {
        const reject = (problem: Problem): void => {
          const error = new LevainError(withoutPlace(problem));
          if (stack !== undefined) error.stack = stack;
          fail(error);
        };
        this.#waiting.set(query, { resolve, reject });
        this.#send({ type: 'query', id, query, text, parameters });
      });
    };
  }

  answer(query: number, bytes: Uint8Array): void {
    const waiting = this.#waiting.get(query);
    this.#waiting.delete(query);
    try {
      waiting?.resolve(Rows.decode(bytes));
    } catch (error) {
      waiting?.reject({ code: 'unexpected', message: `The result could not be read: ${String(error)}` });
    }
  }

  refuse(query: number, problem: Problem): void {
    this.#waiting.get(query)?.reject(problem);
    this.#waiting.delete(query);
  }
}

/** The engine's place is one in the SQL text; the cell's own is where `sql` stands. */
function withoutPlace({ code, message, hint, subject }: Problem): Problem {
  return { code, message, ...(hint === undefined ? {} : { hint }), ...(subject === undefined ? {} : { subject }) };
}
