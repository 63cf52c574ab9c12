import { z } from "zod";
import { type Account, type CallContext, ChannelError, type Publication } from "@/channels/adapter";
import { ask, type WordPressCredentials } from "@/channels/wordpress/client";
import { Media } from "@/channels/wordpress/entities";
import { assetsNamedIn } from "@/platform/markdown";

/**
 * The pictures that the text shows, and the one that stands for the whole, as the site's library has them. Each is there once,
 * whatever becomes of an upload's answer: its slug, which no page of the site shows, is its id here.
 */
export async function placeImages(
  account: Account<WordPressCredentials>,
  publication: Publication,
  body: string,
  context: CallContext,
): Promise<{ byAsset: Map<string, Media>; featured: Media | undefined }> {
  const [first] = publication.images;
  const wanted = new Map<string, string>();
  const altOf = (id: string) => publication.assets.find((asset) => asset.id === id)?.altText ?? "";
  if (first) wanted.set(first.assetId, first.altText);
  for (const { id, as, alt } of assetsNamedIn(body))
    if (as === "Image" && !wanted.get(id)) wanted.set(id, alt || altOf(id));
  const byAsset = new Map<string, Media>();
  for (const [id, altText] of wanted) byAsset.set(id, await placeImage(account, { id, altText }, context));
  return { byAsset, featured: first && byAsset.get(first.assetId) };
}

const slugOf = (assetId: string) => `contentos-${assetId.toLowerCase()}`;

async function placeImage(
  { credentials }: Account<WordPressCredentials>,
  { id, altText }: { id: string; altText: string },
  context: CallContext,
): Promise<Media> {
  const fields = { _fields: "id,source_url" };
  const query = { slug: slugOf(id), ...fields };
  const found = await ask(credentials, { path: "wp/v2/media", query, kind: "read" }, z.array(Media), context);
  if (found.data[0]) return found.data[0];
  if (!context.assets) throw new Error("A publication with images needs a way to them: name it in the call's context");
  const { bytes } = await context.assets.jpegOf(id);
  const body = new FormData();
  body.set("file", new Blob([new Uint8Array(bytes)], { type: "image/jpeg" }), `${id}.jpg`);
  body.set("slug", slugOf(id));
  body.set("title", altText.slice(0, 200) || id);
  body.set("alt_text", altText);
  // Nobody sees a picture of the library, and the next try finds it: an answer that is lost means no more than a pause.
  const upload = { method: "POST", path: "wp/v2/media", query: fields, body, kind: "read" } as const;
  const { data } = await ask(credentials, upload, Media.optional().catch(undefined), context);
  if (!data) throw new ChannelError("passing", "WordPress told nothing of a picture it took.");
  return data;
}
