import { createServer, type Server } from 'node:http';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { createHash } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { probeExtension } from '../engine/probe-extension';
import { openDuckdb, place, type PlacingDuckdb } from './extensions.mjs';

interface Listed {
  readonly name: string;
  readonly path: string;
  readonly integrity: string;
}

/** Stands where DuckDB offers its extensions. */
let server: Server;
let from: string;
const asked: string[] = [];
const folder = join(mkdtempSync(join(tmpdir(), 'levain-ext-')), 'ext');
const files: Record<string, Uint8Array> = {
  '/v1.4.3/wasm_eh/probe.duckdb_extension.wasm': probeExtension(),
  '/v1.4.3/wasm_eh/other.duckdb_extension.wasm': probeExtension('other'),
  '/v1.4.3/wasm_eh/torn.duckdb_extension.wasm': probeExtension('torn').slice(0, 300),
};

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request.url!);
    const file = files[request.url!];
    // The database's start holds the process up for longer than a connection is kept.
    response.writeHead(file ? 200 : 404, { connection: 'close' }).end(file);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  from = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('npm run extensions', () => {
  it('takes nothing that DuckDB has not signed, and leaves nothing of it', async () => {
    const duckdb = await openDuckdb();
    expect(duckdb.version).toBe('v1.4.3');
    await expect(place(['probe'], { from, folder, duckdb })).rejects.toThrow(/signature is either missing or invalid/);
    expect(asked).toContain('/v1.4.3/wasm_eh/probe.duckdb_extension.wasm');
    expect(existsSync(folder)).toBe(false);
  });

  describe('by a DuckDB that takes unsigned ones', () => {
    let duckdb: PlacingDuckdb;
    beforeAll(async () => {
      duckdb = await openDuckdb({ allowUnsignedExtensions: true });
    });

    it('writes the files where the page looks for them, and a list by which it knows them again', async () => {
      await place(['probe', 'other'], { from, folder, duckdb });
      const list = JSON.parse(readFileSync(join(folder, 'extensions.json'), 'utf8')) as Listed[];
      expect(list.map(({ name, path }) => [name, path])).toEqual([
        ['probe', 'v1.4.3/wasm_eh/probe.duckdb_extension.wasm'],
        ['other', 'v1.4.3/wasm_eh/other.duckdb_extension.wasm'],
      ]);
      for (const { path, integrity } of list) {
        const bytes = readFileSync(join(folder, path));
        expect(new Uint8Array(bytes)).toEqual(files[`/${path}`]);
        expect(integrity).toBe(`sha256-${createHash('sha256').update(bytes).digest('base64')}`);
      }
    });

    it('puts new ones in place of those before', async () => {
      await place(['other'], { from, folder, duckdb });
      expect(readdirSync(join(folder, 'v1.4.3/wasm_eh'))).toEqual(['other.duckdb_extension.wasm']);
    });

    it.each([
      ['torn', /does not take torn/],
      ['nosuch', /nosuch.* is not there \(404\)/],
      ['httpfs', /nothing in the page reaches the network/],
      ["x'; --", /no name of an extension/],
    ])('refuses %s, and leaves what was there', async (name, why) => {
      await expect(place(['probe', name], { from, folder, duckdb })).rejects.toThrow(why);
      expect(readdirSync(join(folder, 'v1.4.3/wasm_eh'))).toEqual(['other.duckdb_extension.wasm']);
    });

    it('says that there is no network', async () => {
      const nowhere = { from: 'http://127.0.0.1:9', folder, duckdb };
      await expect(place(['probe'], nowhere)).rejects.toThrow(/cannot be reached.*--from/);
    });
  });
});
