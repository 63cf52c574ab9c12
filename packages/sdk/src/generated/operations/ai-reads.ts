// Written by `npm run generate` from the contracts: change those instead.
import { type Nothing, operation } from "../../operation.ts";
import type {
  AiSettings,
  GenerationPage,
} from "../schemas.ts";

export type ListGenerationsInput = {
  contentItemId?: string | undefined;
  operation?: "headline" | "seo" | "adapt" | "rewrite" | "altText" | "voice" | "ask" | "plan" | "test" | "embed" | undefined;
  /** How many a page has at most. `25` where it is left out. */
  limit?: number | undefined;
  /** `nextCursor` of the page before. */
  cursor?: string | undefined;
};

/** List what models were asked, the newest first. Refusals: workspace_required, invalid_cursor, unauthenticated, forbidden, not_found. */
export const listGenerations = /* @__PURE__ */ operation<ListGenerationsInput, GenerationPage>("listGenerations", "GET", "/ai/generations", { scoped: true });

/** Read whether AI can be used, by which models and limits. Refusals: workspace_required, unauthenticated, forbidden, not_found. */
export const getAiSettings = /* @__PURE__ */ operation<Nothing, AiSettings>("getAiSettings", "GET", "/ai/settings", { scoped: true });
