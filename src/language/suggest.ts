export { explainMissingScale } from './suggest/plot';
export { explainSqlError } from './suggest/sql';
export type { Known, KnownTable } from './suggest/known';
export { explainTsError, type ThrownError } from './suggest/ts';
