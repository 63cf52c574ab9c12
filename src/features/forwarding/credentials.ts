import { z } from "zod";
import type { Keyring } from "@/platform/secrets";

const Credentials = z.union([
  z.strictObject({ token: z.string() }),
  z.strictObject({ accessKeyId: z.string(), secretAccessKey: z.string() }),
]);
export type Credentials = z.output<typeof Credentials>;

type Owner = { workspaceId: string; id: string };
/** A sealed secret opens for its own destination only. */
const associatedData = ({ workspaceId, id }: Owner) => ["forwarding credentials", workspaceId, id];

export const sealCredentials = (keyring: Keyring, key: Buffer, owner: Owner, credentials: Credentials): Buffer =>
  keyring.seal(key, Buffer.from(JSON.stringify(credentials)), associatedData(owner));

export const openCredentials = (keyring: Keyring, key: Buffer, owner: Owner, sealed: Buffer): Credentials =>
  Credentials.parse(JSON.parse(keyring.open(key, sealed, associatedData(owner)).toString()));

/** So that people tell one from another; of a short one nothing. */
export function hintOf(credentials: Credentials): string {
  const named = "token" in credentials ? credentials.token : credentials.accessKeyId;
  return named.length < 12 ? "…" : `…${named.slice(-4)}`;
}

/** Takes them out of what is kept of an answer: receivers echo what they get. */
export function maskOf(credentials: Credentials): (text: string) => string {
  const secrets = Object.values(credentials);
  return (text) => secrets.reduce((masked, secret) => masked.replaceAll(secret, "…"), text);
}
