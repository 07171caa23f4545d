import { moduleOf, type Func } from './code';

/** What a kernel exports: functions of numbers, most of them addresses in its memory. */
export type Exports<Names extends string> = Readonly<Record<Names, (...numbers: number[]) => number>>;

/** Functions with a memory to work in. */
export interface Kernel<Names extends string> {
  readonly run: Exports<Names>;
  readonly memory: ArrayBuffer;
}

const PAGE = 65_536;

/**
 * Functions as a WebAssembly kernel: gives what makes one with so many bytes of memory of its own, or undefined where
 * the browser has no SIMD or forbids WebAssembly. It is compiled when it is first asked for. The functions can reach
 * nothing but that memory.
 */
export function kernel<Names extends string>(...functions: readonly Func<Names>[]) {
  let module: WebAssembly.Module | null | undefined;
  return (bytes: number): Kernel<Names> | undefined => {
    module ??= compiled(functions);
    if (!module) return undefined;
    let memory: WebAssembly.Memory;
    try {
      memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE) });
    } catch {
      return undefined; // more than there is
    }
    const { exports } = new WebAssembly.Instance(module, { env: { memory } });
    return { run: exports as Exports<Names>, memory: memory.buffer };
  };
}

function compiled(functions: readonly Func[]): WebAssembly.Module | null {
  try {
    return new WebAssembly.Module(moduleOf(...functions));
  } catch {
    return null;
  }
}

/** Where arrays stand one after the other in a kernel's memory, each at a multiple of 64 bytes; `bytes` in all. */
export function placesOf<Names extends string>(sizes: Readonly<Record<Names, number>>) {
  let bytes = 0;
  const at = {} as Record<Names, number>;
  for (const name of Object.keys(sizes) as Names[]) {
    at[name] = bytes;
    bytes += 64 * Math.ceil(sizes[name] / 64);
  }
  return { at: at as Readonly<Record<Names, number>>, bytes };
}
