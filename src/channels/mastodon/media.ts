import { setTimeout as sleep } from "node:timers/promises";
import { type CallContext, ChannelError, type Part } from "@/channels/adapter";
import { entityOf, type Server, unreadable } from "@/channels/mastodon/client";
import { Media } from "@/channels/mastodon/entities";

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 4_000;
const MOST_WAITS = 8;

/**
 * The images of a part, each ready to be posted. Nothing is public before it is posted, so whatever goes wrong here may be
 * done again; what was uploaded for nothing, the server clears away (docs.joinmastodon.org/methods/media, read 2026-11-28).
 */
export async function uploadImages(server: Server, part: Part, context: CallContext): Promise<string[]> {
  const ids: string[] = [];
  for (const [index, { assetId, altText }] of part.images.entries()) {
    if (!context.assets)
      throw new Error("A publication with images needs a way to them: name it in the call's context");
    const { bytes } = await context.assets.jpegOf(assetId);
    const form = new FormData();
    // A name of its own: a server may keep files by their names.
    form.set("file", new Blob([Uint8Array.from(bytes)], { type: "image/jpeg" }), `${part.key}-${index}.jpg`);
    if (altText.trim() !== "") form.set("description", altText);
    const answer = await server.send("/api/v2/media", { method: "POST", form });
    const media = await entityOf(answer, Media, "read");
    if (!media) throw unreadable();
    if (answer.status === 202) await untilReady(server, media.id, context.signal);
    ids.push(media.id);
  }
  return ids;
}

async function untilReady(server: Server, id: string, signal: AbortSignal): Promise<void> {
  for (let waits = 0; waits < MOST_WAITS; waits += 1) {
    const answer = await server.send(`/api/v1/media/${encodeURIComponent(id)}`);
    await answer.body?.cancel();
    if (answer.status === 200) return;
    await sleep(Math.min(FIRST_WAIT_MS * 2 ** waits, LONGEST_WAIT_MS), undefined, { signal }).catch((cause) => {
      throw new ChannelError("passing", "Mastodon takes long over an image; nothing was posted.", { cause });
    });
  }
  throw new ChannelError("passing", "Mastodon takes long over an image; nothing was posted.");
}
