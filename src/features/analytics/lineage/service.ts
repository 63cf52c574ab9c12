import type { z } from "zod";
import type { Channels } from "@/channels/registry";
import type { WorkspaceTx } from "@/db/client";
import { Brief } from "@/features/planning/contract";
import { decodeCursor, toPage } from "@/http/cursor";
import { AppError } from "@/platform/errors";
import { countedOf, metricsOf } from "../metrics";
import type { GetLineage } from "./contract";
import * as queries from "./queries";

type Deps = { channels: Channels; now: Date };

const SORT = "-createdAt";

export async function getLineage(
  tx: WorkspaceTx,
  { limit, cursor, contentItemId, personaId, campaignId }: z.output<typeof GetLineage>,
  deps: Deps,
) {
  if ([contentItemId, personaId, campaignId].filter((id) => id !== undefined).length !== 1) {
    const message = "Name an item, a persona or a campaign: one of them.";
    throw new AppError("invalid_request", message, { issues: [{ path: "contentItemId", message }] });
  }
  const of = contentItemId ? { contentItemId } : personaId ? { personaId } : { campaignId: campaignId! };
  const rows = await queries.lineageOf(tx, { of, after: decodeCursor(cursor, SORT), count: limit + 1 });
  if (contentItemId && rows.length === 0 && cursor === undefined)
    throw new AppError("not_found", "There is no such content item in this workspace.");
  const { items, nextCursor } = toPage(rows, limit, SORT, (row) => new Date(row.createdAt).toISOString());
  return { items: items.map((row) => presentLineage(row, deps)), nextCursor };
}

function presentLineage(row: queries.LineageRow, deps: Deps) {
  const { id, brief, currentVersionNumber, versions, adaptations, publications, fetches, ...item } = row;
  const metrics = metricsBySchedule(row, deps);
  const adaptationIds = new Set(adaptations.map((adaptation) => `${adaptation.versionNumber} ${adaptation.id}`));
  const published = (mine: (publication: queries.PublicationRow) => boolean) =>
    publications
      .filter(mine)
      .map((publication) => ({ ...publication, metrics: metrics.get(publication.scheduleId) ?? [] }));
  return {
    ...item,
    contentItemId: id,
    brief: brief && { ...brief, channelMix: Brief.shape.channelMix.parse(brief.channelMix) },
    versions: versions.map((version) => ({
      ...version,
      isCurrent: version.versionNumber === currentVersionNumber,
      adaptations: adaptations
        .filter(({ versionNumber }) => versionNumber === version.versionNumber)
        .map((adaptation) => ({
          ...adaptation,
          publications: published(
            (one) => one.adaptationId === adaptation.id && one.versionNumber === version.versionNumber,
          ),
        })),
      publications: published(
        (one) =>
          one.versionNumber === version.versionNumber && !adaptationIds.has(`${one.versionNumber} ${one.adaptationId}`),
      ),
    })),
  };
}

/** What is counted, under its newest publication. */
function metricsBySchedule({ publications, fetches }: queries.LineageRow, { channels, now }: Deps) {
  const out = publications
    .filter(({ status, removedAt }) => status === "Published" && removedAt === null)
    .toSorted((a, b) => Date.parse(b.publishedAt!) - Date.parse(a.publishedAt!))
    .map(({ scheduleId, channelId, remoteId }) => ({ id: scheduleId, channelId, remoteId }));
  const told = fetches.map((row) => ({ ...row, since: new Date(row.since) }));
  const networks = new Map(publications.map(({ channelId, network }) => [channelId, network]));
  return new Map(
    countedOf(out, told).map((counted) => [
      counted.scheduleId,
      metricsOf(counted, networks.get(counted.channelId)!, channels, now),
    ]),
  );
}
