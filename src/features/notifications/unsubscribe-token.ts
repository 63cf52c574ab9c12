import { createHmac } from "node:crypto";
import { isUuid } from "@/platform/actor";
import { type Keyring, sameToken } from "@/platform/secrets";

const PURPOSE = "notifications unsubscribe";
/** As long as what was sent is remembered, in ms. */
const GOOD_FOR_MS = 90 * 24 * 3_600_000;

const sign = (key: Buffer, claims: string) => createHmac("sha256", key).update(claims).digest("base64url");

type Claims = { workspaceId: string; deliveryId: string };

/** What lets a mail's reader unsubscribe without signing in; it does nothing else. */
export function unsubscribeToken(keyring: Keyring, { workspaceId, deliveryId }: Claims, now: Date): string {
  const claims = `${workspaceId}.${deliveryId}.${now.getTime() + GOOD_FOR_MS}`;
  return `${claims}.${sign(keyring.tokenKeys(PURPOSE)[0], claims)}`;
}

/** Undefined for what is not ours, was changed, or has expired. */
export function readUnsubscribeToken(keyring: Keyring, token: string, now: Date): Claims | undefined {
  const [workspaceId = "", deliveryId = "", until = "", signature = "", ...more] = token.split(".");
  const claims = `${workspaceId}.${deliveryId}.${until}`;
  if (more.length > 0 || !isUuid(workspaceId) || !isUuid(deliveryId)) return undefined;
  if (!keyring.tokenKeys(PURPOSE).some((key) => sameToken(sign(key, claims), signature))) return undefined;
  return Number(until) > now.getTime() ? { workspaceId, deliveryId } : undefined;
}
