import type { z as Zod } from "zod";
import { Id, Timestamp, z } from "@/platform/contract";
import { ContentMetadata } from "@/platform/writing";
import { SourceProblem } from "./readers/entry";
import { LIMITS } from "./readers/limits";
import { decodeText } from "./readers/text";

/*
 * `contentos.json` of an archive: JSON as any other, and written so that it can be read a line at a time. After the first
 * line, each is one thing that moves; what others stand on comes before them, and what belongs to an item after it.
 */

const FORMAT = "ContentOS export";
const VERSION = 1;

const Person = z.object({ name: z.string().max(300), email: z.string().max(320).nullable() }).nullable();
const At = Timestamp.nullable();
const Hash = z.string().regex(/^[0-9a-f]{64}$/);
const Name = z.string().min(1).max(300);
const Path = z.array(Name).max(20);
const Json = z.record(z.string(), z.unknown());

const Line = z.object({
  /** Settings that make sense elsewhere; name and address are the other workspace's own. */
  workspace: z
    .object({
      name: z.string(),
      timeZone: z.string(),
      language: z.string(),
      branding: Json,
      approvalSteps: z.array(z.object({ role: z.enum(["Viewer", "Writer", "Editor", "Admin", "Client"]) })),
      lateAfterMinutes: z.int().nullable(),
    })
    .optional(),
  tag: z.object({ name: Name, color: z.string() }).optional(),
  campaign: z
    .object({
      name: Name,
      goal: z.string(),
      startsOn: z.iso.date().nullable(),
      endsOn: z.iso.date().nullable(),
      archived: z.boolean(),
    })
    .optional(),
  persona: z.object({ name: Name, attributes: Json }).optional(),
  folder: z.object({ path: Path }).optional(),
  asset: z
    .object({
      id: Id,
      /** Where its bytes are in the archive. */
      file: z.string().max(1_000),
      fileName: Name,
      contentType: z.string(),
      altText: z.string().max(1_000),
      folder: Path,
      sha256: Hash,
      sizeBytes: z.int(),
    })
    .optional(),
  item: z
    .object({
      id: Id,
      file: z.string().max(1_000),
      author: Person,
      createdAt: At,
      status: z.enum(["Draft", "InReview", "Approved", "Published"]),
      publishedAt: At,
      archived: z.boolean(),
      assignee: Person,
      dueAt: At,
      campaign: Name.nullable(),
      tags: z.array(Name).max(50),
      /** By names, since ids are others elsewhere. */
      brief: Json.nullable(),
    })
    .optional(),
  version: z
    .object({
      number: z.int().positive(),
      title: z.string(),
      body: z.string().max(400_000),
      metadata: ContentMetadata,
      assets: z.array(z.object({ id: Id, sha256: Hash, altText: z.string() })),
      contentHash: Hash,
      author: Person,
      at: At,
      labels: z.array(z.string()).default([]),
    })
    .optional(),
  /** Said about the item before it. */
  thread: z
    .object({
      visibility: z.enum(["Internal", "Client"]),
      anchor: z
        .object({
          versionNumber: z.int(),
          field: z.enum(["title", "body"]),
          start: z.int(),
          end: z.int(),
          quote: z.string(),
        })
        .nullable(),
      resolved: z.boolean(),
      comments: z.array(z.object({ author: Person, at: At, body: z.string() })).min(1),
    })
    .optional(),
  /** What the item was imported as, before. */
  memory: z
    .object({
      source: z.string().max(300),
      key: z.string().max(1_000),
      format: z.string().max(40),
      rawHash: Hash,
      versionNumber: z.int().positive(),
      exportedHash: Hash,
      /** Whether the item's file is the one that was imported, to the byte. */
      original: z.boolean(),
      provenance: Json,
    })
    .optional(),
});
export type Line = Zod.output<typeof Line>;
export type LineOf<K extends keyof Line> = NonNullable<Line[K]>;

/** The text of a manifest, piece by piece. */
export async function* written(lines: AsyncIterable<Line>, exportedAt: Date): AsyncGenerator<string> {
  yield JSON.stringify({ format: FORMAT, version: VERSION, exportedAt, lines: [] }).replace(/\]\}$/, "");
  let first = true;
  for await (const line of lines) {
    yield `${first ? "" : ","}\n${JSON.stringify(line)}`;
    first = false;
  }
  yield "\n]}\n";
}

/**
 * The lines of a manifest, each checked. One that is none, or too long, ends the reading: others may stand on it.
 * @throws {SourceProblem} that names the line
 */
export async function* readManifest(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Line> {
  let number = 0;
  for await (const text of linesOf(bytes)) {
    number++;
    if (number === 1) requireHeader(text);
    else if (text !== "]}" && text !== "") yield lineOf(text, number);
  }
}

function requireHeader(text: string) {
  const begun = new RegExp(`^\\{"format":"${FORMAT}","version":(\\d+),`).exec(text);
  if (!begun || !text.endsWith("["))
    throw new SourceProblem("contentos.json is not as ContentOS writes it: export the workspace again.");
  if (Number(begun[1]) > VERSION)
    throw new SourceProblem("This export is of a later version of ContentOS: bring this deployment up to date.");
}

function lineOf(text: string, number: number): Line {
  try {
    const line = Line.parse(JSON.parse(text.replace(/,$/, "")));
    if (Object.values(line).length !== 1) throw new Error("It says not one thing");
    return line;
  } catch (cause) {
    throw new SourceProblem(`Line ${number} of contentos.json is not as ContentOS writes it.`, { cause });
  }
}

/** Lines of bounded length. */
export async function* linesOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let held: Uint8Array[] = [];
  let heldBytes = 0;
  for await (const chunk of bytes) {
    let rest = chunk;
    for (let at = rest.indexOf(NEWLINE); at !== -1; at = rest.indexOf(NEWLINE)) {
      yield decodeText(Buffer.concat([...held, rest.subarray(0, at)]));
      held = [];
      heldBytes = 0;
      rest = rest.subarray(at + 1);
    }
    held.push(rest);
    heldBytes += rest.length;
    if (heldBytes > LIMITS.xmlPieceChars) throw new SourceProblem("A line of contentos.json is too long.");
  }
  if (heldBytes > 0) yield decodeText(Buffer.concat(held));
}
const NEWLINE = 0x0a;
