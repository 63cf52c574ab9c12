import { z } from "zod";
import { invalid } from "./errors";

const Operations = z.object({
  Operations: z
    .array(z.object({ op: z.string(), path: z.string().max(1_000).optional(), value: z.unknown().optional() }))
    .min(1)
    .max(1_000),
});
export type Change = { op: "add" | "replace" | "remove"; path: string | undefined; value: unknown };

const CORE = /^urn:ietf:params:scim:schemas:core:2\.0:(User|Group):/i;

/**
 * The operations of a PATCH (RFC 7644, 3.5.2). Entra ID writes the names of operations with a capital, and booleans as
 * words; Okta leaves the path out and gives an object; both are taken.
 * @throws ScimError
 */
export function readOperations(body: unknown): Change[] {
  const read = Operations.safeParse(body);
  if (!read.success) throw invalid("invalidSyntax", "Send Operations, each with op, and path or value.", read.error);
  return read.data.Operations.flatMap(({ op, path, value }): Change[] => {
    const name = op.toLowerCase();
    if (name !== "add" && name !== "replace" && name !== "remove")
      throw invalid("invalidSyntax", "op is add, replace or remove.");
    if (path !== undefined) return [{ op: name, path: path.trim().replace(CORE, ""), value }];
    if (name === "remove") throw invalid("noTarget", "Say by path what to remove.");
    const values = z.record(z.string(), z.unknown()).safeParse(value);
    if (!values.success) throw invalid("invalidValue", "Without a path, value is an object.");
    return Object.entries(values.data).map(([key, each]) => ({ op: name, path: key.replace(CORE, ""), value: each }));
  });
}

export const isNamed = (path: string | undefined, name: string) => path?.toLowerCase() === name.toLowerCase();

/** An attribute, one within it, or one that a filter picks: what such a path may look like at all. */
const PATH = /^([a-z][\w$-]*|urn:[\w:.-]+)(\[[^[\]]{1,1000}\])?(\.[a-z][\w$-]*)?$/i;

/** @throws ScimError `invalidPath` */
export function requirePath(path: string | undefined) {
  if (path === undefined || !PATH.test(path)) throw invalid("invalidPath", "This is no path of an attribute.");
  return path;
}
