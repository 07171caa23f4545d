import { problemOf } from '../base/problem';
import { parseNotebook } from '../notebook/parse';
import { AuthorKey, type Acquaintance } from '../session/author-key';
import type { Signature } from '../share/sign';
import { strings } from '../ui/strings';
import { signedData, type SignedData } from './signed-data';
import type { Workspace } from './workspace.svelte';

/** Who signed the notebook, and how far the reader knows them. */
export interface SignatureView extends Signature {
  /** It is the key of this browser. */
  readonly own: boolean;
  readonly acquaintance: Acquaintance;
  /** Undefined while files are looked at. */
  readonly dataState: SignedData | undefined;
}

/** More data than this takes long enough to read that the reader should know why nothing comes yet. */
const LARGE_BYTES = 20e6;

/** Who signed the open notebook, and the reader's own signature. */
export class Signing {
  readonly #workspace: Workspace;
  readonly #author = new AuthorKey();

  /** Who signed the open notebook; null where nobody did. */
  signature = $state.raw<SignatureView | null>(null);
  #asked = 0;
  /** A file is read once for its hash. */
  readonly #hashes = new WeakMap<File, Promise<string>>();

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  /** The name that the reader signed with before; empty before the first time. */
  async ownName(): Promise<string> {
    return (await this.#author.get())?.name ?? '';
  }

  /** Signs the notebook and its data as they stand; the signature is a line of its front matter, and undo takes it out. */
  async sign(name: string): Promise<void> {
    await this.#workspace.notices.attempt(async () => {
      const { newAuthorKey, sign } = await import('../share/sign');
      const { pair } = await this.#author.as(name, newAuthorKey);
      const session = this.#workspace.session!;
      const { notebook } = session;
      const data = await this.#hashesOfData();
      const signed = await sign(this.#workspace.text, name, pair, new Date().toISOString().slice(0, 10), data);
      if (session !== this.#workspace.session || notebook !== session.notebook) return;
      const { frontMatter } = parseNotebook(signed).notebook;
      // The cells stay the same objects: nothing of them is stale by a signature.
      this.#workspace.edit({ type: 'replaceAll', notebook: { ...notebook, ...(frontMatter && { frontMatter }) } });
      this.#workspace.notices.notify(strings.share.done);
    });
  }

  /** Looks after each change who signed the notebook and whether it and its data are still what they signed. */
  async look(): Promise<void> {
    const asked = ++this.#asked;
    const { notebook } = this.#workspace;
    if (!notebook?.frontMatter?.includes('signature:')) {
      this.signature = null;
      return;
    }
    try {
      const { verify } = await import('../share/sign');
      const found = await verify(this.#workspace.text);
      const view = found && (await this.#acquainted(found));
      if (asked !== this.#asked) return;
      // Large files take a moment to read; what stood there stays meanwhile.
      if (!this.signature || view?.state !== 'unchanged') this.signature = view ?? null;
      if (view?.state !== 'unchanged') return;
      const dataState = await signedData(view.data, this.#workspace.data, (file) => this.#hashOf(file));
      if (asked === this.#asked) this.signature = { ...view, dataState };
    } catch (error) {
      this.#workspace.notices.tell(problemOf(error));
    }
  }

  /** The reader says that the signer's key is theirs. */
  async know(): Promise<void> {
    const { signature } = this;
    if (!signature) return;
    await this.#workspace.notices.attempt(() => this.#author.know(signature.fingerprint, signature.by));
    await this.look();
  }

  /** Where the browser keeps nothing, every key is a new one. */
  async #acquainted(found: Signature): Promise<SignatureView> {
    try {
      const { fingerprint } = await import('../share/sign');
      const author = await this.#author.get();
      const own = author !== undefined && (await fingerprint(author.pair.publicKey)) === found.fingerprint;
      return {
        ...found,
        own,
        dataState: undefined,
        acquaintance: await this.#author.acquaintance(found.fingerprint, found.by),
      };
    } catch {
      return { ...found, own: false, dataState: undefined, acquaintance: { otherKey: false } };
    }
  }

  /** The SHA-256 of each data file that is here, by name. */
  async #hashesOfData(): Promise<Signature['data']> {
    const files = this.#workspace.data.flatMap((entry) => entry.file ?? []);
    const large = files.reduce((total, file) => total + file.size, 0) > LARGE_BYTES;
    const reading = strings.share.hashing;
    if (large) this.#workspace.notices.notify(reading);
    try {
      const hashed = this.#workspace.data.flatMap(({ fileName, file }) => (file ? [{ fileName, file }] : []));
      return Object.fromEntries(
        await Promise.all(hashed.map(async ({ fileName, file }) => [fileName, await this.#hashOf(file)] as const)),
      );
    } finally {
      this.#workspace.notices.keepOnly((notice) => notice.text !== reading);
    }
  }

  #hashOf(file: File): Promise<string> {
    const known = this.#hashes.get(file);
    if (known) return known;
    const hash = import('../session/storage/hash').then(({ sha256OfFile }) => sha256OfFile(file));
    this.#hashes.set(file, hash);
    return hash;
  }
}
