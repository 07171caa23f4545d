import {
  pickedCompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
  type CompletionSource,
} from '@codemirror/autocomplete';
import type { EditorView } from '@codemirror/view';
import type { Assist, Explanation, Offer, SqlAssist } from './assist';
import { explanation } from './explanation';

/** Completes with what knows the language; where it has nothing to say (in the SQL of a template), by names. */
export function completeByTypes(assist: Assist, byNames: CompletionSource): CompletionSource {
  return completeBy(/[.'"`]/, byNames, async (text, at) => {
    const found = await assist.complete(text, at);
    return found && { ...found, explain: (offer) => assist.explain(text, at, offer.label) };
  });
}

/** Completes SQL with the notebook's tables and the database's functions; names that are no plain word are quoted. */
export function completeSql(assist: SqlAssist, byNames: CompletionSource): CompletionSource {
  return completeBy(/\./, byNames, async (text, at) => {
    const found = await assist.complete(text, at);
    if (!found) return undefined;
    const offers = found.offers.map((offer) => (PLAIN.test(offer.label) ? offer : quoted(offer, found)));
    const explain = ({ detail, text, label }: Offer): Promise<Explanation | undefined> =>
      Promise.resolve(text === undefined ? undefined : { type: `${label}${detail}`, text });
    return { ...found, offers, explain };
  });
}

const PLAIN = /^[\p{L}_][\p{L}\p{N}_]*$/u;

const quoted = (offer: Offer, { from, to }: { from: number; to: number }): Offer => ({
  ...offer,
  write: { from, to, text: `"${offer.label.replaceAll('"', '""')}"` },
});

interface Answer {
  readonly from: number;
  readonly offers: readonly Offer[];
  readonly explain: (offer: Offer) => Promise<Explanation | undefined>;
}

function completeBy(
  opens: RegExp,
  byNames: CompletionSource,
  ask: (text: string, at: number) => Promise<Answer | undefined>,
): CompletionSource {
  return async (context: CompletionContext): Promise<CompletionResult | null> => {
    const word = context.matchBefore(/[\p{ID_Start}$_][\p{ID_Continue}$]*/u);
    const before = context.state.sliceDoc(Math.max(0, context.pos - 1), context.pos);
    if (!word && !context.explicit && !opens.test(before)) return null;
    const found = await ask(context.state.doc.toString(), context.pos).catch(() => undefined);
    if (!found) return byNames(context);
    // A word that is whole already is not offered.
    const options = found.offers.filter((offer) => offer.label !== word?.text);
    const whole = new Set(found.offers.map((offer) => offer.label));
    return {
      from: found.from,
      options: options.map((offer) => completion(offer, found.explain)),
      validFor: (text) => /^[\p{ID_Continue}$]*$/u.test(text) && !whole.has(text),
    };
  };
}

function completion(offer: Offer, explain: Answer['explain']): Completion {
  const { label, kind, rank, write, detail } = offer;
  return {
    label,
    type: kind,
    boost: Math.max(-99, (13 - rank) * 10),
    ...(detail !== undefined && { detail: shortened(detail) }),
    ...(write && { apply: applying(write) }),
    info: async () => {
      const told = await explain(offer).catch(() => undefined);
      return told ? explanation(told) : null;
    },
  };
}

function applying({ from, text }: NonNullable<Offer['write']>) {
  return (view: EditorView, option: Completion, _from: number, to: number): void => {
    view.dispatch({
      changes: { from, to, insert: text },
      selection: { anchor: from + text.length },
      annotations: pickedCompletion.of(option),
    });
  };
}

const shortened = (text: string): string => (text.length > 48 ? `${text.slice(0, 47)}…` : text);
