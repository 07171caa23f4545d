import type { MarkedExtension, Tokens } from 'marked';

type MathToken = Tokens.Generic & { readonly tex: string; readonly display: boolean };

/** Longer ones are text: setting a formula takes more than in proportion to its length. */
const LONGEST = 2_000;

/**
 * `$…$` and `$$…$$` in Markdown as formulas, by the rule that leaves prices alone: no space within the dollar signs and no
 * digit after the last, so that “$5 to $10” is text. `write` gives the HTML of one.
 */
export function mathMarkdown(write: (tex: string, display: boolean) => string): MarkedExtension {
  const token = (name: string, level: 'block' | 'inline', pattern: RegExp, display: boolean) => ({
    name,
    level,
    // A block that said where it may start would cut paragraphs there.
    ...(level === 'inline' && { start: (source: string) => source.match(/\$/)?.index }),
    tokenizer(source: string): MathToken | undefined {
      const match = pattern.exec(source);
      const tex = match?.[1]!.trim() ?? '';
      return match && tex !== '' && tex.length <= LONGEST ? { type: name, raw: match[0], tex, display } : undefined;
    },
    renderer: ({ tex, display: apart }: Tokens.Generic) => write(tex as string, apart as boolean),
  });
  return {
    extensions: [
      token('mathBlock', 'block', /^ {0,3}\$\$([^$]+)\$\$[ \t]*(?:\n+|$)/, true),
      token('mathApart', 'inline', /^\$\$([^$]+)\$\$/, true),
      token('mathInline', 'inline', /^\$(?![\s$])((?:\\.|[^$\\\n])+?)(?<!\s)\$(?![\d$])/, false),
    ],
  };
}
