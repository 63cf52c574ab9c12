import type { z } from "zod";
import { isUuid } from "@/platform/actor";
import { invalid } from "./errors";
import type { Filter } from "./filter";

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

/** What a list is asked for by; null where nothing can have it. */
export function askedBy(filter: Filter, own: "userName" | "displayName") {
  if (!filter) return {};
  const { attribute, value } = filter;
  if (attribute === own) return { own: value };
  if (attribute === "externalId") return { externalId: value };
  return isUuid(value) ? { id: value } : null;
}

export type PageAsked = { filter: Filter; startIndex: number; count: number };
