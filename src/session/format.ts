/** The formatter of SQL, which is fetched when it is first asked for. */
export { formatSql } from '../language/sql/format';
