import type { ListContentInput, ViewFilter } from "@contentos/sdk";

export const STATUSES = ["Draft", "InReview", "Approved", "Published"] as const;
export type ItemStatus = (typeof STATUSES)[number];

export const SORTS = ["-updatedAt", "-createdAt", "dueAt", "title"] as const;
export type Sort = (typeof SORTS)[number];

/** What a list shows. It stands in the page's address, so that a list can be kept, shared and gone back to. */
export type Filter = {
  view: "list" | "board";
  status: ItemStatus | null;
  q: string;
  /** `me`, `none` or a member's id. */
  assignee: string | null;
  tag: string | null;
  campaign: string | null;
  persona: string | null;
  overdue: boolean;
  archived: boolean;
  sort: Sort;
};

export const EVERYTHING: Filter = {
  view: "list",
  status: null,
  q: "",
  assignee: null,
  tag: null,
  campaign: null,
  persona: null,
  overdue: false,
  archived: false,
  sort: "-updatedAt",
};

const one = <T extends string>(words: readonly T[], given: string | null): T | undefined =>
  words.find((word) => word === given);

/** What an address asks for; what it says wrongly counts as not said. */
export function filterOf(address: { get(name: string): string | null }): Filter {
  return {
    view: address.get("view") === "board" ? "board" : "list",
    status: one(STATUSES, address.get("status")) ?? null,
    q: address.get("q") ?? "",
    assignee: idOf(address.get("assignee"), ["me", "none"]),
    tag: idOf(address.get("tag")),
    campaign: idOf(address.get("campaign")),
    persona: idOf(address.get("persona")),
    overdue: address.get("overdue") === "true",
    archived: address.get("archived") === "true",
    sort: one(SORTS, address.get("sort")) ?? EVERYTHING.sort,
  };
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const idOf = (given: string | null, words: string[] = []) =>
  given && (UUID.test(given) || words.includes(given)) ? given : null;

/** The query of an address, without what is as it would be anyway. */
export function addressOf(filter: Filter): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(filter)) {
    if (value && value !== EVERYTHING[name as keyof Filter]) query.set(name, String(value).trim());
  }
  return query.size > 0 ? `?${query}` : "";
}

/** As it is kept under a name. */
export const viewOf = (filter: Filter): ViewFilter =>
  Object.fromEntries(
    Object.entries(filter)
      .map(([name, value]) => [name, typeof value === "string" ? value.trim() : value])
      .filter(([name, value]) => value && value !== EVERYTHING[name as keyof Filter]),
  );

export const filterOfView = (view: ViewFilter): Filter =>
  filterOf({ get: (name) => view[name as keyof ViewFilter]?.toString() ?? null });

/** How many conditions hang behind the button, out of sight. */
export const hiddenConditions = ({ assignee, tag, campaign, persona, overdue, archived }: Filter): number =>
  [assignee, tag, campaign, persona, overdue, archived].filter(Boolean).length;

export const isFiltered = (filter: Filter): boolean =>
  filter.status !== null || filter.q.trim() !== "" || hiddenConditions(filter) > 0;

/** The same to the API. */
export function inputOf({ view: _, status, q, assignee, tag, campaign, persona, overdue, archived, sort }: Filter) {
  const words = q.trim();
  return {
    sort,
    limit: 50,
    ...(status && { status }),
    ...(words && { q: words }),
    ...(assignee && { assignee }),
    ...(tag && { tag: [tag] }),
    ...(campaign && { campaign }),
    ...(persona && { persona }),
    ...(overdue && { overdue }),
    ...(archived && { archived }),
  } satisfies ListContentInput;
}
