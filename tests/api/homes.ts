import type { TestDatabase } from "#tests/harness/database";
import { idsOf, type seedEverything } from "./everything";
import type { Operation } from "./operations";

export type Named = Awaited<ReturnType<typeof idsOf>>[number];

/** The ids of a seeded workspace; the draft is what may be changed. */
export const idsIn = async (t: TestDatabase, world: Awaited<ReturnType<typeof seedEverything>>): Promise<Named[]> => [
  { table: "content_items", id: world.draftId },
  { table: "the client's item", id: world.client.itemId },
  ...(await idsOf(t, world.workspace.id)),
];

/** Where in the workspace an id is found, by the words before it in a path or by its name. */
const HOMES: [RegExp, string][] = [
  [/^groupId$/, "auth_scim_groups"],
  [/^tokenId$/, "auth_scim_tokens"],
  [/^accessId$/, "workspace_support"],
  [/\/review\/items\//, "the client's item"],
  [/\/review\/links\//, "review_links"],
  [/\/receipts\//, "review_receipts"],
  [/\/content\/import\//, "transfer_imports"],
  [/\/content\/export\//, "transfer_exports"],
  [/\/ai\/generations\//, "ai_generations"],
  [/\/site\/trials\//, "site_trials"],
  [/uploadId|\/uploads\//, "assets_uploads"],
  [/folderId|parentId|\/folders\//, "assets_folders"],
  [/assetIds?|\/assets\//, "assets"],
  [/threadId/, "comments_threads"],
  [/invitationId|\/invitations\//, "workspace_invitations"],
  [/userId|assigneeId/, "users"],
  [/adaptationIds?/, "content_adaptations"],
  [/channelId|\/channels\//, "channels"],
  [/^\/comments\//, "comments"],
  [/contentItemId|\/content\//, "content_items"],
  [/\/workspaces?\//, "workspaces"],
  [/\/approval\//, "approval_workflows"],
  [/\/distribution\//, "distribution_schedules"],
  [/personaId|\/personas\//, "personas"],
  [/tagIds|\/tags\//, "planning_tags"],
  [/campaignId|\/campaigns\//, "planning_campaigns"],
  [/templateId|\/templates\//, "planning_templates"],
  [/\/views\//, "planning_views"],
  [/\/sessions\//, "auth_sessions"],
  [/\/keys\//, "auth_api_keys"],
  [/\/destinations\//, "forwarding_destinations"],
  [/endpointId|\/endpoints\//, "webhooks_endpoints"],
  [/\/deliveries\//, "webhooks_deliveries"],
];

/**
 * Addresses and bodies with ids of things that are there, so that the rest of the request is what is wrong.
 * @param otherwise in the place of an id that has no home
 */
export function realIn(ids: Named[], otherwise?: string) {
  const realId = (place: string) => {
    const table = HOMES.find(([pattern]) => pattern.test(place))?.[1];
    const id = (table && ids.find((named) => named.table === table)?.id) ?? otherwise;
    if (!id) throw new Error(`Say in HOMES where an id of ${place} is found`);
    return id;
  };
  return {
    id: realId,
    path: ({ path }: Pick<Operation, "path">) =>
      path
        .replace("{versionNumber}", "1")
        .replace(/\{([^}]+)\}/g, (_, name: string, at: number) => realId(name === "id" ? path.slice(0, at) : name)),
    /** The example of an operation. */
    body: ({ body }: Pick<Operation, "body">) =>
      JSON.parse(JSON.stringify(body?.example), (key, value) =>
        /Ids?$/.test(key) && key !== "clientId" && key !== "rawId"
          ? Array.isArray(value)
            ? [realId(key)]
            : value && realId(key)
          : value,
      ) as Record<string, unknown>,
  };
}
