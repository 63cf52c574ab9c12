import { invalid } from "./errors";

/** What a list is narrowed to: one attribute that is told apart by, and what it equals. */
export type Filter = { attribute: "userName" | "externalId" | "id" | "displayName"; value: string } | undefined;

/** By lower-case name, as names of attributes have no case (RFC 7643, 2.1). */
const OF_USERS: Record<string, NonNullable<Filter>["attribute"]> = {
  username: "userName",
  externalid: "externalId",
  id: "id",
  "emails.value": "userName",
  emails: "userName",
  'emails[type eq "work"].value': "userName",
};
const OF_GROUPS: Record<string, NonNullable<Filter>["attribute"]> = {
  displayname: "displayName",
  externalid: "externalId",
  id: "id",
};
const COMPARISON = /^\s*(.+?)\s+(eq)\s+("(?:[^"\\]|\\.)*")\s*$/i;

/**
 * The comparisons that directories ask for before they write (Okta's and Entra ID's documentation, read 2026-11-27): one,
 * by `eq`. All else is refused, so that nobody takes a list for an answer to what was not looked at.
 * @throws ScimError `invalidFilter`
 */
export function readFilter(filter: string | undefined, resource: "User" | "Group"): Filter {
  if (filter === undefined) return undefined;
  const [, path, , quoted] = filter.length <= 1_000 ? (COMPARISON.exec(filter) ?? []) : [];
  const name = path?.replace(/^urn:ietf:params:scim:schemas:core:2\.0:(User|Group):/i, "").toLowerCase();
  const attribute = name === undefined ? undefined : (resource === "User" ? OF_USERS : OF_GROUPS)[name];
  if (!attribute) throw invalid("invalidFilter", `Filter by one attribute with eq, such as ${example(resource)}.`);
  try {
    return { attribute, value: String(JSON.parse(quoted!)) };
  } catch (cause) {
    throw invalid("invalidFilter", "The value is no JSON string.", cause);
  }
}

const example = (resource: "User" | "Group") =>
  resource === "User" ? 'userName eq "kim@example.com"' : 'displayName eq "Editors"';
