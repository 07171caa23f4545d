import { sameName, type DataEntry } from '../session/data-files';
import { fileInside, type TableInside } from '../table/inside';
import { isText } from '../table/plan';

/** Which of its file's tables an entry is, as it was read here or as the notebook remembers it. */
function partOf({ plan, known }: DataEntry): string | undefined {
  if (plan) return isText(plan) ? undefined : plan.part;
  const part = known?.options?.['part'];
  return typeof part === 'string' ? part : undefined;
}

/** Whether an entry is a further table of the file of that name. */
export function isFurther(entry: DataEntry, fileName: string): boolean {
  const part = partOf(entry);
  return part !== undefined && sameName(fileInside(fileName, part), entry.fileName);
}

/** The tables of a file that are not read yet; they are told beside the first that was. */
export function tablesLeft(entry: DataEntry, all: readonly DataEntry[]): readonly TableInside[] {
  const { plan, fileName } = entry;
  if (!plan || isText(plan) || !plan.tables || all.some((other) => isFurther(entry, other.fileName))) return [];
  return plan.tables.filter(
    ({ name }) => name !== plan.part && !all.some((other) => sameName(other.fileName, fileInside(fileName, name))),
  );
}
