import { z } from "zod";
import type { Account, CallContext, Measured, RemotePart } from "@/channels/adapter";
import { ask, RefusedCall, type WordPressCredentials } from "@/channels/wordpress/client";
import { PostStatus } from "@/channels/wordpress/entities";

/**
 * Comments that the site has approved: WordPress itself counts nothing else. Of a post that is gone nothing is told, though
 * its number would come as zero.
 */
export async function metrics(
  { credentials }: Account<WordPressCredentials>,
  parts: RemotePart[],
  context: CallContext,
): Promise<Measured[]> {
  let [value, counted] = [0, 0];
  for (const { remoteId } of parts) {
    if (!(await isPublic(credentials, remoteId, context))) continue;
    const query = { post: remoteId, per_page: "1", _fields: "id" };
    const { headers } = await ask(credentials, { path: "wp/v2/comments", query, kind: "read" }, z.unknown(), context);
    const total = headers.get("x-wp-total");
    if (!/^\d+$/.test(total ?? "")) return [];
    value += Number(total);
    counted += 1;
  }
  return counted === 0 ? [] : [{ metricType: "replies", value }];
}

async function isPublic(credentials: WordPressCredentials, id: string, context: CallContext): Promise<boolean> {
  try {
    const call = { path: `wp/v2/posts/${id}`, query: { _fields: "status" }, kind: "read" } as const;
    const { data } = await ask(credentials, call, PostStatus, context);
    return data.status === "publish";
  } catch (error) {
    if (error instanceof RefusedCall && (error.status === 404 || error.status === 410)) return false;
    throw error;
  }
}
