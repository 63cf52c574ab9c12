import { each, INSIDE, names, SYSTEM } from "../actors";
import { type Case, holds } from "../case";
import type { RoomIsolation } from "../room";
import { HASH, inPlace, insertion, ofItem, type Place, person, q, type Row, ref, workspace } from "../vocabulary";

/** Each place has a word of its own; that of another workspace is as unknown as one that nobody has. */
const WORDS: Record<Place, string> = { mine: "lighthouse", others: "windmill", theirs: "aqueduct" };

const document = (place: Place): Row => ({
  workspace_id: workspace(place),
  kind: q("Item"),
  subject_id: ref(place, "draft"),
  content_item_id: ref(place, "draft"),
  title: q(WORDS[place]),
  author_id: person("writer"),
  terms: `app.search_terms(${workspace(place)}, 'simple', ${q(WORDS[place])}, 'harbour')`,
});

const passage = (place: Place): Row => ({
  ...ofItem(place, "draft"),
  workspace_id: workspace(place),
  number: "0",
  version_number: "1",
  model: q("numbers"),
  embedding: q("{0.5,0.5}"),
});

const asked = (word: string) =>
  `app.search(array[${q(word)}], array['Word'], null, null, null, false, null, null, null, 10)`;
const titled = (word: string) => `app.items_titled(${q(word)})`;
const renewed = "select app.renew_search('Item', '00000000-0000-0000-0000-000000000000', 1000)";

const finds = (who: Case["who"], word: string, count: number): Case[] => [
  {
    who,
    label: `searches for ${word}`,
    statement: holds(`(select total from ${asked(word)} limit 1) = ${count}`),
    right: "1",
  },
  {
    who,
    label: `is told ids of ${word}`,
    statement: `select 1 from ${asked(word)} where subject_id is not null`,
    right: `${count}`,
  },
  { who, label: `looks through the titles for ${word}`, statement: `select * from ${titled(word)}`, right: `${count}` },
];

const said = insertion("comments", {
  ...inPlace("others", "comment"),
  ...ofItem("others", "draft"),
  id: ref("said"),
  thread_id: ref("others", "thread"),
  body: q("cathedral"),
  author_id: person("viewer"),
});

const renamed = `update assets set file_name = 'cathedral_1.png' where id = ${ref("others", "asset")}`;

const outside = (["Person", "Visitor", "Nobody"] as const).flatMap((who): Case[] => [
  { who, label: "searches", statement: `select * from ${asked(WORDS.mine)}`, right: "42501" },
  { who, label: "looks through titles", statement: `select * from ${titled(WORDS.mine)}`, right: "42501" },
  { who, label: "makes documents anew", statement: renewed, right: "42501" },
]);

export const search: RoomIsolation = {
  expectations: {
    "public.search_documents": {
      select: INSIDE,
      given: names(
        "workspace_id kind subject_id content_item_id thread_id title body language config version_number status author_id updated_at archived_at terms",
      ),
    },
    // Written by jobs, out of what a model answered.
    "public.search_passages": {
      select: INSIDE,
      insert: { columns: names("workspace_id content_item_id number version_number model embedding"), by: SYSTEM },
      update: each("version_number model embedding updated_at", SYSTEM),
    },
  },
  rows: { search_documents: document, search_passages: passage },
  fresh: { search_passages: (place) => ({ ...passage(place), number: "1" }) },
  changes: {
    search_passages: {
      version_number: () => "version_number = 1",
      embedding: () => "embedding = '{1}'",
      updated_at: () => "updated_at = now()",
    },
  },
  cases: [
    ...(["Viewer", "WriterOther", "Admin", "System"] as const).flatMap((who) => [
      ...finds(who, WORDS.mine, 1),
      ...finds(who, WORDS.others, 1),
      ...finds(who, WORDS.theirs, 0),
      ...finds(who, "nobodyhasthis", 0),
    ]),
    ...outside,
    ...(["Viewer", "Admin"] as const).map(
      (who): Case => ({ who, label: "makes documents anew", statement: renewed, right: "42501" }),
    ),
    {
      who: "System",
      label: "makes documents anew, of all that the workspace has",
      statement: `${renewed}; select 1 from search_documents where version_number = 1 and subject_id in (${ref("mine", "draft")}, ${ref("others", "draft")}, ${ref("mine", "approved")})`,
      right: "3",
    },
    {
      who: "WriterOwn",
      label: "saves a version, which is found",
      statement: `${insertion("content_versions", { ...ofItem("mine", "draft"), workspace_id: workspace("mine"), version_number: "2", title: q("cathedral"), body: q("x"), content_hash: HASH, updated_by: person("writer") })}; ${holds(`(select total from ${asked("cathedral")} limit 1) = 1`)}`,
      right: "1",
    },
    {
      who: "Viewer",
      label: "comments, which is found",
      statement: `${said}; ${holds(`(select total from ${asked("cathedral")} limit 1) = 1`)}`,
      right: "1",
    },
    {
      who: "Viewer",
      label: "removes what they said, which isn't found any more",
      statement: `${said}; update comments set removed_at = now(), removed_by = ${person("viewer")} where id = ${ref("said")}; ${holds(`(select total from ${asked("cathedral")} limit 1) = 0`)}`,
      right: "1",
    },
    {
      who: "System",
      label: "makes the documents of comments anew, of those that were not removed",
      statement: `select app.renew_search('Comment', '00000000-0000-0000-0000-000000000000', 1000); select 1 from search_documents where kind = 'Comment' and subject_id in (${ref("mine", "comment")}, ${ref("others", "comment")})`,
      right: "2",
    },
    {
      who: "Editor",
      label: "renames a file, which is found by its new name",
      statement: `${renamed}; ${holds(`(select total from ${asked("cathedral")} limit 1) = 1`)}`,
      right: "1",
    },
    {
      who: "Editor",
      label: "removes a file, which isn't found any more",
      statement: `${renamed}; update assets set removed_at = now() where id = ${ref("others", "asset")}; ${holds(`(select total from ${asked("cathedral")} limit 1) = 0`)}`,
      right: "1",
    },
    {
      who: "System",
      label: "makes the documents of files anew",
      statement: `select app.renew_search('Asset', '00000000-0000-0000-0000-000000000000', 1000); select 1 from search_documents where kind = 'Asset' and subject_id in (${ref("mine", "asset")}, ${ref("others", "asset")})`,
      right: "2",
    },
    {
      who: "Editor",
      label: "archives an item, which isn't found any more",
      statement: `update content_items set archived_at = now() where id = ${ref("mine", "draft")}; ${holds(`(select total from ${asked(WORDS.mine)} limit 1) = 0`)}`,
      right: "1",
    },
  ],
  openFunctions: {
    "app.search": "asks for a workspace's scope, and answers keys of its documents only",
    "app.items_titled": "asks for a workspace's scope, and answers ids of its items only",
    "app.renew_search": "asks for a job's scope, and makes documents of its workspace only",
  },
};
