import type * as ES from 'estree';
import { linesOf, type Edit } from './edits';
import { MODULES, MODULE_FUNCTION, SCOPE_NAMES } from './names';
import type { Parsed, Placed } from './parse';
import type { Problem } from '../../base/problem';

/** What a cell's imports and exports become: edits on the same lines, or problems. */
export interface ModuleRewrite {
  readonly edits: readonly Edit[];
  readonly problems: readonly Problem[];
  /** The value of `export default …` when it stands last. */
  readonly shown?: Placed;
}

/**
 * Rewrites `import` to the bundled copies and takes `export` off, so that a cell can be pasted from and into a project:
 * `import {op} from "arquero"` becomes `const {op: op} = levain$module("arquero");`.
 */
export function rewriteModules(parsed: Parsed): ModuleRewrite {
  const edits: Edit[] = [];
  const problems: Problem[] = [];
  let shown: Placed | undefined;
  const replace = (node: Placed, text: string): void => {
    edits.push({ start: node.start, end: node.end, text: text + linesOf(parsed.code.slice(node.start, node.end)) });
  };
  const blank = (start: number, end: number): void => {
    edits.push({ start, end, text: parsed.code.slice(start, end).replace(/[^\n]/g, ' ') });
  };
  const problem = (node: Placed, code: string, message: string, hint: string): void => {
    problems.push({ code, message, hint, ...parsed.at(node.start) });
  };

  for (const node of parsed.program.body as Placed<ES.Program['body'][number]>[]) {
    switch (node.type) {
      case 'ImportDeclaration': {
        const source = String(node.source.value);
        if (MODULES.includes(source)) replace(node, importText(node, source));
        else
          problem(
            node.source as Placed,
            'import',
            `"${source}" cannot be imported: nothing is fetched from the network.`,
            importHint(source),
          );
        break;
      }
      case 'ExportAllDeclaration':
        problem(node, 'export', 'A cell cannot pass on another module’s names.', 'Import the names you need instead.');
        break;
      case 'ExportNamedDeclaration':
        if (node.source)
          problem(
            node,
            'export',
            'A cell cannot pass on another module’s names.',
            'Import the names you need instead.',
          );
        else if (node.declaration) blank(node.start, (node.declaration as Placed).start);
        else exportList(node);
        break;
      case 'ExportDefaultDeclaration': {
        const declaration = node.declaration as Placed<ES.Node>;
        blank(node.start, declaration.start);
        if (!/Declaration$/.test(declaration.type)) shown = node;
        else if ('id' in declaration && !declaration.id) {
          problem(node, 'export', 'This function or class has no name, so no cell could use it.', 'Give it a name.');
        }
        break;
      }
    }
  }
  return { edits, problems, ...(shown && { shown }) };

  function exportList(node: Placed<ES.ExportNamedDeclaration>): void {
    for (const specifier of node.specifiers) {
      const [local, exported] = [nameOf(specifier.local), nameOf(specifier.exported)];
      if (local !== exported) {
        problem(
          specifier as Placed,
          'export',
          `A cell cannot give ${local} the second name ${exported}.`,
          `Write const ${exported} = ${local}; instead.`,
        );
      }
    }
    blank(node.start, node.end);
  }
}

function importText(node: Placed<ES.ImportDeclaration>, source: string): string {
  const module = `${MODULE_FUNCTION}(${JSON.stringify(source)})`;
  const parts: string[] = [];
  const properties: string[] = [];
  for (const specifier of node.specifiers) {
    const local = specifier.local.name;
    if (specifier.type === 'ImportNamespaceSpecifier') parts.push(`const ${local} = ${module};`);
    else if (specifier.type === 'ImportDefaultSpecifier') properties.push(`default: ${local}`);
    else properties.push(`${JSON.stringify(nameOf(specifier.imported))}: ${local}`);
  }
  if (properties.length > 0) parts.push(`const {${properties.join(', ')}} = ${module};`);
  return parts.join(' ') || ';';
}

function nameOf(node: ES.Identifier | ES.Literal): string {
  return node.type === 'Identifier' ? node.name : String(node.value);
}

function importHint(source: string): string {
  const near: Readonly<Record<string, string>> = {
    plot: '@observablehq/plot',
    arquero: 'arquero',
    flechette: '@uwdata/flechette',
    'apache-arrow': '@uwdata/flechette',
    d3: '@observablehq/plot',
  };
  const key = Object.keys(near).find((word) => source.includes(word));
  if (key) return `Write import … from "${near[key]}".`;
  return `A cell may import ${MODULES.map((name) => `"${name}"`).join(', ')}; ${SCOPE_NAMES.join(', ')} are there without import.`;
}
