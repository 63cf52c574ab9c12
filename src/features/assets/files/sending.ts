import type { Context } from "hono";
import type { Env } from "@/http/router";
import { AppError } from "@/platform/errors";
import type { Sealed } from "../queries";
import { openSealed, type SealedObject, type VaultDeps } from "./vault";

export type ServedFile = { object: SealedObject; contentType: string; fileName: string };

/** The file as it was uploaded, or a variant of it. @throws AppError `not_found` */
export function servedFile({ asset, blob, wrappedKey }: Sealed, variantName?: string): ServedFile {
  const of = { workspaceId: asset.workspaceId, keyId: blob.keyId, wrappedKey };
  const { contentType, fileName } = asset;
  if (variantName === undefined)
    return { object: { ...of, sha256: blob.sha256, sizeBytes: blob.sizeBytes }, contentType, fileName };
  const variant = blob.variants.find(({ name }) => name === variantName);
  if (!variant) throw new AppError("not_found", "This asset has no such variant.");
  const { sha256, sizeBytes } = variant;
  const ending = variant.name.split(".")[1];
  return {
    object: { ...of, sha256, sizeBytes },
    contentType: variant.contentType,
    fileName: `${fileName.replace(/\.[^.]*$/, "")}.${ending}`,
  };
}

/** What a browser may show where it stands; the rest is saved, as SVG is, which is a program. Nothing of it runs in either case. */
const SHOWN = /^(image\/(?!svg)|video\/|audio\/)/;

/** Bytes as they are, without a guess at what they are, in a page that may do nothing. */
export async function sendFile(c: Context<Env>, deps: VaultDeps, file: ServedFile, cacheControl: string) {
  const { object, contentType, fileName } = file;
  const tag = `"${object.sha256}"`;
  const headers: Record<string, string> = {
    "Cache-Control": cacheControl,
    ETag: tag,
    "Accept-Ranges": "bytes",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
  };
  if (c.req.header("if-none-match")?.split(/,\s*/).includes(tag)) return c.body(null, 304, headers);
  const { start, end, partial } = rangeOf(c, tag, object.sizeBytes);
  Object.assign(headers, {
    "Content-Type": contentType.startsWith("text/") ? `${contentType}; charset=utf-8` : contentType,
    "Content-Disposition": disposition(SHOWN.test(contentType) ? "inline" : "attachment", fileName),
    "Content-Length": String(end - start),
    ...(partial && { "Content-Range": `bytes ${start}-${end - 1}/${object.sizeBytes}` }),
  });
  const status = partial ? 206 : 200;
  if (c.req.method === "HEAD") return c.body(null, status, headers);
  return c.body(await begun(openSealed(deps, object, { start, end })), status, headers);
}

/** One range, as RFC 9110 has it; what asks for several, or is none, gets all of it. */
function rangeOf(c: Context<Env>, tag: string, sizeBytes: number) {
  const whole = { start: 0, end: sizeBytes, partial: false };
  const condition = c.req.header("if-range");
  const asked = c.req.header("range")?.match(/^bytes=(\d*)-(\d*)$/);
  if (!asked || (condition !== undefined && condition !== tag)) return whole;
  const [first, last] = [asked[1]!, asked[2]!];
  if (first === "" && last === "") return whole;
  const start = first === "" ? Math.max(0, sizeBytes - Number(last)) : Number(first);
  const end = first === "" || last === "" ? sizeBytes : Math.min(sizeBytes, Number(last) + 1);
  if (start >= sizeBytes || start >= end) {
    c.header("Content-Range", `bytes */${sizeBytes}`);
    throw new AppError("range_not_satisfiable", `This file has ${sizeBytes} bytes: ask for some of those.`);
  }
  return { start, end, partial: true };
}

/** RFC 6266, with the name in UTF-8 as RFC 8187 has it. */
function disposition(kind: "inline" | "attachment", fileName: string) {
  const ascii = fileName.replace(/[^\x20-\x7e]|["\\%]/g, "_");
  const encoded = encodeURIComponent(fileName).replace(/['()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16)}`);
  return `${kind}; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}

/** Its first bytes are there before anything is answered, so that a file that is gone is told as a refusal. */
async function begun(bytes: AsyncGenerator<Uint8Array>): Promise<ReadableStream<Uint8Array>> {
  const first = await bytes.next();
  return new ReadableStream({
    start(controller) {
      if (first.value) controller.enqueue(first.value);
      if (first.done) controller.close();
    },
    async pull(controller) {
      const { value, done } = await bytes.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await bytes.return(undefined);
    },
  });
}
