import type { TableOutput } from '../output/output';
import type { Session } from '../session/session';
import { decodeTable } from '../table/decode';
import type { GridSource } from '../ui/grid-source';

/** The rows of table outputs, from the session's engine. The same output gives the same source, so a grid keeps its place. */
export function gridSources(session: Session): (table: TableOutput) => GridSource {
  const sources = new WeakMap<TableOutput, GridSource>();
  return (table) => {
    let source = sources.get(table);
    if (!source) {
      source = {
        columns: table.columns,
        rows: table.rows,
        page: async (request) => decodeTable(await session.page(table.relation, request)),
        count: (filters) => session.count(table.relation, filters),
      };
      sources.set(table, source);
    }
    return source;
  };
}
