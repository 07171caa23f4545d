import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { playwright } from '@vitest/browser-playwright';
import { build, type Plugin } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { defineConfig } from 'vitest/config';
import { frameScript } from './src/kernel/frame-script';
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
      for (const file of chunk?.moduleIds ?? []) if (file.startsWith('/')) this.addWatchFile(file.split('?')[0]!);
      const source = chunk?.code ?? '';
      if (!asUrl) return `export default ${JSON.stringify(source)};`;
      if (serving) return `export default URL.createObjectURL(new Blob([${JSON.stringify(source)}]));`;
      const file = this.emitFile({ type: 'asset', name: `${basename(entry, '.ts')}-bundle.js`, source });
      return `export default new URL(import.meta.ROLLUP_FILE_URL_${file}, document.baseURI).href;`;
    },
  };
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

/** The policy holds by `<meta>` alone: static hosts cannot set headers. It binds the page, the frame and every blob worker. */
function contentSecurityPolicy(): Plugin {
  const hash = createHash('sha256').update(frameScript).digest('base64');
  const policy = [
    "default-src 'none'",
    `script-src 'self' blob: 'wasm-unsafe-eval' 'sha256-${hash}'`,
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

export default defineConfig({
  root: 'src',
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
        icons: [{ src: 'icon.svg', sizes: 'any', type: 'image/svg+xml' }],
      },
      workbox: {
        // The sample's files too: 12 MB, of which a host that compresses sends 2.
        globPatterns: ['**/*.{js,css,html,svg,woff2,wasm,csv}'],
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
