import { ChannelError, type Publication } from "@/channels/adapter";
import { imagesOf, textsOf } from "@/channels/default-parts";
import type { Server } from "@/channels/mastodon/client";
import { countCharacters, LINK_CHARACTERS } from "@/channels/mastodon/count";
import { Instance } from "@/channels/mastodon/entities";
import { limits } from "@/channels/mastodon/limits";

/**
 * Each server says what it takes (docs.joinmastodon.org/entities/Instance, `configuration.statuses`, read 2026-11-28).
 * Asked before a thread begins: a server that takes less than others refuses all of it, and not the rest of it.
 */
export async function requireFits(server: Server, publication: Publication): Promise<void> {
  const { maxCharacters, maxImages, perLink } = await limitsOf(server);
  const { host } = new URL(server.origin);
  for (const [position, text] of textsOf(publication, limits).entries()) {
    const length = countCharacters(text, perLink);
    if (maxCharacters !== undefined && length > maxCharacters)
      throw new ChannelError(
        "refused",
        `Part ${position + 1} has ${length} characters; ${host} takes ${maxCharacters}.`,
      );
  }
  for (const [position, { length }] of imagesOf(publication, limits).entries()) {
    if (maxImages !== undefined && length > maxImages)
      throw new ChannelError("refused", `Part ${position + 1} has ${length} images; ${host} takes ${maxImages}.`);
  }
}

/** What a server does not say, it decides when it is posted to. */
async function limitsOf(server: Server) {
  const instance =
    (await server.readIfThere("/api/v2/instance", Instance)) ??
    (await server.readIfThere("/api/v1/instance", Instance));
  const said = instance?.configuration?.statuses;
  return {
    maxCharacters: said?.max_characters ?? instance?.max_toot_chars,
    maxImages: said?.max_media_attachments,
    perLink: said?.characters_reserved_per_url ?? LINK_CHARACTERS,
  };
}
