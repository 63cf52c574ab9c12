import { invalid } from "./errors";

export type Resource = "User" | "Group";
type Kind = "string" | "exact" | "boolean" | "date";
export type Comparison = "eq" | "ne" | "co" | "sw" | "ew" | "gt" | "ge" | "lt" | "le";
type Value = string | number | boolean | null;
/** An attribute by its place in a resource; `list` where its first part has several values. */
export type Place = { parts: string[]; kind: Kind; list: boolean };
export type Filter =
  | { op: "and" | "or"; of: [Filter, Filter] }
  | { op: "not"; of: Filter }
  | { op: "pr"; at: Place }
  | { op: Comparison; at: Place; value: Value }
  /** One value of several for which all of it holds. */
  | { op: "any"; at: string; of: Filter };

const LINK = { value: "string", display: "string", $ref: "exact" } as const;
/** What resources here have, by whether letters' case counts (RFC 7643, 7); a list is told by its sub-attributes. */
const ATTRIBUTES: Record<Resource, Record<string, Kind | Record<string, Kind>>> = {
  User: {
    id: "exact",
    externalId: "exact",
    userName: "string",
    displayName: "string",
    "name.formatted": "string",
    "name.givenName": "string",
    "name.familyName": "string",
    active: "boolean",
    emails: { value: "string", type: "string", primary: "boolean" },
    groups: LINK,
    roles: { value: "string", primary: "boolean" },
    "meta.created": "date",
    "meta.lastModified": "date",
  },
  Group: {
    id: "exact",
    externalId: "exact",
    displayName: "string",
    members: { ...LINK, type: "string" },
    "meta.created": "date",
    "meta.lastModified": "date",
  },
};
const WITHIN: Record<Kind, readonly string[]> = {
  string: ["eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le"],
  exact: ["eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le"],
  boolean: ["eq", "ne"],
  date: ["eq", "ne", "gt", "ge", "lt", "le"],
};
const CORE = /^urn:ietf:params:scim:schemas:core:2\.0:(User|Group):/i;
const LONGEST = 2_000;
const DEEPEST = 20;

const named = (names: readonly string[], wanted: string) =>
  names.find((name) => name.toLowerCase() === wanted.toLowerCase());

/** Where an attribute is that a directory names, whatever the case; undefined where there is none. */
export function placeOf(resource: Resource, path: string): Place | undefined {
  const all = ATTRIBUTES[resource];
  const plain = path.replace(CORE, "");
  const [head = "", sub] = plain.split(".");
  const whole = named(Object.keys(all), plain);
  const kind = whole === undefined ? undefined : all[whole];
  if (typeof kind === "string") return { parts: whole!.split("."), kind, list: false };
  const list = named(Object.keys(all), head);
  const parts = list === undefined ? undefined : all[list];
  if (!parts || typeof parts === "string") return undefined;
  const part = named(Object.keys(parts), sub ?? "value");
  return part === undefined ? undefined : { parts: [list!, part], kind: parts[part]!, list: true };
}

const placeWithin = (resource: Resource, list: string, path: string): Place | undefined => {
  const place = placeOf(resource, `${list}.${path}`);
  return place && { parts: place.parts.slice(1), kind: place.kind, list: false };
};

const TOKEN =
  /\s*(?:(?<text>"(?:[^"\\]|\\.)*")|(?<mark>[()[\]])|(?<part>\.[A-Za-z$][\w$-]*)|(?<word>(?:urn:[\w.:-]+:)?[A-Za-z$][\w$-]*(?:\.[\w$-]+)?)|(?<number>-?\d+(?:\.\d+)?))/y;

function tokensOf(filter: string) {
  const tokens: string[] = [];
  for (let at = 0; at < filter.trimEnd().length; ) {
    TOKEN.lastIndex = at;
    const found = TOKEN.exec(filter);
    if (!found) throw bad("There is something in it that is no part of a filter.");
    tokens.push(found[0].trim());
    at = TOKEN.lastIndex;
  }
  return tokens;
}

const bad = (why: string, cause?: unknown) =>
  invalid("invalidFilter", `${why} Write it such as userName sw "kim" and not (active eq false).`, cause);

/**
 * A filter by RFC 7644, 3.4.2.2: all operators, with `not` before `and` before `or`, and values of several by what is in
 * brackets. Attributes that we don't have are refused, so that nobody takes a list for an answer to what was not looked at.
 * @throws ScimError `invalidFilter`
 */
