import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { playwright } from '@vitest/browser-playwright';
import { build, type Plugin } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { defineConfig } from 'vitest/config';
import { frameScript } from './src/kernel/frame-script';
import type { PartKind, SiteParts } from './src/share/page/parts';
import { forPage, IMPORTED } from './src/share/page/rewrite';
import { chromiumPath, CHROMIUM_FLAGS } from './test/tools/browser.mjs';

/**
 * `import source from './worker?bundle'` gives a module and everything it imports as the text of one classic script:
 * workers start from a blob (see `src/base/worker.ts`), and the kernel's worker starts inside a frame that can fetch
 * nothing. `?bundle-url` gives the absolute address of that script, for a worker whose blob imports it: the page need not
 * carry its text, and the browser may keep it compiled.
 */
function bundle(): Plugin {
  const query = /\?bundle(-url)?$/;
  let serving = false;
  return {
    name: 'levain:bundle',
    enforce: 'pre',
    configResolved(config) {
      serving = config.command === 'serve';
    },
    async resolveId(id, importer) {
      const [suffix] = query.exec(id) ?? [];
      if (!suffix) return null;
      const resolved = await this.resolve(id.slice(0, -suffix.length), importer, { skipSelf: true });
      return resolved && `${resolved.id}${suffix}`;
    },
    async load(id) {
      const [suffix, asUrl] = query.exec(id) ?? [];
      if (!suffix) return null;
      const entry = id.slice(0, -suffix.length);
      const { source, files } = await classicScript(entry);
      for (const file of files) if (file.startsWith('/')) this.addWatchFile(file.split('?')[0]!);
      if (!asUrl) return `export default ${JSON.stringify(source)};`;
      if (serving) return `export default URL.createObjectURL(new Blob([${JSON.stringify(source)}]));`;
      const file = this.emitFile({ type: 'asset', name: `${basename(entry, '.ts')}-bundle.js`, source });
      return `export default new URL(import.meta.ROLLUP_FILE_URL_${file}, document.baseURI).href;`;
    },
  };
}

/** A module and all it imports as one classic script, and the files it was made of. */
async function classicScript(entry: string): Promise<{ source: string; files: readonly string[] }> {
  const result = await build({
    configFile: false,
    root: import.meta.dirname,
    logLevel: 'warn',
    publicDir: false,
    define: { 'process.env.NODE_ENV': '"production"' },
    plugins: [bundle(), readings(), noOwnAddress()],
    build: {
      write: false,
      target: 'es2022',
      modulePreload: false,
      lib: { entry, formats: ['iife'], name: 'levainWorker' },
    },
  });
  const output = (Array.isArray(result) ? result[0] : result) as {
    output: { type: string; code?: string; moduleIds?: string[] }[];
  };
  const chunk = output.output.find((part) => part.type === 'chunk');
  return { source: chunk?.code ?? '', files: chunk?.moduleIds ?? [] };
}

/** A worker from a blob has no address beside which its files stand: they are named to it, and not packed into its text. */
function noOwnAddress(): Plugin {
  return {
    name: 'levain:no-own-address',
    enforce: 'pre',
    transform(code, id) {
      if (/zip-core-base\.js$/.test(id)) return code.replace('import.meta.url', 'undefined');
      if (!/parquet_wasm\.js$/.test(id)) return null;
      return code.replace("new URL('parquet_wasm_bg.wasm', import.meta.url)", 'undefined');
    },
  };
}

/**
 * `import declarations from './scope?declarations'`: what cells have in scope, as types for the language service.
 * `import help from './levain?help'`: what the doc comments of `levain` tell. Both are read from the sources.
 */
function readings(): Plugin {
  // TypeScript itself is read only where it is needed.
  const readers: Readonly<Record<string, () => Promise<unknown>>> = {
    '?declarations': async () => (await import('./src/kernel/typings/collect')).collectDeclarations(),
    '?help': async () => (await import('./src/kernel/typings/help')).collectHelp(),
  };
  const queryOf = (id: string): string | undefined => Object.keys(readers).find((query) => id.endsWith(query));
  return {
    name: 'levain:readings',
    enforce: 'pre',
    async resolveId(id, importer) {
      const query = queryOf(id);
      if (query === undefined) return null;
      const resolved = await this.resolve(id.slice(0, -query.length), importer, { skipSelf: true });
      return resolved && `${resolved.id}${query}`;
    },
    async load(id) {
      const query = queryOf(id);
      if (query === undefined) return null;
      return `export default JSON.parse(${JSON.stringify(JSON.stringify(await readers[query]!()))});`;
    },
  };
}

