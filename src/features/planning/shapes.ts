import { idParams, inWorkspace, SIGNED_IN, z } from "@/platform/contract";

export const base = { tags: ["planning"], security: SIGNED_IN };
export const one = { headers: inWorkspace, params: idParams };

/** What tags, campaigns and templates are listed by. */
export const Sort = z.enum(["name", "-name", "createdAt", "-createdAt"]).default("name");

export const made = {
  createdBy: "5f0c2f0a-61f5-4f0e-8a0d-2c7a7c1f0b02",
  createdAt: "2026-11-22T09:00:00.000Z",
  updatedAt: "2026-11-22T09:00:00.000Z",
};

export const ItemCount = z.int().openapi({ description: "The items that have it, archived ones among them." });
