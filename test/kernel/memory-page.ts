import { openKernel } from './open-kernel';

/** Lets a memory bomb off in the kernel and reports how the page fared. */
const opened = await openKernel();
let turns = 0;
setInterval(() => (turns += 1), 50);
const { problem } = await opened.run('const held = []; for (;;) held.push(new Array(4e6).fill(1.5));');
const restarts = opened.restarts.map(({ code }) => code);
const { output } = await opened.run('levain$value=("alive");');
await fetch('/report', { method: 'POST', body: JSON.stringify({ problem, restarts, turns, outputs: output.outputs }) });
