import { type Account, type CallContext, ChannelError, type Part, type Publication } from "@/channels/adapter";
import { networkFault } from "@/channels/fault";
import { ask, type GhostCredentials } from "@/channels/ghost/client";
import { Images } from "@/channels/ghost/entities";
import { assetsNamedIn } from "@/platform/markdown";

/** The pictures that the text shows, and the one that stands for the whole, by their addresses on the site. */
export async function placeImages(
  account: Account<GhostCredentials>,
  publication: Publication,
  part: Part,
  context: CallContext,
): Promise<Map<string, string>> {
  const wanted = new Set(publication.images.slice(0, 1).map(({ assetId }) => assetId));
  for (const { id, as } of assetsNamedIn(part.text)) if (as === "Image") wanted.add(id);
  const placed = new Map<string, string>();
  for (const id of wanted) placed.set(id, await placeImage(account, id, part, context));
  return placed;
}

/**
 * Ghost has no list of its pictures. It keeps one under the month and its name, where it doesn't keep them elsewhere: so
 * that place is looked at first, and an upload whose answer was lost is not repeated.
 */
async function placeImage(
  { credentials }: Account<GhostCredentials>,
  id: string,
  part: Part,
  context: CallContext,
): Promise<string> {
  const name = `contentos-${id.toLowerCase()}.jpg`;
  const month = part.createdAt.toISOString().slice(0, 7).replace("-", "/");
  const usual = `${credentials.apiUrl.replace(/[?#].*$/, "").replace(/\/$/, "")}/content/images/${month}/${name}`;
  if (await isThere(usual, context)) return usual;
  if (!context.assets) throw new Error("A publication with images needs a way to them: name it in the call's context");
  const { bytes } = await context.assets.jpegOf(id);
  const body = new FormData();
  body.set("file", new Blob([new Uint8Array(bytes)], { type: "image/jpeg" }), name);
  body.set("purpose", "image");
  body.set("ref", name);
  // No reader sees a picture that no post shows: an answer that is lost means no more than a pause.
  const upload = { method: "POST", path: "images/upload/", body, kind: "read" } as const;
  const told = await ask(credentials, upload, Images, context);
  const url = told?.images[0]?.url;
  if (!url) throw new ChannelError("passing", "Ghost told nothing of a picture it took.");
  return url;
}

async function isThere(url: string, context: CallContext): Promise<boolean> {
  try {
    const { signal } = context;
    const answer = await context.fetch(url, { method: "HEAD", redirect: "manual", signal, timeoutMs: 10_000 });
    return answer.ok && (answer.headers.get("content-type") ?? "").startsWith("image/");
  } catch (error) {
    throw networkFault(error, "read", "Ghost");
  }
}
