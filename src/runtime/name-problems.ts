import type { Problem } from '../base/problem';
import type { NodeSpec } from './node';

/** Two nodes define one name; `others` are those besides the node that has the problem. */
export function duplicateProblem(name: string, others: readonly NodeSpec[]): Problem {
  const nameOf = ({ label, id }: NodeSpec): string =>
    label?.toLowerCase() === name.toLowerCase() ? 'another cell, which has that name too' : (label ?? id);
  const who = [...new Set(others.map(nameOf))].join(' and ');
  return {
    code: 'duplicate-name',
    message: `"${name}" is also defined by ${who}. A name has one definer; upper and lower case count as the same.`,
    hint: 'Give one of them another name, or delete it.',
    subject: name,
  };
}

/** One node defines names that differ in nothing but case. */
export function innerDuplicateProblem(names: readonly string[]): Problem {
  const message =
    new Set(names).size > 1
      ? `${names.map((name) => `"${name}"`).join(' and ')} differ only in upper and lower case, which count as the same.`
      : `"${names[0]}" is defined twice here.`;
  return { code: 'duplicate-name', message, hint: 'Give one of them another name.', subject: names[0]! };
}

/** A node reads itself; `names` lead from what it reads directly, each reading the next, to its own. */
export function circleProblem(names: readonly string[]): Problem {
  const last = names.at(-1)!;
  return {
    code: 'cycle',
    message:
      names.length === 1
        ? `"${last}" reads itself.`
        : `These names wait for each other: ${[last, ...names].map((name) => `"${name}"`).join(' reads ')}.`,
    hint:
      names.length === 1
        ? 'Read from something else, or give this result another name.'
        : 'Change one of these cells so that it no longer reads the next.',
    subject: last,
  };
}
