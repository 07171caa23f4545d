import type { TableOutput } from '../output/output';
import type { Session } from '../session/session';
import type { Table } from '../table/decode';
import type { GridRequest, GridSource } from '../ui/grid-source';

/** The rows of table outputs, from the session's engine. The same output gives the same source, so a grid keeps its place. */
export function gridSources(session: Session): (table: TableOutput) => GridSource {
  const sources = new WeakMap<TableOutput, GridSource>();
  return (table) => {
    let source = sources.get(table);
    if (!source) {
      source = {
        columns: table.columns,
        rows: table.rows,
        page: (request) => pageOf(session, table.relation, request),
        count: (filters) => session.count(table.relation, filters),
      };
      sources.set(table, source);
    }
    return source;
  };
}

/** Some rows of a relation. What reads them is fetched with the first, so that the page stands before it. */
export async function pageOf(session: Session, relation: string, request: GridRequest): Promise<Table> {
  const [{ decodeTable }, bytes] = await Promise.all([import('../table/decode'), session.page(relation, request)]);
  return decodeTable(bytes);
}
