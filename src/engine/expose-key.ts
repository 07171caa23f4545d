/** The global in which `startEngine` leaves DuckDB's addresses for the worker: a blob worker has none of its own. */
export const ASSETS_KEY = 'levainAssets';
