/** What a file is, told from its content alone. */
export type FileKind = "Image" | "Video" | "Audio" | "Document" | "Text" | "Archive";
export type Purpose = "Asset" | "Import";

type FileType = {
  kind: FileKind;
  /** The first one is given to a name that has none of them. */
  extensions: readonly string[];
  /** What else programs call it. */
  aliases?: readonly string[];
  /** May only be imported from. */
  importOnly?: true;
};

const MIB = 1024 * 1024;

/** By kind, in bytes. What is looked into as a whole (images and documents) is small enough to be held. */
export const MAX_BYTES: Record<FileKind, number> = {
  Image: 30 * MIB,
  Video: 2048 * MIB,
  Audio: 200 * MIB,
  Document: 50 * MIB,
  Text: 20 * MIB,
  Archive: 1024 * MIB,
};

const OPEN_XML = "application/vnd.openxmlformats-officedocument";

/** All that is taken. HTML, SVG and scripts are not, and what isn't here is refused. */
export const FILE_TYPES: Record<string, FileType> = {
  "image/png": { kind: "Image", extensions: ["png"] },
  "image/jpeg": { kind: "Image", extensions: ["jpg", "jpeg"], aliases: ["image/jpg", "image/pjpeg"] },
  "image/gif": { kind: "Image", extensions: ["gif"] },
  "image/webp": { kind: "Image", extensions: ["webp"] },
  "image/avif": { kind: "Image", extensions: ["avif"] },
  "video/mp4": { kind: "Video", extensions: ["mp4", "m4v"], aliases: ["video/x-m4v"] },
  "video/webm": { kind: "Video", extensions: ["webm"] },
  "audio/mpeg": { kind: "Audio", extensions: ["mp3"], aliases: ["audio/mp3"] },
  "application/pdf": { kind: "Document", extensions: ["pdf"] },
  [`${OPEN_XML}.wordprocessingml.document`]: { kind: "Document", extensions: ["docx"] },
  [`${OPEN_XML}.spreadsheetml.sheet`]: { kind: "Document", extensions: ["xlsx"] },
  [`${OPEN_XML}.presentationml.presentation`]: { kind: "Document", extensions: ["pptx"] },
  "application/vnd.oasis.opendocument.text": { kind: "Document", extensions: ["odt"] },
  "text/plain": { kind: "Text", extensions: ["txt"] },
  "text/markdown": { kind: "Text", extensions: ["md", "markdown"], aliases: ["text/x-markdown"] },
  "text/csv": { kind: "Text", extensions: ["csv"], aliases: ["application/csv"] },
  "application/json": { kind: "Text", extensions: ["json"], importOnly: true },
  "application/xml": { kind: "Text", extensions: ["xml", "wxr"], aliases: ["text/xml"], importOnly: true },
  "application/zip": {
    kind: "Archive",
    extensions: ["zip"],
    aliases: ["application/x-zip-compressed"],
    importOnly: true,
  },
};

/** By the one name that we use; undefined for what is not taken for this purpose. */
export function fileTypeOf(contentType: string, purpose: Purpose) {
  const claimed = contentType.split(";")[0]!.trim().toLowerCase();
  const found = Object.entries(FILE_TYPES).find(
    ([name, { aliases }]) => name === claimed || aliases?.includes(claimed),
  );
  if (!found || (found[1].importOnly && purpose !== "Import")) return undefined;
  return { contentType: found[0], ...found[1] };
}

/** A name that says what the file is: `photo.png` that holds a JPEG becomes `photo.png.jpg`. */
export function namedFor(contentType: string, fileName: string): string {
  const { extensions } = FILE_TYPES[contentType]!;
  const given = fileName.split(".").slice(1).at(-1)?.toLowerCase();
  if (given !== undefined && extensions.includes(given)) return fileName;
  const added = `.${extensions[0]}`;
  return `${fileName.slice(0, MAX_NAME_CHARS - added.length)}${added}`;
}

export const MAX_NAME_CHARS = 200;
