/// <reference types="vite/client" />
/// <reference types="vite-plugin-pwa/client" />

/** DuckDB's extensions that stood in `public/ext` when the page was built (see `npm run extensions` and vite.config.ts). */
declare const EXTENSIONS: import('./engine/assets').PlacedExtensions;

/** `import source from './worker?bundle'`: the module and all it imports, as one classic script (see vite.config.ts). */
declare module '*?bundle' {
  const source: string;
  export default source;
}

/** `import url from './worker?bundle-url'`: the absolute address of such a script. */
declare module '*?bundle-url' {
  const url: string;
  export default url;
}

/** `import help from './levain?help'`: what doc comments tell of a module's functions (see vite.config.ts). */
declare module '*?help' {
  const help: readonly import('./base/help').HelpEntry[];
  export default help;
}

/** `import declarations from './scope?declarations'`: a module's declarations with all they name (see vite.config.ts). */
declare module '*?declarations' {
  const declarations: import('./language/ts/service/model').Declarations;
  export default declarations;
}
