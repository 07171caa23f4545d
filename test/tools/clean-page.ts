import { afterAll, beforeEach } from 'vitest';
import { cleanup } from 'vitest-browser-svelte';

// The files of browser tests share one page: each test finds it empty.
beforeEach(cleanup);
afterAll(() => {
  cleanup();
  document.body.replaceChildren();
});
