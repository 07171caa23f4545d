import { BlobWriter, configure, ZipWriter } from '@zip.js/zip.js/lib/zip-core-custom.js';

configure({ useWebWorkers: false });

/** Writes a zip archive part after part, each from texts as they come. */
export class TextZip {
  readonly #zip = new ZipWriter(new BlobWriter(), { extendedTimestamp: false });
  #part: { readonly in: WritableStreamDefaultWriter<string>; readonly added: Promise<unknown> } | undefined;

  begin(path: string): void {
    const { readable, writable } = new TextEncoderStream();
    const added = this.#zip.add(path, readable as ReadableStream, { zip64: false });
    added.catch(() => {});
    this.#part = { in: writable.getWriter(), added };
  }

  async add(text: string): Promise<void> {
    await Promise.race([this.#part!.in.write(text), this.#part!.added]);
  }

  async end(): Promise<void> {
    await this.#part!.in.close();
    await this.#part!.added;
  }

  async close(type: string): Promise<Blob> {
    return new Blob([await this.#zip.close()], { type });
  }
}
