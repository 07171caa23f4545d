import type { RunRecord } from './run-record';

/** What is told of the notebook whose runs these are. */
export interface AuditedNotebook {
  readonly title: string;
  /** SHA-256 of its text as it stands now. */
  readonly sha256?: string;
}

/** The runs of a notebook, oldest first, for those who must show later what was computed from what. */
export function auditJson(notebook: AuditedNotebook, runs: readonly RunRecord[], exported: number): string {
  const told = inOrder(runs).map(({ started, milliseconds, ...run }) => ({
    started: iso(started),
    milliseconds: Math.round(milliseconds),
    ...run,
  }));
  return `${JSON.stringify({ format: 'levain-audit 1', notebook, exported: iso(exported), runs: told }, null, 2)}\n`;
}

const HEADER =
  'started,milliseconds,kind,id,name,outcome,rows,message,source_sha256,file,file_table,file_rows,file_sha256';

/** The same as CSV, one line for each file that a run rested on. What a spreadsheet would run is made text. */
export function auditCsv(runs: readonly RunRecord[]): string {
  const lines = inOrder(runs).flatMap(({ data, ...run }) => {
    const { started, milliseconds, kind, id, name, outcome, rows, message, source } = run;
    const head = [iso(started), Math.round(milliseconds), kind, id, name, outcome, rows, message, source];
    const files = data.length > 0 ? data : [undefined];
    return files.map((file) => [...head, file?.file, file?.table, file?.rows, file?.sha256].map(field).join(','));
  });
  return [HEADER, ...lines].map((line) => `${line}\r\n`).join('');
}

const inOrder = (runs: readonly RunRecord[]): RunRecord[] => [...runs].sort((a, b) => a.started - b.started);
const iso = (time: number): string => new Date(time).toISOString();

function field(value: string | number | undefined): string {
  const text = String(value ?? '');
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
