export { explainMissingScale } from './suggest/plot';
export { explainSqlError, type Known, type KnownTable } from './suggest/sql';
export { explainTsError, type ThrownError } from './suggest/ts';
