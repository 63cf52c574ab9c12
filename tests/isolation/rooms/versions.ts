import { AUTHORS, each, INSIDE, names } from "../actors";
import type { RoomIsolation } from "../room";
import {
  authorOf,
  inPlace,
  ofItem,
  type PersonName,
  type Place,
  person,
  q,
  type Row,
  ref,
  workspace,
} from "../vocabulary";

const draft = (place: Place, item: string, of: string): Row => ({
  workspace_id: workspace(place),
  content_item_id: ref(place, item),
  user_id: of,
  body: q("Not saved yet"),
  base_version: "1",
});
const label = (place: Place): Row => ({
  ...inPlace(place, "label"),
  ...ofItem(place, "draft"),
  name: q("Sent to client"),
  created_by: person(authorOf(place)),
});

/** A draft that somebody has of a colleague's item, which they may not write (any more). */
const left = (who: PersonName) =>
  `content_drafts set %s where workspace_id = ${workspace("others")} and content_item_id = ${ref("others", "approved")} and user_id = ${person(who)}`;
const emptied = "body = '', title = null, metadata = null, removed_at = now()";
const changeLeft = (who: PersonName, set: string) => `update ${left(who).replace("%s", set)}`;

export const versions: RoomIsolation = {
  expectations: {
    // Its owner's alone: the others here meet a colleague's.
    "public.content_drafts": {
      select: ["WriterOwn"],
      insert: {
        columns: names("workspace_id content_item_id user_id body title metadata base_version"),
        by: AUTHORS,
        signed: ["user_id"],
      },
      update: each("body title metadata base_version draft_version updated_at removed_at", ["WriterOwn"]),
      given: [],
    },
    "public.content_version_labels": {
      select: INSIDE,
      insert: {
        columns: names("workspace_id id content_item_id version_number name created_by"),
        by: AUTHORS,
        signed: ["created_by"],
      },
      update: each("removed_at", AUTHORS),
      given: ["created_at"],
    },
  },
  rows: {
    content_drafts: (place) => draft(place, "draft", person(authorOf(place))),
    content_version_labels: label,
  },
  fresh: {
    content_drafts: (place, me) => draft(place, "open", me),
    content_version_labels: (place, me) => ({ ...label(place), name: q("Approved by the client"), created_by: me }),
  },
  changes: {
    content_drafts: {
      base_version: () => "base_version = 1",
      removed_at: () => emptied,
    },
  },
  surroundings: (place) =>
    place === "others"
      ? (["viewer", "writer"] as const).map((who): [string, Row] => [
          "content_drafts",
          draft(place, "approved", person(who)),
        ])
      : [],
  cases: [
    ...(["Viewer", "WriterOther"] as const).flatMap((who) => {
      const name = who === "Viewer" ? "viewer" : "writer";
      return [
        { who, label: "throws a draft away that was left", statement: changeLeft(name, emptied), right: "1" },
        { who, label: "writes a draft that was left", statement: changeLeft(name, "body = 'More'"), right: "42501" },
      ];
    }),
    {
      who: "Admin",
      label: "reads a Writer's draft",
      statement: `select 1 from content_drafts where user_id = ${person("writer")}`,
      right: "0",
    },
    {
      who: "System",
      label: "reads drafts",
      statement: "select 1 from content_drafts",
      right: "0",
    },
    {
      who: "WriterOwn",
      label: "keeps a text in a draft that was thrown away",
      statement: "update content_drafts set removed_at = now()",
      right: "23514",
    },
    {
      who: "Editor",
      label: "gives an item the same label twice, in another case",
      statement: `insert into content_version_labels (workspace_id, content_item_id, version_number, name) values (${workspace("others")}, ${ref("others", "draft")}, 1, 'SENT TO CLIENT')`,
      right: "23505",
    },
  ],
};
