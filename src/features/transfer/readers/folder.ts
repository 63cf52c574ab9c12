import { AppError } from "@/platform/errors";
import { refuseIntricate } from "@/platform/markdown-bounds";
import { addressesOf, withAddresses } from "./addresses";
import { instantOf } from "./dates";
import { type Entry, type Found, type Named, orProblem, type Piece, pieceOf, SourceProblem, sha256 } from "./entry";
import { type Fields, fieldReader } from "./fields";
import { divide, fieldsOf } from "./front-matter";
import { declaredEncoding, type HtmlPage, pageOf, refuseLong } from "./html";
import { LIMITS } from "./limits";
import { metadataOf, titleOf } from "./metadata";
import { imageCandidates, isExternal, linkCandidates, withoutExtension } from "./paths";
import type { Source } from "./source";
import { decodeText } from "./text";

const TEXT = /\.(md|markdown|mdx|html?)$/i;
const ARCHIVE = /\.(zip|tar|tgz|gz|bz2|xz|7z|rar)$/i;

type Options = {
  /** For files that declare none: whoever brings them knows. */
  encoding?: string | undefined;
};

/** Markdown with front matter, and HTML pages, each a file of a folder or of an archive. The key is the path. */
export async function* readFolder(source: Source, { encoding }: Options = {}): AsyncGenerator<Found> {
  for (const file of source.files) {
    const { path } = file;
    if ("problem" in file) yield { key: path, problem: file.problem };
    else if (ARCHIVE.test(path)) yield { key: path, skipped: "An archive within the source is not opened." };
    else if (TEXT.test(path))
      yield await orProblem(path, async () => pieceAt(path, await source.read(path, LIMITS.textBytes), encoding));
  }
}

export const isText = (path: string) => TEXT.test(path);

function pieceAt(path: string, bytes: Buffer, encoding: string | undefined): Piece {
  return /\.html?$/i.test(path) ? htmlPiece(path, bytes, encoding) : markdownPiece(path, bytes, encoding);
}

function markdownPiece(path: string, bytes: Buffer, encoding: string | undefined): Piece {
  const { yaml, body } = divide(decodeText(bytes, encoding));
  const fields = fieldReader(yaml === null ? {} : fieldsOf(yaml));
  sound(() => refuseIntricate(body));
  const told = { key: path, rawHash: sha256(bytes), aliases: aliasesOf(path, fields.slug, fields.permalinks) };
  return pieceOf(told, () => {
    const heading = /^#[ \t]+(.+?)[ \t]*#*$/m.exec(body)?.[1];
    const addresses = sound(() => addressesOf(body));
    const text = { body, addresses, bodyWith: (renamed: Renamed) => withAddresses(body, addresses, renamed) };
    return assemble({ path, kind: "Markdown", ...text, fields, titles: [heading], original: bytes, notes: [] });
  });
}

type Renamed = Parameters<Entry["bodyWith"]>[0];

function htmlPiece(path: string, bytes: Buffer, encoding: string | undefined): Piece {
  const html = decodeText(bytes, declaredEncoding(bytes) ?? encoding);
  refuseLong(html);
  return pieceOf({ key: path, rawHash: sha256(bytes), aliases: aliasesOf(path, undefined, []) }, () => {
    const page = pageOf(html);
    const { markdown: body, markdownWith: bodyWith, addresses, notes } = page;
    sound(() => refuseIntricate(body));
    const heading = /^#{1,2} (.+)$/m.exec(body)?.[1];
    const fields = fieldReader(fieldsOfPage(page));
    const text = { body, addresses, bodyWith };
    return assemble({ path, kind: "Html", ...text, fields, titles: [page.title, heading], original: null, notes });
  });
}

const fieldsOfPage = ({ meta, language }: HtmlPage) => ({
  description: meta.description ?? meta["og:description"],
  author: meta.author,
  date: meta["article:published_time"] ?? meta.date ?? meta["dc.date"],
  tags: meta.keywords,
  language: language?.replace("_", "-"),
});