export function readFilter(filter: string | undefined, resource: Resource): Filter | undefined {
  if (filter === undefined) return undefined;
  if (filter.length > LONGEST) throw bad(`It is longer than ${LONGEST} characters.`);
  const tokens = tokensOf(filter);
  const rest = { at: 0 };
  const read = readOr({ tokens, rest, resource, within: null, depth: 0 });
  if (rest.at < tokens.length) throw bad(`It goes on after its end, with ${tokens[rest.at]}.`);
  return read;
}

type Reading = {
  tokens: string[];
  rest: { at: number };
  resource: Resource;
  /** The list in whose brackets it is read. */
  within: string | null;
  depth: number;
};

const is = ({ tokens, rest }: Reading, word: string) => tokens[rest.at]?.toLowerCase() === word;
function take(reading: Reading, word: string) {
  if (!is(reading, word)) return false;
  reading.rest.at++;
  return true;
}
function require(reading: Reading, mark: string) {
  if (!take(reading, mark)) throw bad(`There is no ${mark} where one has to be.`);
}

function readOr(reading: Reading): Filter {
  let left = readAnd(reading);
  while (take(reading, "or")) left = { op: "or", of: [left, readAnd(reading)] };
  return left;
}

function readAnd(reading: Reading): Filter {
  let left = readOne(reading);
  while (take(reading, "and")) left = { op: "and", of: [left, readOne(reading)] };
  return left;
}

function readOne(reading: Reading): Filter {
  const deeper = { ...reading, depth: reading.depth + 1 };
  if (deeper.depth > DEEPEST) throw bad("It is nested too deeply.");
  const isNot = take(reading, "not");
  if (isNot && !is(reading, "(")) throw bad("After not there have to be parentheses.");
  if (take(reading, "(")) {
    const of = readOr(deeper);
    require(reading, ")");
    return isNot ? { op: "not", of } : of;
  }
  return readComparison(deeper);
}

function readComparison(reading: Reading): Filter {
  const { tokens, rest, resource, within } = reading;
  const path = tokens[rest.at++];
  if (path === undefined || /^["()[\]\d-]/.test(path)) throw bad("There is no attribute where one has to be.");
  if (is(reading, "[")) return readBrackets(reading, path);
  const at = within === null ? placeOf(resource, path) : placeWithin(resource, within, path);
  return readWith(reading, at, path);
}

function readWith({ tokens, rest }: Reading, at: Place | undefined, path: string): Filter {
  if (!at) throw bad(`There is no attribute ${path} to filter by.`);
  const op = (tokens[rest.at++] ?? "").toLowerCase();
  if (op === "pr") return { op, at };
  if (!WITHIN[at.kind].includes(op)) throw bad(`${path} is not compared by ${op || "nothing"}.`);
  return { op: op as Comparison, at, value: readValue(tokens[rest.at++], op, at.kind) };
}

function readBrackets(reading: Reading, path: string): Filter {
  const place = reading.within === null ? placeOf(reading.resource, path) : undefined;
  if (!place?.list || path.includes(".")) throw bad(`${path} has no values to pick from.`);
  require(reading, "[");
  const of = readOr({ ...reading, within: place.parts[0]! });
  require(reading, "]");
  const { tokens, rest, resource } = reading;
  const list = place.parts[0]!;
  // A part of what was picked, as Entra ID asks: emails[type eq "work"].value eq "…".
  const part = tokens[rest.at]?.startsWith(".") ? tokens[rest.at++]!.slice(1) : undefined;
  if (part === undefined) return { op: "any", at: list, of };
  return {
    op: "any",
    at: list,
    of: { op: "and", of: [of, readWith(reading, placeWithin(resource, list, part), part)] },
  };
}

function readValue(token: string | undefined, op: string, kind: Kind): Value {
  let value: unknown;
  try {
    value = JSON.parse(token ?? "");
  } catch (cause) {
    throw bad("A value is a JSON string, number, true, false or null.", cause);
  }
  if (value === null && (op === "eq" || op === "ne")) return null;
  const isRight =
    kind === "boolean"
      ? typeof value === "boolean"
      : typeof value === "string" && (kind !== "date" || !Number.isNaN(Date.parse(value)));
  if (!isRight) throw bad(`${token} is no value to compare with by ${op}.`);
  return value as Value;
}
