import { createHash } from "node:crypto";
import { fileTypeFromBuffer } from "file-type";
import { FILE_TYPES, type FileKind, fileTypeOf, MAX_BYTES, type Purpose } from "./file-types";

/** Why a file is not taken, in a sentence for whoever uploaded it. */
export class RefusedFile extends Error {
  override name = "RefusedFile";
}

export type Announced = {
  contentType: string;
  sizeBytes: number;
  purpose: Purpose;
  sha256?: string | null | undefined;
};

export type Inspected = {
  sha256: string;
  sizeBytes: number;
  contentType: string;
  kind: FileKind;
  /** All of it, for what has to be looked into. */
  whole: Buffer | undefined;
};

/** What it takes to tell a file's type, in bytes. */
const HEAD_BYTES = 64 * 1024;

/**
 * Reads a file once, and says what it is by its content. Of images and documents all is held, of the rest the beginning.
 * @throws RefusedFile
 */
export async function inspect(bytes: AsyncIterable<Uint8Array>, announced: Announced): Promise<Inspected> {
  const claimed = fileTypeOf(announced.contentType, announced.purpose);
  if (!claimed) throw new RefusedFile(`Files of the type ${announced.contentType} are not taken.`);
  const looksInto = claimed.kind === "Image" || claimed.kind === "Document";
  const kept: Uint8Array[] = [];
  let [sizeBytes, keptBytes] = [0, 0];
  const hash = createHash("sha256");
  const text = claimed.kind === "Text" ? textCheck() : undefined;
  for await (const piece of bytes) {
    sizeBytes += piece.length;
    if (sizeBytes > Math.min(announced.sizeBytes, MAX_BYTES[claimed.kind])) throw wrongSize(announced);
    hash.update(piece);
    text?.take(piece);
    if (looksInto || keptBytes < HEAD_BYTES) {
      kept.push(piece);
      keptBytes += piece.length;
    }
  }
  text?.end();
  if (sizeBytes !== announced.sizeBytes) throw wrongSize(announced);
  const sha256 = hash.digest("hex");
  if (announced.sha256 && announced.sha256 !== sha256)
    throw new RefusedFile("The file did not arrive as it was sent, its SHA-256 is another one: upload it again.");

  const head = Buffer.concat(kept);
  const contentType = await typeOf(head, claimed.contentType, announced.purpose);
  const { kind } = FILE_TYPES[contentType]!;
  if (kind !== claimed.kind)
    throw new RefusedFile(`This was announced as ${claimed.contentType}, and it is ${contentType}: upload it as that.`);
  return { sha256, sizeBytes, contentType, kind, whole: looksInto ? head : undefined };
}

const wrongSize = ({ sizeBytes }: Announced) =>
  new RefusedFile(`The file is not ${sizeBytes} bytes long, as was announced: upload it again.`);

async function typeOf(head: Buffer, claimed: string, purpose: Purpose): Promise<string> {
  const told = (await fileTypeFromBuffer(head))?.mime;
  if (told !== undefined) {
    const known = fileTypeOf(told, purpose);
    if (!known) throw new RefusedFile(`This file is ${told} by its content, which is not taken.`);
    return known.contentType;
  }
  if (FILE_TYPES[claimed]!.kind !== "Text")
    throw new RefusedFile(`This is not a ${claimed} file: its content is something else, or damaged.`);
  if (!FILE_TYPES[claimed]!.importOnly && MARKUP.test(head.subarray(0, 1_024).toString("latin1")))
    throw new RefusedFile("This is a web page or a program and not plain text, which is not taken.");
  return claimed;
}

/** What a browser that guesses would run or render; none of it is the beginning of a plain text. */
const MARKUP =
  /^(\xef\xbb\xbf)?\s*(<!--[\s\S]*?-->\s*)*<(!doctype|\?xml|\?php|html|head|body|svg|script|iframe|style|meta|link|object|embed|img|table|div|a|br|p|h1|title|b)\b/i;

/** UTF-8 without control characters, as it comes in. */
function textCheck() {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const take = (piece?: Uint8Array) => {
    let text: string;
    try {
      text = piece ? decoder.decode(piece, { stream: true }) : decoder.decode();
    } catch {
      throw new RefusedFile("This text is not in UTF-8: save it in that encoding and upload it again.");
    }
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
    if (/[\u0000-\u0008\u000b\u000e-\u001f\u007f]/.test(text))
      throw new RefusedFile("This is no plain text: it has control characters.");
  };
  return { take, end: () => take() };
}
