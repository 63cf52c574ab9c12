import { createRoute } from "@hono/zod-openapi";
import { json, PUBLIC, problems, z } from "@/platform/contract";

const Health = z
  .object({
    status: z.enum(["Ok", "Failing"]),
    checks: z.record(z.string(), z.string()),
  })
  .openapi("Health", { example: { status: "Ok", checks: { database: "Ok", worker: "Running" } } });

export { Health };

const base = { tags: ["operations"], security: PUBLIC };

export const getLiveness = createRoute({
  ...base,
  operationId: "getLiveness",
  method: "get",
  path: "/health/live",
  summary: "Whether the process answers; it does no other work",
  responses: { 200: json("It answers", Health), ...problems() },
});

export const getReadiness = createRoute({
  ...base,
  operationId: "getReadiness",
  method: "get",
  path: "/health/ready",
  summary: "Whether requests can be served, as last seen by the process itself",
  responses: { 200: json("It can", Health), 503: json("It can't, and says why", Health), ...problems() },
});
