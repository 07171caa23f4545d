import { scriptAt } from '../base/worker';
import { practise } from '../engine/practise';
import { startEngine, type StartedEngine } from '../engine/start';
import { workbookWalls } from './walls';
import workerUrl from './worker?bundle-url';

/** An engine that was started before a notebook was chosen: the next one to open finds it ready. */
let warm: StartedEngine | undefined;

/** Starts an engine for the next notebook to open, unless one waits. Resolves when it stands, or cannot. */
export async function warmUp(): Promise<void> {
  warm ??= start();
  await warm.engine.open().catch(() => undefined);
}

/** Lets the engine that was started ahead read a file of its own; not once a notebook has it. */
export async function practiseAhead(): Promise<void> {
  if (warm) await practise(warm.engine);
}

/** The engine that was started ahead, once; else another. */
export function takeEngine(): StartedEngine {
  const taken = warm ?? start();
  warm = undefined;
  return taken;
}

function start(): StartedEngine {
  return startEngine(scriptAt(workerUrl), workbookWalls());
}
