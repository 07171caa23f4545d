import { keyword, type Node } from './tree';

interface Refusal {
  readonly message: string;
  readonly hint: string;
}

const TRANSACTION: Refusal = {
  message: 'A cell cannot begin or end a transaction: each cell is run as a whole.',
  hint: 'Leave BEGIN, COMMIT and ROLLBACK out.',
};
const EXTENSION: Refusal = {
  message: 'Extensions cannot be installed or loaded: nothing is fetched from the network.',
  hint: 'Leave the statement out: what the page has of them is loaded already.',
};
const SETTING: Refusal = {
  message: "The database's settings are locked, so that no notebook can reach the network or your files.",
  hint: 'Leave the statement out. To keep a value within the cell write SET VARIABLE x = …, or use a TypeScript cell and ${x}.',
};
const OTHER_DATABASE: Refusal = {
  message: 'A notebook has one database: others cannot be attached, detached or switched to.',
  hint: 'Drop the data on the page as a CSV file; it becomes a table of this notebook.',
};
const EXPORTING: Refusal = {
  message: 'SQL cannot write files.',
  hint: 'Make the rows a cell of their own with SELECT … and use Export on its table.',
};
const IMPORTING: Refusal = {
  message: 'SQL cannot read files by itself.',
  hint: 'Drop the file on the page; it becomes a table that you can name after FROM.',
};

const BY_HEAD: Readonly<Record<string, Refusal>> = {
  ATTACH: OTHER_DATABASE,
  DETACH: OTHER_DATABASE,
  USE: OTHER_DATABASE,
  INSTALL: EXTENSION,
  LOAD: EXTENSION,
  FORCE: EXTENSION,
  EXPORT: EXPORTING,
  IMPORT: IMPORTING,
  RESET: SETTING,
  BEGIN: TRANSACTION,
  START: TRANSACTION,
  COMMIT: TRANSACTION,
  END: TRANSACTION,
  ROLLBACK: TRANSACTION,
  ABORT: TRANSACTION,
  CHECKPOINT: { message: 'CHECKPOINT has no use here: the database is in memory.', hint: 'Leave the statement out.' },
};

/** Why a notebook does not run a statement, and what to write instead; undefined for one that it may run. */
export function refusal(head: string, nodes: readonly Node[]): Refusal | undefined {
  const second = keyword(nodes[1]);
  if (head === 'COPY') return nodes.some((node) => keyword(node) === 'TO') ? EXPORTING : IMPORTING;
  if (head === 'UPDATE' && second === 'EXTENSIONS') return EXTENSION;
  if (head === 'SET') return second === 'VARIABLE' ? undefined : SETTING;
  if (head === 'RESET') return second === 'VARIABLE' ? undefined : SETTING;
  if (head === 'PRAGMA') {
    if (second === 'TABLE_INFO') return { message: 'PRAGMA is locked.', hint: 'Write DESCRIBE and the table instead.' };
    if (second === 'SHOW_TABLES') return { message: 'PRAGMA is locked.', hint: 'Write SHOW TABLES instead.' };
    return SETTING;
  }
  if (head === 'CREATE' && nodes.slice(1, 5).some((node) => keyword(node) === 'SECRET')) {
    return {
      message: 'Secrets have no use here: the database cannot reach the network.',
      hint: 'Leave the statement out.',
    };
  }
  if (head === 'CREATE' && nodes.slice(1, 5).some((node) => keyword(node) === 'SCHEMA')) {
    return {
      message: 'A notebook has one schema, main, so that cells can find each other’s tables.',
      hint: 'Name the cell instead: its rows become a table.',
    };
  }
  return BY_HEAD[head];
}
