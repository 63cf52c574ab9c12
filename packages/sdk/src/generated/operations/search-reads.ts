// Written by `npm run generate` from the contracts: change those instead.
import { operation } from "../../operation.ts";
import type {
  Draft,
  SearchPage,
} from "../schemas.ts";

export type SearchInput = {
  /** Words that must all be there; the last one may go on. "In quotes": as it stands. -word: what must not be there. */
  q: string;
  /** Which kinds are looked for; all, unless said. */
  kinds?: string | undefined;
  /** Of items; nothing else has one. */
  status?: "Draft" | "InReview" | "Approved" | "Published" | undefined;
  /** Who made the item, wrote the comment or brought the file. */
  author?: string | undefined;
  /** Archived items and what was said about them, instead of the others. `false` where it is left out. */
  archived?: boolean | undefined;
  /** How many a page has at most. `25` where it is left out. */
  limit?: number | undefined;
  /** `nextCursor` of the page before. */
  cursor?: string | undefined;
};

/** Find what was written: the best first, and of equals the newest. Refusals: workspace_required, invalid_cursor, unauthenticated, forbidden, not_found. */
export const search = /* @__PURE__ */ operation<SearchInput, SearchPage>("search", "GET", "/search", { scoped: true });
