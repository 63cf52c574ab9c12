import { createRoute } from "@hono/zod-openapi";
import {
  Cursor,
  Id,
  inWorkspace,
  json,
  Limit,
  memberProblems,
  page,
  SIGNED_IN,
  Timestamp,
  z,
} from "@/platform/contract";

export * from "./domains/contract";
export * from "./trials/contract";

const SitePage = z
  .object({
    id: Id,
    contentItemId: Id,
    versionNumber: z.int(),
    title: z.string(),
    slug: z.string(),
    url: z.string(),
    publishedAt: Timestamp,
    updatedAt: Timestamp,
  })
  .openapi("SitePage", {
    example: {
      id: "4d1c2b3a-0000-4000-8000-000000000003",
      contentItemId: "2f6f1c5e-8f39-4b52-8f0e-0d4f6d3f5a10",
      versionNumber: 2,
      title: "Spring launch",
      slug: "spring-launch",
      url: "https://content.example.com/s/acme/spring-launch",
      publishedAt: "2026-11-22T09:00:00.000Z",
      updatedAt: "2026-11-22T09:00:00.000Z",
    },
  });
export const SitePagePage = page(SitePage).openapi("SitePagePage");

export const ListSitePages = z.strictObject({ contentItemId: Id.optional(), limit: Limit, cursor: Cursor });

export const listSitePages = createRoute({
  operationId: "listSitePages",
  method: "get",
  path: "/site/pages",
  tags: ["site"],
  security: SIGNED_IN,
  summary: "List the live pages of the workspace's site, newest first",
  request: { headers: inWorkspace, query: ListSitePages },
  responses: { 200: json("A page of pages", SitePagePage), ...memberProblems("invalid_cursor") },
});
