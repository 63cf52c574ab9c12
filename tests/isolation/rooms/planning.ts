import { AUTHORS, EDITORS, each, INSIDE, MEMBERS, names } from "../actors";
import { type Case, change } from "../case";
import type { RoomIsolation } from "../room";
import {
  authorOf,
  inPlace,
  insertion,
  type PersonName,
  type Place,
  person,
  q,
  type Row,
  ref,
  workspace,
} from "../vocabulary";

const byItem = (place: Place, item: string): Row => ({
  workspace_id: workspace(place),
  content_item_id: ref(place, item),
});
const signed = (place: Place, name: string): Row => ({
  ...inPlace(place, name),
  name: q(place),
  created_by: person(authorOf(place)),
});

const sharedView = (place: Place): Row => ({
  ...signed(place, "shared view"),
  name: q(`shared ${place}`),
  shared: "true",
  filter: q("{}"),
});
const ours = ref("others", "shared view");
const share = (place: Place, who: PersonName) =>
  insertion("planning_views", {
    ...sharedView(place),
    id: ref("new"),
    name: q("new"),
    created_by: person(who),
  });
const cases: Case[] = [
  {
    who: "Viewer",
    label: "sees a shared view",
    statement: `select 1 from planning_views where id = ${ours}`,
    right: "1",
  },
  {
    who: "Viewer",
    label: "sees another workspace's shared view",
    statement: `select 1 from planning_views where id = ${ref("theirs", "shared view")}`,
    right: "0",
  },
  { who: "Editor", label: "shares a view", statement: share("others", "editor"), right: "1" },
  { who: "WriterOther", label: "shares a view", statement: share("others", "writer"), right: "42501" },
  {
    who: "WriterOwn",
    label: "shares a view of their own",
    statement: `update planning_views set shared = true where id = ${ref("mine", "view")}`,
    right: "42501",
  },
  {
    who: "Editor",
    label: "changes a shared view",
    statement: change("planning_views", ours, "name = 'renamed'"),
    right: "1",
  },
  {
    who: "WriterOwn",
    label: "changes a shared view that they made before",
    statement: `update planning_views set name = 'renamed' where id = ${ref("mine", "shared view")}`,
    right: "0",
  },
  {
    who: "Editor",
    label: "takes a shared view out of sight",
    statement: change("planning_views", ours, "shared = false"),
    right: "42501",
  },
];

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
    // These are their authors' own; shared ones are among the cases.
    "public.planning_views": {
      select: ["WriterOwn"],
      insert: {
        columns: names("workspace_id id name shared filter created_by"),
        by: MEMBERS,
        signed: ["created_by"],
      },
      update: each("name shared filter updated_at removed_at", ["WriterOwn"]),
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
    planning_views: (place) => ({ ...signed(place, "view"), filter: q("{}") }),
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
    planning_views: (place, me) => ({
      ...signed(place, "view"),
      name: q("new"),
      shared: "false",
      filter: q("{}"),
      created_by: me,
    }),
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
    planning_views: { shared: () => "shared = false" },
    content_briefs: briefChanges(),
  },
  surroundings: (place) => [["planning_views", sharedView(place)]],
  cases,
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
