import type { MarkedExtension, Tokens } from 'marked';

type MathToken = Tokens.Generic & { readonly tex: string; readonly display: boolean };

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
      return match ? { type: name, raw: match[0], tex: match[1]!.trim(), display } : undefined;
    },
    renderer: ({ tex, display: apart }: Tokens.Generic) => write(tex as string, apart as boolean),
  });
  return {
    extensions: [
      token('mathBlock', 'block', /^ {0,3}\$\$\s*([^$]+?)\s*\$\$[ \t]*(?:\n+|$)/, true),
      token('mathApart', 'inline', /^\$\$\s*([^$]+?)\s*\$\$/, true),
      token('mathInline', 'inline', /^\$(?![\s$])((?:\\.|[^$\\\n])+?)(?<!\s)\$(?![\d$])/, false),
    ],
  };
}