const hashOf = (script: string): string => `'sha256-${createHash('sha256').update(script).digest('base64')}'`;

/** The policy holds by `<meta>` alone: static hosts cannot set headers. It binds the page, the frame and every blob worker. */
function contentSecurityPolicy(): Plugin {
  const policy = [
    "default-src 'none'",
    `script-src 'self' blob: 'wasm-unsafe-eval' ${hashOf(frameScript)}`,
    "style-src 'self' 'unsafe-inline'",
    "font-src 'self'",
    'img-src data: blob:',
    "connect-src 'self'",
    "worker-src blob: 'self'",
    "frame-src 'none'",
    "manifest-src 'self'",
    "form-action 'none'",
    "base-uri 'none'",
  ].join('; ');
  return {
    name: 'levain:csp',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: () => [
        { tag: 'meta', attrs: { 'http-equiv': 'Content-Security-Policy', content: policy }, injectTo: 'head-prepend' },
      ],
    },
  };
}

/** As above for a page that is one file, where nothing is fetched but what stands in an address itself. */
const policyOfFile = (boot: string): string =>
  [
    "default-src 'none'",
    `script-src blob: 'wasm-unsafe-eval' ${hashOf(boot)} ${hashOf(frameScript)}`,
    "style-src 'unsafe-inline'",
    'font-src data:',
    'img-src data: blob:',
    'connect-src data:',
    'worker-src blob:',
    "frame-src 'none'",
    "form-action 'none'",
    "base-uri 'none'",
  ].join('; ');

/**
 * Lists in `parts.json` what the page is made of, for those who save it as one file (see `share/page`): imported modules
 * before those that import them, with the rewriting tried on each.
 */
