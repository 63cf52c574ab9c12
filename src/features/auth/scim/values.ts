import type { z } from "zod";
import { isUuid } from "@/platform/actor";
import { invalid } from "./errors";
import type { Filter } from "./filter";
import { matches, type Sort, soleEquality, sorted } from "./matching";
import { pageOf } from "./representation";

/** A resource as a directory sends it. @throws ScimError `invalidValue`, with the attributes to correct */
export function resourceAs<T>(schema: z.ZodType<T>, body: unknown, hint: string): T {
  const read = schema.safeParse(body);
  if (read.success) return read.data;
  const attributes = [...new Set(read.error.issues.map(({ path }) => path.join(".")))].join(", ");
  throw invalid("invalidValue", `Correct these attributes: ${attributes}. ${hint}`, read.error);
}

/** One attribute's value. @throws ScimError `invalidValue` */
export function valueAs<T>(schema: z.ZodType<T>, value: unknown, path: string): T {
  const given = schema.safeParse(value);
  if (!given.success) throw invalid("invalidValue", `This is no value for ${path}.`, given.error);
  return given.data;
}

/** What the database finds by itself; null where nothing can have it, undefined where all has to be looked at. */
export function askedBy({ filter, sort }: Pick<PageAsked, "filter" | "sort">, own: "userName" | "displayName") {
  if (!filter && !sort) return {};
  const sole = soleEquality(filter);
  if (!sole) return undefined;
  const { attribute, value } = sole;
  if (attribute === own || (own === "userName" && attribute === "emails.value")) return { own: value };
  if (attribute === "externalId") return { externalId: value };
  if (attribute === "id") return isUuid(value) ? { id: value } : null;
  return undefined;
}

export type PageAsked = { filter: Filter | undefined; sort: Sort | undefined; startIndex: number; count: number };

/** More than this are not looked through for one request. */
const MOST_LOOKED_AT = 10_000;

/** A page of what matches, in the order that was asked for. @throws ScimError `tooMany` */
export async function pageOfMatching<R extends Record<string, unknown>>(
  { filter, sort, startIndex, count }: PageAsked,
  list: (slice: { offset: number; count: number }) => Promise<R[]>,
) {
  const all = await list({ offset: 0, count: MOST_LOOKED_AT + 1 });
  if (all.length > MOST_LOOKED_AT)
    throw invalid("tooMany", "There are too many to look through: ask by eq for id, externalId or the name.");
  const matching = filter ? all.filter((resource) => matches(filter, resource)) : all;
  const inOrder = sort ? sorted(matching, sort) : matching;
  return pageOf(startIndex, inOrder.length, inOrder.slice(startIndex - 1, startIndex - 1 + count));
}
