import { fileTypeFromBuffer } from "file-type";
import { bringAsset, findAssetOfContent, type InTx, RefusedFile, store } from "@/features/assets";
import { OutboundError, type OutboundFetch } from "@/platform/outbound-fetch";
import type { Keyring } from "@/platform/secrets";
import type { Storage } from "@/platform/storage/storage";
import { type Reference, SourceProblem } from "./readers/entry";
import { LIMITS } from "./readers/limits";
import { isExternal, pathPart } from "./readers/paths";
import type { Source } from "./readers/source";

export type Brought = { assetId: string } | { problem: string };

/** Brings a source's pictures into the library, each once. No transaction is open meanwhile. */
export type Pictures = { bring(picture: Reference): Promise<Brought> };

export type PictureDeps = { storage: Storage; keyring: Keyring; fetch: OutboundFetch };

type Options = {
  asSystem: InTx;
  source: Source;
  /** Whether those that the source only names are fetched. */
  fetching: boolean;
  createdBy: string;
};

export function createPictures(deps: PictureDeps, { asSystem, source, fetching, createdBy }: Options): Pictures {
  const brought = new Map<string, Promise<Brought>>();

  async function bytesOf(candidate: string): Promise<Buffer | undefined> {
    if (!isExternal(candidate)) return source.has(candidate) ? source.read(candidate, LIMITS.imageBytes) : undefined;
    return fetching ? fetched(deps.fetch, candidate) : undefined;
  }

  async function bringOne({ address, text, candidates }: Reference): Promise<Brought> {
    let problem = `The picture ${shown(address)} is not in the source.`;
    for (const candidate of candidates) {
      try {
        const bytes = await bytesOf(candidate);
        if (bytes) return { assetId: await keep(nameOf(candidate), bytes, text.slice(0, MAX_ALT_CHARS)) };
      } catch (error) {
        if (!(error instanceof SourceProblem || error instanceof RefusedFile || error instanceof OutboundError))
          throw error;
        problem = `The picture ${shown(address)} was not taken: ${error.message}`;
      }
    }
    return { problem };
  }

  async function keep(fileName: string, bytes: Buffer, altText: string): Promise<string> {
    const type = await fileTypeFromBuffer(bytes);
    if (!type?.mime.startsWith("image/")) throw new RefusedFile("It is no picture of a kind that is kept.");
    const announced = { contentType: type.mime, sizeBytes: bytes.length, purpose: "Asset" as const };
    const stored = await store(deps, asSystem, { ...announced, read: async () => oneOf(bytes) });
    return asSystem(async (tx, actor) => {
      const known = await findAssetOfContent(tx, stored.sha256);
      if (known) return known.id;
      return bringAsset(tx, actor, stored, { fileName, altText, folderId: null, purpose: "Asset", createdBy });
    });
  }

  return {
    bring(picture) {
      const [name = picture.address] = picture.candidates;
      const known = brought.get(name) ?? bringOne(picture);
      brought.set(name, known);
      return known;
    },
  };
}

async function fetched(fetch: OutboundFetch, url: string): Promise<Buffer> {
  const response = await fetch(url.startsWith("//") ? `https:${url}` : url, { maxBytes: LIMITS.imageBytes });
  if (!response.ok) {
    await response.body?.cancel();
    throw new SourceProblem(`its server answered ${response.status}.`);
  }
  return Buffer.from(await response.arrayBuffer());
}

async function* oneOf(bytes: Buffer) {
  yield bytes;
}

const MAX_ALT_CHARS = 1_000;
const shown = (address: string) => address.slice(0, 200);
const nameOf = (candidate: string) =>
  (pathPart(candidate).split("/").at(-1) ?? "")
    .replace(/[\\\p{Cc}\p{Zl}\p{Zp}]/gu, "")
    .slice(-100)
    .trim() || "picture";
