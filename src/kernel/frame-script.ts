/**
 * The only script that runs on the frame's main thread. It waits for the kernel's source and a port, starts the kernel
 * worker from a blob, hands it the port, and from then on only says whether the worker is alive. Its hash stands in the
 * page's content security policy, so it must not change at run time.
 */
export const frameScript = `'use strict';`;
