import type { DataEntry } from '../../session/data-files';
import type { ColumnProfile } from '../../table/profile';
import type { ColumnMapping } from '../../session/relink';
import { EMAIL_ADDRESS, rolesOf, type Role } from '../../session/roles';

/** A column that a template works with: who can play it, and what stands in its place where nobody can. */
export interface Part {
  readonly name: string;
  readonly roles: readonly Role[];
  readonly as?: string;
  /** SQL; without it, the template needs the column. `{x}` is the column chosen for the part `x`. */
  readonly otherwise?: string;
  readonly write?: (column: string, roles: Half['roles']) => string;
  /** An amount of an order: what was paid back of it becomes a row of its own, below 0. */
  readonly booked?: boolean;
  /** Whether a customer may be written to: another column, or another file, may say so too. */
  readonly consent?: boolean;
  /** Tells rows apart; a column that holds one value only does not. */
  readonly apart?: boolean;
}

/** A file with the column that seems to be each part. */
export interface Half {
  readonly entry: DataEntry;
  readonly roles: Partial<Record<Role, string>>;
  readonly proposed: ColumnMapping;
}

/** A currency that a file's amounts are in, and how many rows are. */
export interface Currency {
  readonly code: string;
  readonly rows: number;
}

/** An entry is another when anything of its file changes, and is asked for its roles at every drawing of its card. */
const ROLES = new WeakMap<DataEntry, Partial<Record<Role, string>>>();

/** The roles that a file's columns play, as far as they are recognised. */
export function rolesOfFile(entry: DataEntry): Partial<Record<Role, string>> {
  const known = ROLES.get(entry);
  if (known) return known;
  const sources = new Map(entry.plan?.columns.map(({ name, source }) => [name, source]));
  const columns = (entry.ingested?.relation.columns ?? []).map(({ name, type }) => ({
    name,
    type,
    source: sources.get(name) ?? name,
  }));
  const roles = rolesOf(columns, entry.profile);
  ROLES.set(entry, roles);
  return roles;
}

/** The column that seems to be each part of a file, or none for the reader to choose; undefined as a whole where one is needed and none is there. */
export function halfOf(entry: DataEntry, parts: readonly Part[]): Half | undefined {
  const roles = rolesOfFile(entry);
  const tells = (column: string): boolean =>
    (entry.profile?.columns.find(({ name }) => name === column)?.distinct ?? 2) > 1;
  const proposed = Object.fromEntries(
    parts.map((part) => {
      const fitting = part.roles.flatMap((role) => roles[role] ?? []);
      return [part.name, fitting.find((column) => !part.apart || tells(column))];
    }),
  );
  const whole = parts.every((part) => part.otherwise !== undefined || proposed[part.name] !== undefined);
  return whole ? { entry, roles, proposed } : undefined;
}

/** The most frequent values of a column. */
export const topOf = ({ profile }: DataEntry, column: string | undefined): NonNullable<ColumnProfile['top']> =>
  profile?.columns.find(({ name }) => name === column)?.top ?? [];

/** Whether a part tells customers apart, and the column chosen for it does so by their e-mail addresses. */
export const isByAddress = (part: Part, { entry, roles }: Half, column: string): boolean =>
  part.roles.includes('email') &&
  (roles.email === column || topOf(entry, column).some(({ value }) => EMAIL_ADDRESS.test(value)));

/** The columns of addresses that tell customers apart. */
export const addressesOf = (parts: readonly Part[], half: Half, mapping: ColumnMapping): readonly string[] =>
  parts.flatMap((part) => {
    const column = mapping[part.name];
    return column !== undefined && isByAddress(part, half, column) ? [column] : [];
  });

/** The currencies of a file whose amounts are in more than one, the most frequent first; none where they are in one. */
export function currenciesOf(entry: DataEntry): readonly Currency[] {
  const top = topOf(entry, rolesOfFile(entry).currency);
  return top.length > 1 ? top.map(({ value, count }) => ({ code: value, rows: count })) : [];
}
