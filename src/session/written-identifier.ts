import { nameProblem } from '../language/names';
import { quoteIdentifier } from '../language/sql/identifiers';

/** A name as one would write it in SQL: bare where that reads as the same name, else quoted. */
export function writtenIdentifier(name: string): string {
  return nameProblem(name) ? quoteIdentifier(name) : name;
}
