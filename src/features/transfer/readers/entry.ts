import { createHash } from "node:crypto";
import type { ContentMetadata } from "@/features/content/contract";

/** An address in a body that names another thing of the same source. */
export type Reference = {
  /** As it stands in the body. */
  address: string;
  /** Of a picture what it shows, of a link what leads there. */
  text: string;
  /** What it may mean, the likeliest first: paths within the source, or absolute URLs. */
  candidates: string[];
};

export type Person = { name: string; email: string | null };

/** A reader's comment that came with an entry. `parent` is the id of the one that it answers. */
export type ReaderComment = { id: string; parent: string | null; author: Person; at: string | null; body: string };

/** An address in a text. */
export type Named = { kind: "image" | "link"; url: string; text: string };
/** The text with other addresses; undefined leaves one as it is. */
export type Rename = (renamed: (address: Named) => string | undefined) => string;

export type Entry = {
  kind: "Markdown" | "Html" | "Post" | "Page" | "FeedEntry";
  title: string;
  /** Markdown, with addresses as in the source. */
  body: string;
  bodyWith: Rename;
  metadata: ContentMetadata;
  author: Person | null;
  tags: string[];
  categories: string[];
  /** RFC 3339, or null where the source tells none. */
  publishedAt: string | null;
  status: "Draft" | "Published";
  images: Reference[];
  links: Reference[];
  comments: ReaderComment[];
  /** What the source says and no field of ours holds. */
  extra: Record<string, unknown>;
  /** The exact bytes, where an export can give them back. */
  original: Buffer | null;
  /** What was not taken over as it was, each as a sentence. */
  notes: string[];
};

/** What an entry is told apart by, which costs little. What it says takes long to read, and only once. */
export type Piece = {
  /** Stable within its source: a path, a guid, a post's id. */
  key: string;
  /** SHA-256 in hex over all that the source says of it: what has not changed is not imported again. */
  rawHash: string;
  /** What other entries may call it, in the form of their candidates. */
  aliases: string[];
  /** @throws {SourceProblem} where it turns out to be nothing that an item can say */
  read(): Entry;
};

/** What a reader finds at a key: an entry, or why there is none. `skipped` is by intent, `problem` is not. */
export type Found = Piece | { key: string; problem: string } | { key: string; skipped: string };

export const isPiece = (found: Found): found is Piece => "rawHash" in found;

export const pieceOf = (told: Omit<Piece, "read">, read: () => Entry): Piece => {
  let entry: Entry | undefined;
  return {
    ...told,
    read() {
      entry ??= read();
      return entry;
    },
  };
};

/** What is wrong with a source or one of its files, as a sentence for whoever brought it. */
export class SourceProblem extends Error {
  override name = "SourceProblem";
}

/** Turns a `SourceProblem` into what is reported; anything else is ours and goes on. */
export async function orProblem<T>(
  key: string,
  work: () => T | Promise<T>,
): Promise<T | { key: string; problem: string }> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof SourceProblem) return { key, problem: error.message };
    throw error;
  }
}

export const sha256 = (data: string | Uint8Array): string => createHash("sha256").update(data).digest("hex");
