import { createHash, randomBytes } from "node:crypto";
import { AUTHORIZED } from "@/channels/network-names";
import type { Channels } from "@/channels/registry";
import { CHANNEL_RULES } from "@/channels/rules";
import type { WorkspaceTx } from "@/db/client";
import type { Actor } from "@/platform/actor";
import type { Clock } from "@/platform/clock";
import { AppError } from "@/platform/errors";
import { requireAdmin } from "../service";
import * as queries from "./queries";

type Tx = WorkspaceTx;
export type AuthorizedNetwork = (typeof AUTHORIZED)[number];
type Deps = { channels: Channels; clock: Clock; publicUrl: string };

const LASTS_MS = 10 * 60_000;

/** The one address that a network sends people back to: nothing that was asked for has a say in it. */
export const callbackUrl = (publicUrl: string) => `${publicUrl}/channels/callback`;

const hashOf = (state: string) => createHash("sha256").update(state).digest();

export const listAuthorizedNetworks = ({ channels }: Pick<Deps, "channels">) => ({
  items: AUTHORIZED.filter((network) => channels[network].authorization).map((network) => ({
    network,
    label: CHANNEL_RULES[network].label,
  })),
});

/** The state names the workspace, since the network sends people back to one address for all of them. */
export async function beginAuthorization(
  tx: Tx,
  actor: Actor,
  { network }: { network: AuthorizedNetwork },
  { channels, clock, publicUrl }: Deps,
) {
  requireAdmin(actor);
  const { authorization, label } = channels[network];
  if (!authorization) throw new AppError("channel_refused", `This deployment has no app at ${label}.`);
  const state = `${actor.workspaceId}.${randomBytes(32).toString("base64url")}`;
  const expiresAt = new Date(clock.now().getTime() + LASTS_MS);
  await queries.keepState(tx, network, hashOf(state), expiresAt);
  return { authorizeUrl: authorization.url({ redirectUri: callbackUrl(publicUrl), state }).href, expiresAt };
}

/** Uses the state up before the network is asked, so that what came back is good once. */
export async function takeAuthorization(tx: Tx, actor: Actor, { state }: { state: string }, { clock }: Deps) {
  requireAdmin(actor);
  const network = await queries.takeState(tx, hashOf(state), clock.now());
  if (!network)
    throw new AppError("not_found", "This attempt to connect is over, or somebody else began it: begin it again.");
  return network as AuthorizedNetwork;
}
