import { type Client, completeUpload, createUpload, getUpload, Problem, type Upload } from "@contentos/sdk";

/** How long to wait between two looks at a file that is being checked, in ms. */
const LOOK_MS = 400;

/**
 * Brings a file into the library: its parts go where the API says, then it is checked.
 * @param onProgress how much has arrived, from 0 to 1
 * @returns the asset's id
 * @throws Problem for a refusal, also of what the file turned out to be
 */
export async function uploadImage(
  client: Client,
  file: File,
  altText: string,
  { signal, onProgress }: { signal: AbortSignal; onProgress: (share: number) => void },
): Promise<string> {
  const body = { fileName: file.name || "image", contentType: file.type, sizeBytes: file.size, altText };
  const upload = await client.call(createUpload, { body }, { signal });
  for (const part of upload.parts) {
    if (part.received || !part.url) continue;
    const start = (part.number - 1) * upload.partBytes;
    await send(part, file.slice(start, start + part.sizeBytes), signal);
    onProgress(Math.min(1, (start + part.sizeBytes) / file.size));
  }
  let state: Upload = await client.call(completeUpload, { id: upload.id }, { signal });
  while (state.status === "Processing" || state.status === "Open") {
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    signal.throwIfAborted();
    state = await client.call(getUpload, { id: upload.id }, { signal });
  }
  if (state.status === "Ready" && state.assetId) return state.assetId;
  throw new Problem(422, "unsupported_media_type", state.reason ?? "This file can't be taken.");
}

async function send({ url, method = "PUT", headers = {} }: Upload["parts"][number], bytes: Blob, signal: AbortSignal) {
  const answer = await fetch(url!, { method, headers, body: bytes, signal }).catch((cause: unknown) => {
    signal.throwIfAborted();
    throw new Problem(0, "unreachable", "The file could not be sent.", [], {}, 0, { cause });
  });
  if (!answer.ok) throw new Problem(answer.status, "unexpected_answer", "The file could not be sent: try again.");
}
