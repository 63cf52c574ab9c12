const MiB = 1024 * 1024;

/** What one import may cost, whatever its headers say. Sizes are in bytes and counted while reading. */
export const LIMITS = {
  /** Files in a folder or an archive, and entries in a feed or an export. */
  entries: 100_000,
  nameBytes: 1_024,
  /** Folders within one another. */
  depth: 50,
  /** One Markdown or HTML file. A body has at most 400,000 characters of up to four bytes. */
  textBytes: 4 * MiB,
  /** Of one page or post: more make no body that an item may have. */
  htmlChars: 512 * 1024,
  /** Each takes some 5 KB while a page is read. A long page of documentation has 12,000. */
  htmlTags: 30_000,
  imageBytes: 32 * MiB,
  /** One uncompressed file of an archive that is read as a stream. */
  streamBytes: 4 * 1024 * MiB,
  /** Everything that is read of one archive. */
  totalBytes: 8 * 1024 * MiB,
  /** Uncompressed to compressed, once `ratioFromBytes` were read; Markdown has about 4, a picture 1. */
  ratio: 200,
  ratioFromBytes: MiB,
  frontMatterChars: 64 * 1024,
  /** One text, comment, attribute or tag of an XML file, and one post with all its parts. */
  xmlPieceChars: 8 * MiB,
  xmlDepth: 200,
} as const;

export type Limits = { readonly [K in keyof typeof LIMITS]: number };
