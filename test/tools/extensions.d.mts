export interface PlacingDuckdb {
  readonly version: string;
  load(name: string, bytes: Uint8Array): void;
}

export function openDuckdb(config?: { allowUnsignedExtensions?: boolean }): Promise<PlacingDuckdb>;

export function place(
  names: readonly string[],
  where: { from: string; folder: string; duckdb: PlacingDuckdb },
): Promise<readonly { name: string; path: string; bytes: Uint8Array }[]>;
