import type { z } from "zod";
import type { WorkspaceTx } from "@/db/client";
import { record } from "@/features/audit";
import { listChannels, wantChannels } from "@/features/channels";
import { ConnectableNetwork } from "@/features/channels/contract";
import { createPersona, listPersonas } from "@/features/personas";
import {
  createTag,
  createTemplate,
  createView,
  getTemplate,
  listTags,
  listTemplates,
  listViews,
} from "@/features/planning";
import { updateWorkspace, workspaceSettings } from "@/features/workspaces";
import type { Actor } from "@/platform/actor";
import { AppError } from "@/platform/errors";
import type { Blueprint } from "./contract";

type Tx = WorkspaceTx;
type Made = "personas" | "tags" | "templates" | "views";
type Named = { id: string; name: string };

function requireAdmin(actor: Actor) {
  if (actor.role !== "Admin")
    throw new AppError("forbidden", "Only Admins set a workspace up: ask one of them.", { reason: "needs_admin" });
}

const ALL = { sort: "name", limit: 200, cursor: undefined } as const;
const inLower = (name: string) => name.toLowerCase();

/** What names another thing by its id names it by name here; what has no name in another workspace is left out. */
export async function getBlueprint(tx: Tx, actor: Actor): Promise<z.input<typeof Blueprint>> {
  requireAdmin(actor);
  const { name, branding, language, approvalSteps, lateAfterMinutes } = await workspaceSettings(tx);
  const { logoAssetId, faviconAssetId, logoUrl, ...look } = branding;
  const personas = (await listPersonas(tx, ALL)).items;
  const tags = (await listTags(tx, ALL)).items;
  const views = (await listViews(tx, ALL)).items.filter(({ shared }) => shared);
  const channels = (await listChannels(tx, { ...ALL, network: undefined })).items;
  const nameIn = (some: Named[]) => (id: string | null | undefined) => some.find((one) => one.id === id)?.name;
  const tagName = nameIn(tags);
  const personaName = nameIn(personas);
  const networkOf = new Map(channels.map(({ id, network }) => [id, network]));
  const templates = [];
  for (const { id } of (await listTemplates(tx, ALL)).items) {
    const { name, title, body, metadata, brief, tagIds } = await getTemplate(tx, id);
    const named = tagIds.flatMap((tagId) => tagName(tagId) ?? []);
    templates.push({
      name,
      title,
      body,
      metadata,
      tags: named,
      brief: brief && portable(brief, personaName, networkOf),
    });
  }
  await record(tx, actor, {
    action: "transfer.blueprint_read",
    subjectType: "workspace",
    subjectId: actor.workspaceId,
  });
  return {
    version: 1,
    from: name,
    settings: { branding: look, language, approvalSteps, lateAfterMinutes },
    personas: personas.map(({ name, attributes }) => ({ name, attributes: attributes as object })),
    tags: tags.map(({ name, color }) => ({ name, color })),
    templates,
    views: views.map(({ name, filter: { tag, persona, campaign, assignee, ...rest } }) => ({
      name,
      filter: {
        ...rest,
        tag: tagName(tag),
        persona: personaName(persona),
        assignee: assignee === "me" || assignee === "none" ? assignee : undefined,
      },
    })),
    channels: [...new Set(channels.flatMap(({ network }) => ConnectableNetwork.safeParse(network).data ?? []))],
  };
}

type Brief = NonNullable<Awaited<ReturnType<typeof getTemplate>>["brief"]>;
type PortableMix = { network: NonNullable<Brief["channelMix"][number]["network"]>; count: number };

function portable(
  { personaId, channelMix, ...rest }: Brief,
  personaName: (id: string | null) => string | undefined,
  networkOf: Map<string, PortableMix["network"]>,
) {
  const counts = new Map<PortableMix["network"], number>();
  for (const { channelId, network = networkOf.get(channelId ?? ""), count } of channelMix)
    if (network) counts.set(network, Math.min(100, (counts.get(network) ?? 0) + count));
  const mix = [...counts].map(([network, count]): PortableMix => ({ network, count }));
  return { ...rest, persona: personaName(personaId) ?? null, channelMix: mix };
}

/** All of it in one transaction: what is refused leaves nothing behind. */
export async function applyBlueprint(tx: Tx, actor: Actor, blueprint: z.output<typeof Blueprint>) {
  requireAdmin(actor);
  const { settings, personas, tags, templates, views, channels } = blueprint;
  const { branding } = await workspaceSettings(tx);
  const { branding: look, ...policy } = settings;
  await updateWorkspace(tx, actor, { ...policy, ...(look && { branding: { ...branding, ...look } }) });

  const made: Record<Made, number> = { personas: 0, tags: 0, templates: 0, views: 0 };
  const there: Record<Made, number> = { personas: 0, tags: 0, templates: 0, views: 0 };
  /** Makes what has no name that is taken; answers the ids of all by their names. */
  async function make<T extends { name: string }>(
    kind: Made,
    before: Named[],
    wanted: T[],
    create: (one: T) => Promise<{ id: string }>,
  ) {
    const ids = new Map(before.map(({ id, name }) => [inLower(name), id]));
    for (const one of wanted) {
      const taken = ids.has(inLower(one.name));
      (taken ? there : made)[kind] += 1;
      if (!taken) ids.set(inLower(one.name), (await create(one)).id);
    }
    return (name: string | null | undefined) => (name ? ids.get(inLower(name)) : undefined);
  }
  const personaOf = await make("personas", (await listPersonas(tx, ALL)).items, personas, (one) =>
    createPersona(tx, actor, one),
  );
  const tagOf = await make("tags", (await listTags(tx, ALL)).items, tags, (one) => createTag(tx, actor, one));
  await make("templates", (await listTemplates(tx, ALL)).items, templates, ({ brief, tags: named, ...one }) =>
    createTemplate(tx, actor, {
      ...one,
      campaignId: null,
      tagIds: named.flatMap((name) => tagOf(name) ?? []),
      brief: brief && { ...withoutPersona(brief), personaId: personaOf(brief.persona) ?? null },
    }),
  );
  const shared = (await listViews(tx, ALL)).items.filter((view) => view.shared);
  await make("views", shared, views, ({ name, filter: { tag, persona, ...rest } }) => {
    const ids = { tag: tagOf(tag), persona: personaOf(persona) };
    return createView(tx, actor, { name, shared: true, filter: { ...rest, ...ids } });
  });
  await wantChannels(tx, actor, channels);
  await record(tx, actor, {
    action: "transfer.blueprint_applied",
    subjectType: "workspace",
    subjectId: actor.workspaceId,
    detail: { made, settings: Object.keys(settings), channels },
  });
  return { workspaceId: actor.workspaceId, made, there };
}

type PortableBrief = NonNullable<Blueprint["templates"][number]["brief"]>;
const withoutPersona = ({ persona: _, ...rest }: PortableBrief) => rest;
