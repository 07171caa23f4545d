import type { Problem } from '../../base/problem';
import { nearest } from '../../base/nearest';

/** An error as user code threw it. */
export interface ThrownError {
  readonly name: string;
  readonly message: string;
  readonly stack?: string;
}

/** The controls of `input`. */
export const INPUTS: readonly string[] = [
  'select',
  'slider',
  'number',
  'text',
  'dateRange',
  'checkbox',
  'table',
  'audiences',
];

/** What other notebooks call their controls, and how they are written here. */
const CONTROLS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ['slider', 'range', 'Inputs', 'viewof', 'mo', 'widgets'].map((name) => [
      name,
      "input.slider([0, 10], { label: 'At least' })",
    ]),
  ),
  ...Object.fromEntries(
    ['select', 'dropdown', 'radio'].map((name) => [name, "input.select(['a', 'b'], { label: 'Which' })"]),
  ),
  checkbox: "input.checkbox({ label: 'Only these' })",
  dateRange: "input.dateRange({ label: 'Days' })",
};

type Rule = readonly [RegExp, (match: RegExpExecArray, names: readonly string[]) => Omit<Problem, 'line' | 'column'>];

const RULES: readonly Rule[] = [
  [
    /^(?:Can't find variable: )?(fetch|XMLHttpRequest|WebSocket|EventSource|WebTransport|importScripts) is not (?:a function|a constructor|defined)$/,
    ([, name]) => ({
      code: 'no-network',
      message: `A notebook cannot reach the network, so there is no ${name}.`,
      hint: 'Drop the file on the page instead.',
      subject: name!,
    }),
  ],
  [
    /^(?:Can't find variable: )?(document|window|localStorage|sessionStorage|alert|prompt|confirm) is not (?:defined|a function)$/,
    ([, name]) => ({
      code: 'no-page',
      message: `A cell cannot reach the page around it, so there is no ${name}.`,
      hint: 'Show a value by ending the cell with it, or with display(x); ask the reader with input.',
      subject: name!,
    }),
  ],
  [
    /^(?:Can't find variable: )?([\w$]+) is not defined$/,
    ([, name], names) => {
      const control = CONTROLS[name!];
      const meant = nearest(name!, names);
      const hint = control
        ? `A control is written ${control}.`
        : meant
          ? `Did you mean ${meant}?`
          : 'Declare it here with const, or name the cell that defines it.';
      return { code: 'unknown-name', message: `${name} is not defined.`, hint, subject: name! };
    },
  ],
  [
    /^(?:Cannot access '([\w$]+)' before initialization|can't access lexical declaration '([\w$]+)' before initialization)$/,
    ([, v8, gecko]) => ({
      code: 'used-early',
      message: `${v8 ?? gecko} is used before the line that gives it its value.`,
      hint: `Move that line up. A value that is made from another ${v8 ?? gecko} needs a name of its own.`,
      subject: (v8 ?? gecko)!,
    }),
  ],
  [
    /^Cannot read properties of (undefined|null) \(reading '(.+)'\)$/,
    ([, value, property]) => ({
      code: 'no-value',
      message: `What stands before .${property} is ${value}.`,
      hint: `Check that it has a value, or write ?.${property}.`,
      subject: property!,
    }),
  ],
  [
    /^(?:can't access property "(.+?)", )?(.+?) is (undefined|null)$/,
    ([, property, what, value]) => ({
      code: 'no-value',
      message: `${what} is ${value}.`,
      hint: property ? `Check that it has a value, or write ?.${property}.` : 'Check that it has a value.',
      subject: what!,
    }),
  ],
  [
    /^(.+?) is not a function(?: or its return value is not iterable)?$/,
    ([, what], names) => {
      const last = what!.split('.').at(-1)!;
      if (what!.startsWith('input.')) {
        const control = nearest(last, INPUTS);
        const all = `It has ${INPUTS.slice(0, -1).join(', ')} and ${INPUTS.at(-1)}.`;
        const hint = control ? `Did you mean input.${control}?` : all;
        return { code: 'not-a-function', message: `There is no control ${what}.`, hint, subject: what! };
      }
      const meant = nearest(last, [...names, ...METHODS]);
      return {
        code: 'not-a-function',
        message: `${what} is not a function.`,
        hint: meant ? `Did you mean ${meant}?` : 'Check its spelling and what stands before it.',
        subject: what!,
      };
    },
  ],
  [
    /^Assignment to constant variable\.$|^invalid assignment to const '/,
    () => ({ code: 'constant', message: 'A const cannot be given another value.', hint: 'Declare it with let.' }),
  ],
  [
    /^(.+?) is not iterable/,
    ([, what]) => ({
      code: 'not-iterable',
      message: `${what} is not a list.`,
      hint: 'Use Object.entries(x) for an object, or await a promise first.',
      subject: what!,
    }),
  ],
  [
    /mix BigInt|BigInt to number/,
    () => ({
      code: 'bigint',
      message: 'A whole number of any size (BigInt) meets an ordinary number.',
      hint: 'Write Number(x) around it.',
    }),
  ],
  [
    /call stack|too much recursion/i,
    () => ({
      code: 'recursion',
      message: 'A function calls itself without end.',
      hint: 'Give it a case in which it stops.',
    }),
  ],
];

/** Methods that are often misspelt. */
const METHODS =
  'map filter reduce forEach find includes slice toFixed toLocaleString push sort join split replace groupby rollup derive objects orderby select'.split(
    ' ',
  );

/**
 * An error of a TypeScript cell in plain words with a suggestion where there is a usual one. The place is the kernel's
 * to add. Understands V8's wording and SpiderMonkey's.
 *
 * @param names what the cell could have meant: names of other cells, of its own, and of its scope
 */
export function explainTsError(error: ThrownError, names: readonly string[]): Problem {
  for (const [pattern, explain] of RULES) {
    const match = pattern.exec(error.message);
    if (match) return explain(match, names);
  }
  return {
    code: 'runtime',
    message: error.name === 'Error' || error.name === '' ? error.message : `${error.name}: ${error.message}`,
  };
}
