import { createHash } from "node:crypto";
import pg from "pg";

/** Whose a row is: the Writer's, a colleague's in the same workspace, or a stranger's in another. */
export type Place = "mine" | "others" | "theirs";
/** Values are SQL. What a row leaves out and the table requires is filled in by its type. */
export type Row = Record<string, string>;

export const insertion = (table: string, row: Row, overriding = "") =>
  `insert into ${table} (${Object.keys(row).join(", ")})${overriding} values (${Object.values(row).join(", ")})`;

export const q = (text: string) => pg.escapeLiteral(text);

/** A UUID by name, so that whoever needs a row's id can say it. */
export function id(...name: string[]): string {
  const hex = createHash("sha256").update(name.join("/")).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
export const ref = (...name: string[]) => q(id(...name));

export const PEOPLE = [
  "owner",
  "admin",
  "editor",
  "writer",
  "colleague",
  "viewer",
  "stranger",
  "guest",
  "supporter",
] as const;
export type PersonName = (typeof PEOPLE)[number];
export const person = (name: PersonName) => ref("person", name);
export const session = (name: PersonName) => ref("session", name);

export const home = (place: Place) => (place === "theirs" ? "theirs" : "ours");
export const workspace = (place: Place) => ref("workspace", home(place));
export const authorOf = (place: Place): PersonName =>
  place === "mine" ? "writer" : place === "others" ? "colleague" : "stranger";

/** The guest of a place's link, and a token's hash by name. */
export const guest = (place: Place) => ref(place, "guest");
export const hashOf = (...name: string[]) => q(createHash("sha256").update(name.join("/")).digest("hex"));
/** The role goes with the scope, as in `scope.ts`. */
const AS_GUEST = "set_config('role', 'contentos_guest', true)";
export const enterByLink = (link: string, guest: string) => `select app.enter_guest(${link}, ${guest}), ${AS_GUEST}`;
export const entryOfGuest = (place: Place) => enterByLink(hashOf(place, "link"), hashOf(place, "guest"));

export const HASH = q("0".repeat(64));
export const inPlace = (place: Place, name: string): Row => ({ workspace_id: workspace(place), id: ref(place, name) });
export const ofItem = (place: Place, item: string): Row => ({ content_item_id: ref(place, item), version_number: "1" });
