import { createHash } from "node:crypto";

type Row = { id: string; created_at: Date; updated_at: Date; total: string | number };

/** Weak, since two answers with the same state may differ in their bytes. */
export const versionOf = ({ id, updated_at }: Pick<Row, "id" | "updated_at">) =>
  `W/"${createHash("sha1")
    .update(`${id} ${new Date(updated_at).toISOString()}`)
    .digest("base64url")}"`;

export const resource = <T extends { schemas: string[] }>(
  row: Row,
  resourceType: "User" | "Group",
  base: string,
  rest: T,
) => ({
  ...rest,
  id: row.id,
  meta: {
    resourceType,
    created: new Date(row.created_at).toISOString(),
    lastModified: new Date(row.updated_at).toISOString(),
    location: `${base}/${resourceType}s/${row.id}`,
    version: versionOf(row),
  },
});

/** RFC 7644, 3.4.2: startIndex counts from 1, and with a count of 0 only the total is told. */
export const pageOf = (startIndex: number, totalResults: number, resources: object[]) => ({
  schemas: ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
  totalResults,
  startIndex,
  itemsPerPage: resources.length,
  Resources: resources,
});