type Parts = Pick<Entry, "kind" | "body" | "bodyWith" | "original" | "notes"> & {
  path: string;
  addresses: Named[];
  fields: Fields;
  titles: (string | undefined)[];
};

const nameOf = (path: string) => withoutExtension(path.split("/").at(-1)!);
const datedName = (path: string) => /^(\d{4}-\d{2}-\d{2})-(.+)$/.exec(nameOf(path));

function assemble({ path, kind, body, bodyWith, addresses, fields, titles, original, notes }: Parts): Entry {
  const dated = datedName(path);
  const { title, notes: onTitle } = titleOf(
    fields.title ?? titles.find((one) => one?.trim()) ?? "",
    dated?.[2] ?? nameOf(path),
  );
  const slug = fields.slug ?? dated?.[2];
  const { metadata, notes: onMetadata } = metadataOf({ ...fields.metadata, slug });
  const publishedAt = instantOf(fields.date) ?? instantOf(dated?.[1]);
  return {
    kind,
    title,
    body,
    bodyWith,
    metadata,
    author: fields.author,
    tags: fields.tags,
    categories: fields.categories,
    publishedAt,
    status: fields.draft || publishedAt === null ? "Draft" : "Published",
    images: references(addresses, "image", (address) => imageCandidates(path, address)),
    links: references(addresses, "link", (address) => linkCandidates(path, address)),
    comments: [],
    extra: fields.extra,
    original,
    notes: [...onTitle, ...onMetadata, ...notes, ...unsaid(body)],
  };
}

/** What Markdown may hold and no page of ours shows. */
function unsaid(body: string): string[] {
  const outside = body.replace(/^( *)(```+|~~~+)[\s\S]*?^\1\2/gm, "");
  return [
    ...(/\{[%{][^}]*[%}]\}/.test(outside) ? ["It has template tags ({{ }} or {% %}), which stay as text."] : []),
    ...(/^<[a-z][^>]*>/im.test(outside) ? ["It has HTML, which pages leave out."] : []),
  ];
}

/** @throws {SourceProblem} for text that no item may have, for its length or its shape */
export function sound<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof AppError) throw new SourceProblem(error.message, { cause: error });
    throw error;
  }
}

/** Each address once, with the first of its texts. */
export const distinct = (addresses: Named[], kind: Named["kind"]): { address: string; text: string }[] => {
  const texts = new Map<string, string>();
  for (const one of addresses) if (one.kind === kind && !texts.has(one.url)) texts.set(one.url, one.text);
  return [...texts].map(([address, text]) => ({ address, text }));
};

/** What leads elsewhere is no reference. */
const references = (addresses: Named[], kind: Named["kind"], candidatesOf: (address: string) => string[]) =>
  distinct(addresses, kind)
    .filter(({ address }) => !isExternal(address))
    .map((one) => ({ ...one, candidates: candidatesOf(one.address) }))
    .filter(({ candidates }) => candidates.length > 0);

/** The names by which Jekyll, Hugo and Astro know a page, without extension and slashes at the ends. */
function aliasesOf(path: string, given: string | undefined, permalinks: string[]): string[] {
  const dated = datedName(path);
  const slug = given ?? dated?.[2];
  const bare = withoutExtension(path);
  const folder = bare.split("/").slice(0, -1).join("/");
  const within = (name: string) => (folder === "" ? name : `${folder}/${name}`);
  const names = [path, bare, bare.replace(/(^|\/)_?index$/, "")];
  if (slug !== undefined) names.push(within(slug), slug);
  if (dated) names.push(`${dated[1]!.replaceAll("-", "/")}/${dated[2]}`);
  names.push(
    ...permalinks.filter((one) => !isExternal(one)).map((one) => withoutExtension(one.replace(/^\/|\/$/g, ""))),
  );
  return [...new Set(names.filter((name) => name !== ""))];
}
