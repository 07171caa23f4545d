/** What `import … from "levain"` gives. */
export * from './levain';
export { aq, display, input, levain, Plot, progress, sql } from './scope';
