import type { Cell } from './model';

/** `key=value`, or `true` for a key that stands alone. */
export type Attribute = readonly [string, string | true];

/** The part of a cell that its attributes say. */
export type Attributes = Pick<Cell, 'name' | 'view' | 'folded' | 'foldedOutput' | 'unknown'> & { readonly id?: string };

/**
 * Reads `key=value key="any \"text\"" key …`, in order. A quoted value is a JSON string; a bare one ends at white space.
 * There is no wrong text: what is not an attribute is a key that stands alone.
 */
export function readAttributes(text: string): Attribute[] {
  const attributes: Attribute[] = [];
  for (const [token, key, value] of text.matchAll(/([^\s=]+)=("(?:[^"\\]|\\.)*"(?!\S)|\S*)|\S+/g)) {
    attributes.push(key === undefined ? [token, true] : [key, unquote(value!)]);
  }
  return attributes;
}

/** Writes attributes so that {@link readAttributes} reads the same, with no character that could end the line they are on. */
export function printAttributes(attributes: readonly Attribute[]): string {
  return attributes.map(([key, value]) => (value === true ? key : `${key}=${quote(value)}`)).join(' ');
}

/** Sorts attributes into the fields of a cell; the first of its kind counts, everything else is kept as unknown. */
export function cellAttributes(attributes: readonly Attribute[]): Attributes {
  const fields: { id?: string; name?: string; view?: boolean; folded?: boolean; foldedOutput?: boolean } = {};
  const unknown: Attribute[] = [];
  for (const [key, value] of attributes) {
    if ((key === 'id' || key === 'name') && value !== true && fields[key] === undefined) fields[key] = value;
    else if ((key === 'view' || key === 'folded') && value === true && !fields[key]) fields[key] = true;
    else if (key === 'folded-output' && value === true && !fields.foldedOutput) fields.foldedOutput = true;
    else unknown.push([key, value]);
  }
  return unknown.length > 0 ? { ...fields, unknown } : fields;
}

/** The attributes of a cell in their fixed order. */
export function attributesOf({ id, name, view, folded, foldedOutput, unknown = [] }: Attributes): Attribute[] {
  const attributes: Attribute[] = [];
  if (id !== undefined) attributes.push(['id', id]);
  if (name !== undefined) attributes.push(['name', name]);
  if (view) attributes.push(['view', true]);
  if (folded) attributes.push(['folded', true]);
  if (foldedOutput) attributes.push(['folded-output', true]);
  return [...attributes, ...unknown];
}

function quote(value: string): string {
  if (/^[^\s"`=<>\\]+$/.test(value)) return value;
  // A backtick would end the fence's info string and `>` an HTML comment.
  return JSON.stringify(value).replace(/[`>]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`);
}

function unquote(value: string): string {
  if (!/^".*"$/s.test(value)) return value;
  try {
    return JSON.parse(value) as string;
  } catch {
    return value;
  }
}
