import { EDITORS, each, INSIDE, MEMBERS, names } from "../actors";
import { type Case, change } from "../case";
import type { RoomIsolation } from "../room";
import { authorOf, inPlace, insertion, ofItem, type Place, person, q, type Row, ref } from "../vocabulary";

const thread = (place: Place): Row => ({
  ...inPlace(place, "thread"),
  ...ofItem(place, "draft"),
  author_id: person(authorOf(place)),
});
const comment = (place: Place): Row => ({
  ...thread(place),
  id: ref(place, "comment"),
  thread_id: ref(place, "thread"),
});
const mention = (place: Place): Row => ({
  workspace_id: comment(place).workspace_id!,
  comment_id: ref(place, "comment"),
  user_id: person(authorOf(place)),
});
/** As a guest says it, of what was put before the client. */
const asked = (place: Place, me: string): Row => ({
  ...inPlace(place, "said"),
  ...ofItem(place, "asked"),
  guest_id: me,
});
/** A thread that neither the Writer nor the Viewer opened, and a comment that is no more. */
const spoken = (place: Place): [table: string, row: Row][] => {
  const speaker = person(place === "theirs" ? "guest" : "admin");
  return [
    ["comments_threads", { ...thread(place), id: ref(place, "another's thread"), author_id: speaker }],
    ["comments", { ...comment(place), id: ref(place, "removed"), removed_at: "now()", removed_by: speaker }],
  ];
};

const resolved = (who: string) => `resolved_at = now(), resolved_by = ${who}`;
const removed = (who: string) => `removed_at = now(), removed_by = ${who}`;
const theThread = ref("others", "thread");
const theComment = ref("others", "comment");

const cases: Case[] = [
  {
    who: "Viewer",
    label: "resolves a thread of their own, and reopens it",
    statement: `${insertion("comments_threads", { ...thread("others"), id: ref("new"), author_id: person("viewer") })}; update comments_threads set ${resolved(person("viewer"))} where id = ${ref("new")}; update comments_threads set resolved_at = null, resolved_by = null where id = ${ref("new")}`,
    right: "1",
  },
  {
    who: "WriterOwn",
    label: "resolves another's thread on their own item",
    statement: `update comments_threads set ${resolved(person("writer"))} where id = ${ref("mine", "another's thread")}`,
    right: "1",
  },
  {
    who: "WriterOther",
    label: "resolves another's thread on another's item",
    statement: change("comments_threads", ref("others", "another's thread"), resolved(person("writer"))),
    right: "0",
  },
  {
    who: "Editor",
    label: "resolves a thread in another's name",
    statement: change("comments_threads", theThread, resolved(person("admin"))),
    right: "42501",
  },
  {
    who: "Editor",
    label: "removes a comment in another's name",
    statement: change("comments", theComment, removed(person("admin"))),
    right: "42501",
  },
  {
    who: "Editor",
    label: "brings a removed comment back",
    statement: change("comments", ref("others", "removed"), "removed_at = null, removed_by = null"),
    right: "0",
  },
  {
    who: "WriterOwn",
    label: "edits a comment of their own that was removed",
    statement: `update comments set body = 'x' where id = ${ref("mine", "removed")}`,
    right: "0",
  },
  {
    who: "Viewer",
    label: "removes a comment of their own",
    statement: `${insertion("comments", { ...comment("others"), id: ref("new"), body: q("x"), author_id: person("viewer") })}; update comments set ${removed(person("viewer"))} where id = ${ref("new")}`,
    right: "1",
  },
];

export const comments: RoomIsolation = {
  expectations: {
    "public.comments_threads": {
      select: INSIDE,
      insert: {
        columns: names(
          "workspace_id id content_item_id version_number visibility anchor_field anchor_start anchor_end anchor_quote author_id",
        ),
        by: MEMBERS,
        signed: ["author_id"],
      },
      client: {
        readable: names(
          "workspace_id id content_item_id version_number visibility anchor_field anchor_start anchor_end anchor_quote resolved_at",
        ),
        insert: {
          columns: names(
            "workspace_id id content_item_id version_number visibility anchor_field anchor_start anchor_end anchor_quote guest_id",
          ),
          by: ["Guest"],
          signed: ["guest_id"],
        },
      },
      update: each("resolved_at resolved_by", [...EDITORS, "WriterOwn"]),
      given: ["created_at"],
    },
    "public.comments": {
      select: INSIDE,
      insert: {
        columns: names("workspace_id id content_item_id thread_id version_number body author_id"),
        by: MEMBERS,
        signed: ["author_id"],
      },
      client: {
        readable: names(
          "workspace_id id content_item_id thread_id version_number body author_id guest_id created_at edited_at removed_at",
        ),
        insert: {
          columns: names("workspace_id id content_item_id thread_id version_number body guest_id"),
          by: ["Guest"],
          signed: ["guest_id"],
        },
      },
      update: { ...each("body edited_at", ["WriterOwn"]), ...each("removed_at removed_by", [...EDITORS, "WriterOwn"]) },
      given: ["created_at"],
    },
    // Whoever made the comment names people in it.
    "public.comments_mentions": {
      select: INSIDE,
      insert: { columns: names("workspace_id comment_id user_id"), by: ["WriterOwn"] },
      given: ["created_at"],
    },
  },
  rows: { comments_threads: thread, comments: comment, comments_mentions: mention },
  fresh: {
    comments_threads: (place, me, who) =>
      who.startsWith("Guest") ? { ...asked(place, me), visibility: q("Client") } : { ...thread(place), author_id: me },
    comments: (place, me, who) =>
      who.startsWith("Guest")
        ? { ...asked(place, me), thread_id: ref(place, "client's thread") }
        : { ...comment(place), author_id: me },
    comments_mentions: (place) => ({ ...mention(place), user_id: person("viewer") }),
  },
  changes: {
    comments_threads: Object.fromEntries(
      names("resolved_at resolved_by").map((column) => [column, (_, me) => resolved(me)]),
    ),
    comments: Object.fromEntries(names("removed_at removed_by").map((column) => [column, (_, me) => removed(me)])),
  },
  surroundings: spoken,
  cases,
};
