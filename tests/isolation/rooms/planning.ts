import { AUTHORS, EDITORS, each, INSIDE, names } from "../actors";
import type { RoomIsolation } from "../room";
import { authorOf, inPlace, type Place, person, q, type Row, ref, workspace } from "../vocabulary";

const byItem = (place: Place, item: string): Row => ({
  workspace_id: workspace(place),
  content_item_id: ref(place, item),
});
const signed = (place: Place, name: string): Row => ({
  ...inPlace(place, name),
  name: q(place),
  created_by: person(authorOf(place)),
});

const BRIEF = names("goal persona_id keyword audience channel_mix key_messages notes");

export const planning: RoomIsolation = {
  expectations: {
    "public.planning_tags": {
      select: INSIDE,
      insert: { columns: names("workspace_id id name color created_by"), by: EDITORS, signed: ["created_by"] },
      update: each("name color updated_at removed_at", EDITORS),
      given: ["created_at"],
    },
    "public.planning_campaigns": {
      select: INSIDE,
      insert: {
        columns: names("workspace_id id name goal starts_on ends_on created_by"),
        by: EDITORS,
        signed: ["created_by"],
      },
      update: each("name goal starts_on ends_on archived_at updated_at removed_at", EDITORS),
      given: ["created_at"],
    },
    "public.planning_templates": {
      select: INSIDE,
      insert: {
        columns: names("workspace_id id name title body metadata brief campaign_id tag_ids created_by"),
        by: EDITORS,
        signed: ["created_by"],
      },
      update: each("name title body metadata brief campaign_id tag_ids updated_at removed_at", EDITORS),
      given: ["created_at"],
    },
    // A Writer tags and briefs their own items.
    "public.content_item_tags": {
      select: INSIDE,
      insert: {
        columns: names("workspace_id content_item_id tag_id created_by"),
        by: AUTHORS,
        signed: ["created_by"],
      },
      update: each("removed_at", AUTHORS),
      given: ["created_at"],
    },
    "public.content_briefs": {
      select: INSIDE,
      insert: {
        columns: ["workspace_id", "content_item_id", ...BRIEF, "updated_by"],
        by: AUTHORS,
        signed: ["updated_by"],
      },
      update: each(`version ${BRIEF.join(" ")} updated_by updated_at`, AUTHORS),
    },
  },
  rows: {
    planning_tags: (place) => ({ ...signed(place, "tag"), color: q("#0a6b5e") }),
    planning_campaigns: (place) => signed(place, "campaign"),
    planning_templates: (place) => signed(place, "template"),
    content_item_tags: (place) => ({
      ...byItem(place, "draft"),
      tag_id: ref(place, "tag"),
      created_by: person(authorOf(place)),
    }),
    content_briefs: (place) => ({ ...byItem(place, "draft"), updated_by: person(authorOf(place)) }),
  },
  fresh: {
    planning_tags: (place, me) => ({ ...signed(place, "tag"), name: q("new"), color: q("#0a6b5e"), created_by: me }),
    planning_campaigns: (place, me) => ({ ...signed(place, "campaign"), name: q("new"), created_by: me }),
    planning_templates: (place, me) => ({ ...signed(place, "template"), name: q("new"), created_by: me }),
    content_item_tags: (place, me) => ({
      ...byItem(place, "reviewed"),
      tag_id: ref(place, "tag"),
      created_by: me,
    }),
    content_briefs: (place, me) => ({ ...byItem(place, "reviewed"), updated_by: me }),
  },
  changes: {
    planning_tags: { color: () => "color = '#123456'" },
    planning_templates: { campaign_id: (place) => `campaign_id = ${ref(place, "campaign")}` },
    content_briefs: briefChanges(),
  },
};

/** Whoever changes a brief signs it. */
function briefChanges() {
  const values: Record<string, (place: Place) => string> = {
    version: () => "2",
    persona_id: (place) => ref(place, "persona"),
    channel_mix: () => `'[{"network": "site", "count": 1}]'`,
    key_messages: () => "'{changed}'",
    updated_at: () => "now()",
  };
  return {
    ...Object.fromEntries(
      ["version", ...BRIEF, "updated_at"].map((column) => [
        column,
        (place: Place, me: string) => `${column} = ${values[column]?.(place) ?? "'changed'"}, updated_by = ${me}`,
      ]),
    ),
    updated_by: (_: Place, me: string) => `updated_by = ${me}`,
  };
}
