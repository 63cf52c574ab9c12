import { createRoute } from "@hono/zod-openapi";
import { body, Id, inWorkspace, json, memberProblems, SIGNED_IN, z } from "@/platform/contract";
import { LabelName, versionParams } from "../versions/contract";

export const VersionLabels = z
  .object({ contentItemId: Id, versionNumber: z.int(), labels: z.array(z.string()) })
  .openapi("VersionLabels", {
    example: {
      contentItemId: "2f6f1c5e-8f39-4b52-8f0e-0d4f6d3f5a10",
      versionNumber: 2,
      labels: ["Sent to client"],
    },
  });

export const LabelVersion = z
  .strictObject({ labels: z.array(LabelName).max(10) })
  .openapi("LabelVersion", { example: { labels: ["Sent to client"] } });

export const labelVersion = createRoute({
  tags: ["content"],
  security: SIGNED_IN,
  operationId: "labelVersion",
  method: "put",
  path: "/content/{id}/versions/{versionNumber}/labels",
  summary: "Give a version the labels that it is to have",
  request: { headers: inWorkspace, params: versionParams, body: body(LabelVersion) },
  responses: { 200: json("Its labels", VersionLabels), ...memberProblems("label_taken", "archived") },
});
