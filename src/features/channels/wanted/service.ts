import { CHANNEL_RULES } from "@/channels/rules";
import type { WorkspaceTx } from "@/db/client";
import { record } from "@/features/audit";
import type { Actor } from "@/platform/actor";
import { AppError } from "@/platform/errors";
import { requireAdmin } from "../service";
import { ConnectableNetwork } from "./contract";
import * as queries from "./queries";

type Tx = WorkspaceTx;

export async function listWantedChannels(tx: Tx) {
  const rows = await queries.listWanted(tx);
  // A network that is supported no longer can't be connected either.
  const known = rows.flatMap(({ network, createdAt }) => {
    const { data } = ConnectableNetwork.safeParse(network);
    return data ? [{ network: data, label: CHANNEL_RULES[data].label, createdAt }] : [];
  });
  return { items: known };
}

export async function wantChannels(tx: Tx, actor: Actor, networks: string[]) {
  requireAdmin(actor);
  await queries.insertWanted(tx, networks);
}

export async function dismissWantedChannel(tx: Tx, actor: Actor, { network }: { network: string }) {
  requireAdmin(actor);
  if (!(await queries.removeWanted(tx, network)))
    throw new AppError("not_found", "This network is not among those that are wanted here.");
  await record(tx, actor, {
    action: "channels.wanted_no_longer",
    subjectType: "workspace",
    subjectId: actor.workspaceId,
    detail: { network },
  });
}
