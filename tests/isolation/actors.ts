/**
 * Who may do what to whose row, from the roles of the product and not from the policies. Whatever isn't said here is
 * refused to everyone, and a row of another workspace is out of everyone's reach.
 *
 * WriterOwn meets a row of an item of their own, WriterOther one of somebody else's; the others meet somebody else's.
 * Person is signed in, is in no workspace's scope, and meets a row about themselves; PersonOther one about a colleague.
 * Key is an API key with the Admin's role, in the Admin's name, and may what the Admin may but for what only people do.
 * Guest is a client with a review link and meets what it is of; GuestOther has another link of the same workspace.
 */
export const ACTORS = [
  "Owner",
  "Admin",
  "Editor",
  "WriterOwn",
  "WriterOther",
  "Viewer",
  "System",
  "Visitor",
  "Person",
  "PersonOther",
  "Guest",
  "GuestOther",
  "Key",
  "Nobody",
] as const;
export type Who = (typeof ACTORS)[number];

type Inserting = {
  columns: readonly string[];
  by: readonly Who[] /** Columns that name the actor, and nobody else. */;
  signed?: readonly string[];
};

export type Expectation = {
  /** Who sees the row; nobody who doesn't may lock or change it. */
  select: readonly Who[];
  /** The columns that can be read at all, where that isn't all of them. */
  readable?: readonly string[];
  insert?: Inserting;
  update?: Readonly<Record<string, readonly Who[]>>;
  /** Columns that only the database gives: neither inserted nor updated by anyone. */
  given?: readonly string[];
  /** What clients' role may touch at all; nothing where it isn't said. */
  /** What is closed to API keys: whether they see the row, whether they insert one, and the columns that they don't change. */
  notForKeys?: { select?: true; insert?: true; update?: readonly string[] };
  client?: { readable?: readonly string[]; insert?: Inserting; update?: Readonly<Record<string, readonly Who[]>> };
};

/** What holds for an actor: clients have a role with grants of its own. */
export function heldTo(expectation: Expectation, who: Who): Expectation {
  if (who === "Key") return asKey(expectation);
  if (who !== "Guest" && who !== "GuestOther") return expectation;
  const { readable = [], insert, update } = expectation.client ?? {};
  return { select: expectation.select, readable, ...(insert && { insert }), ...(update && { update }) };
}

/** A key with the Admin's role is held to what holds for the Admin. */
function asKey({ select, readable, insert, update, notForKeys: not = {} }: Expectation): Expectation {
  const withKey = (by: readonly Who[], unless: boolean | undefined): readonly Who[] =>
    by.includes("Admin") && !unless ? [...by, "Key"] : by;
  return {
    select: withKey(select, not.select),
    ...(readable && { readable }),
    ...(insert && { insert: { ...insert, by: withKey(insert.by, not.insert) } }),
    ...(update && {
      update: Object.fromEntries(
        Object.entries(update).map(([column, by]) => [column, withKey(by, not.update?.includes(column))]),
      ),
    }),
  };
}

export const ADMINS = ["Owner", "Admin"] as const;
export const EDITORS = [...ADMINS, "Editor"] as const;
/** Who writes: Editors and above anyone's, Writers their own. */
export const AUTHORS = [...EDITORS, "WriterOwn"] as const;
export const WRITERS = [...AUTHORS, "WriterOther"] as const;
export const MEMBERS = [...WRITERS, "Viewer"] as const;
export const GUESTS = ["Guest", "GuestOther"] as const;
export const SYSTEM = ["System"] as const;
export const INSIDE = [...MEMBERS, "System"] as const;

export const names = (text: string) => text.split(" ");
export const each = (columns: string, by: readonly Who[]) =>
  Object.fromEntries(names(columns).map((column) => [column, by]));

/** Not even a word of it: the app's log-in has no grant. */
export const CLOSED = "closed";
