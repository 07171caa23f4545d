import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';

const PYTHON = '/usr/bin/python3';
/** A rival gets the one thread that we have. */
const ONE_THREAD = { OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', MKL_NUM_THREADS: '1' };

/** Whether Debian's Python can load a module (`apt install python3-sklearn`); a figure without its rival says so. */
export function hasPython(module: string): boolean {
  return spawnSync(PYTHON, ['-c', `import ${module}`], { stdio: 'ignore' }).status === 0;
}

/** Runs a script of this folder on one thread and reads the JSON it prints. */
export function runPython(script: string, ...args: readonly string[]): unknown {
  const options = { env: { ...process.env, ...ONE_THREAD }, maxBuffer: 1 << 28 };
  return JSON.parse(execFileSync(PYTHON, [join(import.meta.dirname, script), ...args], options).toString());
}