function pageParts(): Plugin {
  const kindOf = (name: string): PartKind | undefined => {
    if (name.endsWith('.woff2')) return 'font';
    if (name.endsWith('.wasm')) return name.startsWith('duckdb') ? 'wasm' : 'packed';
    return name.endsWith('.js') ? 'script' : undefined;
  };
  return {
    name: 'levain:page-parts',
    apply: 'build',
    generateBundle: {
      order: 'post',
      async handler(_options, bundle) {
        const names = new Set(Object.keys(bundle).map((path) => basename(path)));
        const modules: string[] = [];
        const after = (path: string, above: readonly string[]): void => {
          const chunk = bundle[path];
          if (chunk?.type !== 'chunk' || modules.includes(path)) return;
          if (above.includes(path)) throw new Error(`Modules import one another: ${[...above, path].join(', ')}.`);
          for (const imported of chunk.imports) after(imported, [...above, path]);
          modules.push(path);
          const code = forPage(chunk.code, names);
          const found = new Set([...code.matchAll(IMPORTED)].map(([, name]) => name));
          if (chunk.imports.some((imported) => !found.has(basename(imported))) || /(from|import\()["'`]\.\//.test(code))
            throw new Error(`The imports of ${path} are written in a way that share/page/rewrite.ts does not know.`);
        };
        const chunks = Object.values(bundle).flatMap((part) => (part.type === 'chunk' ? [part] : []));
        for (const chunk of chunks) after(chunk.fileName, []);

        const parts: SiteParts['parts'][number][] = [];
        const add = (path: string, kind: PartKind, content: string | Uint8Array): void =>
          void parts.push({ path, kind, bytes: Buffer.byteLength(content) });
        for (const part of Object.values(bundle)) {
          const kind = part.type === 'asset' && kindOf(basename(part.fileName));
          if (kind) add(part.fileName, kind, part.source);
        }
        for (const path of modules) add(path, 'module', (bundle[path] as { code: string }).code);
        const style = Object.keys(bundle).find((path) => path.endsWith('.css'));
        if (!style) throw new Error('The build has no style sheet.');
        const boot = (await classicScript(resolve(import.meta.dirname, 'src/share/page/boot.ts'))).source.trim();
        const entry = basename(chunks.find((chunk) => chunk.isEntry)!.fileName);
        const list: SiteParts = { policy: policyOfFile(boot), boot, style, entry, parts };
        this.emitFile({ type: 'asset', fileName: 'parts.json', source: JSON.stringify(list) });
      },
    },
  };
}

/** The shell is fetched while the entry, which does nothing but start the database, is on its way. */
function preloadShell(): Plugin {
  return {
    name: 'levain:preload-shell',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (_html, { bundle = {} }) => {
        const shell = Object.values(bundle).find(
          (part) => part.type === 'chunk' && part.facadeModuleId?.endsWith('/app/mount.ts'),
        );
        if (!shell) throw new Error('The build has no chunk for app/mount.ts.');
        const attrs = { rel: 'modulepreload', crossorigin: true, href: `./${shell.fileName}` };
        return [{ tag: 'link', attrs, injectTo: 'head' }];
      },
    },
  };
}

/** What `npm run extensions` placed in `public/ext`. */
function placedExtensions(): string {
  const list = resolve(import.meta.dirname, 'public/ext/extensions.json');
  return existsSync(list) ? readFileSync(list, 'utf8') : '[]';
}

const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path d="M16 3c7 0 12 5 12 12S23 29 16 29 4 22 4 15 9 3 16 3Z" fill="#B4531A"/></svg>';

export default defineConfig({
  root: 'src',
  define: { EXTENSIONS: placedExtensions() },
  base: './',
  publicDir: '../public',
  build: {
    outDir: '../dist',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    cssCodeSplit: false,
    chunkSizeWarningLimit: 4000,
    modulePreload: { polyfill: false },
  },
  plugins: [
    bundle(),
    readings(),
    svelte(),
    contentSecurityPolicy(),
    preloadShell(),
    pageParts(),
    VitePWA({
      registerType: 'prompt',
      injectRegister: null,
      manifest: {
        name: 'Levain',
        short_name: 'Levain',
        description: 'Marketing analytics over your own exports. Nothing leaves the page.',
        theme_color: '#B4531A',
        background_color: '#FAF7F2',
        display: 'standalone',
        // Not a file beside the page: the browser asks for it under the page's policy, which lets no image come from anywhere.
        icons: [{ src: `data:image/svg+xml,${encodeURIComponent(ICON)}`, sizes: 'any', type: 'image/svg+xml' }],
      },
      workbox: {
        // The sample's files too: 12 MB, of which a host that compresses sends 2.
        globPatterns: ['**/*.{js,css,html,svg,woff2,wasm,csv}', 'parts.json'],
        globIgnores: ['**/*mvp*', '**/*coi*'],
        maximumFileSizeToCacheInBytes: 60 * 1024 * 1024,
        cleanupOutdatedCaches: true,
        // The first visit's own page, too, goes on when the network is lost.
        clientsClaim: true,
      },
    }),
  ],
  test: {
    root: import.meta.dirname,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/**/*.browser.test.ts'],
          environment: 'node',
          // No test leaves anything behind for another: each module is loaded once, which halves the time.
          isolate: false,
          testTimeout: 120_000,
        },
      },
      {
        extends: true,
        optimizeDeps: {
          include: [
            '@duckdb/duckdb-wasm',
            '@observablehq/plot',
            '@uwdata/flechette',
            'axe-core',
            'comlink',
            'd3-color',
            'dompurify',
            'katex',
            'marked',
            'pure-rand/generator/xoroshiro128plus',
            'svelte',
          ],
        },
        test: {
          name: 'browser',
          include: ['test/**/*.browser.test.ts'],
          // Two pages side by side; each module is loaded once in each, as for the unit tests.
          maxWorkers: 2,
          isolate: false,
          setupFiles: ['test/tools/clean-page.ts'],
          // As the tests of the page: once more on a busy machine, and told of.
          retry: 1,
          testTimeout: 180_000,
          expect: { poll: { timeout: 60_000 } },
          hookTimeout: 180_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: {
                executablePath: chromiumPath(),
                args: CHROMIUM_FLAGS,
              },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
