import { type SQL, sql } from "drizzle-orm";
import type { Network } from "@/channels/rules";
import type { WorkspaceTx } from "@/db/client";
import type { Latest } from "@/db/schema/analytics";

/** Times come as RFC 3339. */
export type LineageRow = {
  id: string;
  title: string;
  status: "Draft" | "InReview" | "Approved" | "Published";
  createdAt: string;
  dueAt: string | null;
  publishedAt: string | null;
  archivedAt: string | null;
  currentVersionNumber: number;
  persona: Named | null;
  campaign: Named | null;
  brief: { version: number; goal: string; keyword: string; channelMix: unknown } | null;
  versionCount: number;
  /** The newest first. */
  versions: { versionNumber: number; title: string; contentHash: string; updatedBy: string; updatedAt: string }[];
  adaptations: {
    id: string;
    versionNumber: number;
    channelId: string | null;
    network: string | null;
    contentHash: string;
    createdAt: string;
  }[];
  /** By the time for which they are planned. */
  publications: PublicationRow[];
  fetches: {
    scheduleId: string;
    channelId: string;
    remoteId: string;
    since: string;
    latest: Latest;
    error: string | null;
  }[];
};
type Named = { id: string; name: string; removed: boolean };
export type PublicationRow = {
  scheduleId: string;
  versionNumber: number;
  adaptationId: string | null;
  channelId: string;
  channelName: string;
  network: Network;
  status: "Scheduled" | "Publishing" | "Published" | "Failed" | "Canceled" | "OnHold" | "Unknown";
  scheduledTime: string;
  publishedAt: string | null;
  publishedUrl: string | null;
  remoteId: string | null;
  removedAt: string | null;
};

type Asked = {
  of: { contentItemId: string } | { personaId: string } | { campaignId: string };
  after: { value: string; id: string } | undefined;
  count: number;
};

/** A persona's items are found by their briefs, one by one: those of the workspace are many more. */
function itemsOf(of: Asked["of"]): SQL {
  if ("contentItemId" in of) return sql`content_items i where i.id = ${of.contentItemId}::uuid`;
  if ("campaignId" in of) return sql`content_items i where i.campaign_id = ${of.campaignId}::uuid`;
  return sql`content_briefs own cross join lateral (
      select * from content_items one where one.workspace_id = own.workspace_id and one.id = own.content_item_id limit 1
    ) i where own.workspace_id = (select app.workspace_id()) and own.persona_id = ${of.personaId}::uuid`;
}

/**
 * Reads the tables of all rooms below in one statement, and writes none of them: the items of a page first, and then
 * what belongs to each, by an index of each table.
 */
export async function lineageOf(tx: WorkspaceTx, { of, after, count }: Asked): Promise<LineageRow[]> {
  const beyond = after ? sql`and (i.created_at, i.id) < (${after.value}::timestamptz, ${after.id}::uuid)` : sql``;
  const { rows } = await tx.execute<LineageRow>(sql`
    with page as (
      select i.* from ${itemsOf(of)} and i.workspace_id = (select app.workspace_id()) ${beyond}
      order by i.created_at desc, i.id desc limit ${count}
    )
    select page.id, page.title, page.status, to_json(page.created_at) as "createdAt", to_json(page.due_at) as "dueAt",
      to_json(page.published_at) as "publishedAt", to_json(page.archived_at) as "archivedAt", page.current_version_number as "currentVersionNumber",
      case when p.id is not null then json_build_object('id', p.id, 'name', p.name, 'removed', p.removed_at is not null) end as persona,
      case when c.id is not null then json_build_object('id', c.id, 'name', c.name, 'removed', c.removed_at is not null) end as campaign,
      case when b.version is not null then json_build_object('version', b.version, 'goal', b.goal, 'keyword', b.keyword,
        'channelMix', b.channel_mix) end as brief,
      page.current_version_number as "versionCount",
      coalesce(versions.rows, '[]') as versions, coalesce(adaptations.rows, '[]') as adaptations,
      coalesce(publications.rows, '[]') as publications, coalesce(fetches.rows, '[]') as fetches
    from page
    left join content_briefs b on b.workspace_id = page.workspace_id and b.content_item_id = page.id
    left join personas p on p.workspace_id = b.workspace_id and p.id = b.persona_id
    left join planning_campaigns c on c.workspace_id = page.workspace_id and c.id = page.campaign_id
    left join lateral (
      select json_agg(json_build_object('scheduleId', s.id, 'versionNumber', s.version_number, 'adaptationId', s.adaptation_id,
          'channelId', s.channel_id, 'channelName', n.name, 'network', n.network, 'status', s.status,
          'scheduledTime', s.scheduled_time, 'publishedAt', s.published_at, 'publishedUrl', s.published_url,
          'remoteId', s.remote_id, 'removedAt', s.removed_at) order by s.scheduled_time, s.id) as rows,
        array_agg(s.version_number) as numbers, array_agg(s.adaptation_id) as adapted
      from distribution_schedules s join channels n on n.workspace_id = s.workspace_id and n.id = s.channel_id
      where s.workspace_id = page.workspace_id and s.content_item_id = page.id
    ) publications on true
    left join lateral (
      select json_agg(json_build_object('id', a.id, 'versionNumber', a.version_number, 'channelId', a.channel_id,
          'network', a.network, 'contentHash', a.content_hash, 'createdAt', a.created_at) order by a.created_at, a.id) as rows,
        array_agg(a.version_number) as numbers
      from (
        select * from content_adaptations live
        where live.workspace_id = page.workspace_id and live.content_item_id = page.id and live.removed_at is null
        union
        select * from content_adaptations scheduled
        where scheduled.workspace_id = page.workspace_id and scheduled.id = any (publications.adapted)
      ) a
    ) adaptations on true
    left join lateral (
      select json_agg(json_build_object('versionNumber', v.version_number, 'title', v.title, 'contentHash', v.content_hash,
          'updatedBy', v.updated_by, 'updatedAt', v.updated_at) order by v.version_number desc) as rows
      from content_versions v
      where v.workspace_id = page.workspace_id and v.content_item_id = page.id
        and v.version_number = any (array_cat(adaptations.numbers, publications.numbers) || page.current_version_number)
    ) versions on true
    left join lateral (
      select json_agg(json_build_object('scheduleId', f.schedule_id, 'channelId', f.channel_id, 'remoteId', f.remote_id,
          'since', f.since, 'latest', f.latest, 'error', f.error) order by f.published_at desc, f.schedule_id) as rows
      from analytics_fetches f where f.workspace_id = page.workspace_id and f.content_item_id = page.id
    ) fetches on true
    order by page.created_at desc, page.id desc`);
  return rows;
}
