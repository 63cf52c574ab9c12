import { invalid } from "./errors";
import { type Comparison, type Filter, type Place, placeOf, type Resource, readFilter } from "./filter";

type Shown = Record<string, unknown>;

/** All values at a place of a resource as it is shown; none where it has no such. */
function valuesAt(resource: Shown, { parts, list }: Place): unknown[] {
  const [head = "", ...rest] = parts;
  const first = resource[head];
  const from = list && Array.isArray(first) ? first : [first];
  return from
    .map((value) => rest.reduce<unknown>((within, part) => (within as Shown | undefined)?.[part], value))
    .filter((value) => value !== undefined && value !== null && value !== "");
}

const ORDERED: Partial<Record<Comparison, (one: string | number, other: string | number) => boolean>> = {
  gt: (one, other) => one > other,
  ge: (one, other) => one >= other,
  lt: (one, other) => one < other,
  le: (one, other) => one <= other,
};

const comparable = (value: unknown, { kind }: Place) => {
  if (kind === "date") return Date.parse(String(value));
  if (kind === "boolean") return String(value);
  return kind === "exact" ? String(value) : String(value).toLowerCase();
};

function compares(op: Comparison, one: string | number, other: string | number): boolean {
  if (op === "eq") return one === other;
  if (op === "ne") return one !== other;
  const ordered = ORDERED[op];
  if (ordered) return ordered(one, other);
  const [text, part] = [String(one), String(other)];
  return op === "co" ? text.includes(part) : op === "sw" ? text.startsWith(part) : text.endsWith(part);
}

/** Whether a resource, or one value of an attribute with several, is what a filter asks for (RFC 7644, 3.4.2.2). */
export function matches(filter: Filter, shown: Shown): boolean {
  switch (filter.op) {
    case "and":
      return filter.of.every((each) => matches(each, shown));
    case "or":
      return filter.of.some((each) => matches(each, shown));
    case "not":
      return !matches(filter.of, shown);
    case "any": {
      const all = shown[filter.at];
      return Array.isArray(all) && all.some((value) => matches(filter.of, value as Shown));
    }
    case "pr":
      return valuesAt(shown, filter.at).length > 0;
    default: {
      const values = valuesAt(shown, filter.at);
      if (filter.value === null) return (values.length === 0) === (filter.op === "eq");
      // What is not there is not the same as anything.
      if (values.length === 0) return filter.op === "ne";
      const wanted = comparable(filter.value, filter.at);
      return values.some((value) => compares(filter.op, comparable(value, filter.at), wanted));
    }
  }
}

export type Sort = { by: Place; descending: boolean };

/** @throws ScimError `invalidValue`, `invalidPath` */
export function readSort(by: string | undefined, order: string | undefined, resource: Resource): Sort | undefined {
  if (by === undefined) return undefined;
  const place = placeOf(resource, by);
  if (!place) throw invalid("invalidPath", `There is no attribute ${by} to sort by.`);
  if (order !== undefined && !/^(a|de)scending$/i.test(order))
    throw invalid("invalidValue", "sortOrder is ascending or descending.");
  return { by: place, descending: /^d/i.test(order ?? "") };
}

/** By the first of several values; what has none is last in ascending order (RFC 7644, 3.4.2.3). */
export function sorted<R extends Shown>(all: readonly R[], { by, descending }: Sort): R[] {
  const keyed = all.map((resource) => {
    const [value] = valuesAt(resource, by);
    return { resource, key: value === undefined ? undefined : comparable(value, by) };
  });
  const order = keyed.sort((one, other) => {
    if (one.key === undefined || other.key === undefined)
      return one.key === other.key ? 0 : one.key === undefined ? 1 : -1;
    return one.key < other.key ? -1 : one.key > other.key ? 1 : 0;
  });
  const resources = order.map(({ resource }) => resource);
  return descending ? resources.reverse() : resources;
}

/** The one equality that directories ask for before they write, which the database answers by itself. */
export function soleEquality(filter: Filter | undefined): { attribute: string; value: string } | undefined {
  if (filter?.op !== "eq" || typeof filter.value !== "string") return undefined;
  return { attribute: filter.at.parts.join("."), value: filter.value };
}

/** The values that a path picks, such as `members[value eq "…"]`. @throws ScimError `invalidPath`, `invalidFilter` */
export function pickedBy(path: string, resource: Resource, values: readonly Shown[], attribute: string): Shown[] {
  const filter = readFilter(path, resource);
  if (filter?.op !== "any" || filter.at !== attribute) throw invalid("invalidPath", "This is no path of an attribute.");
  return values.filter((value) => matches(filter.of, value));
}
