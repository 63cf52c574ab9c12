import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ViewFilter } from "@/features/planning/contract";
import {
  addressOf,
  EVERYTHING,
  type Filter,
  filterOf,
  filterOfView,
  inputOf,
  isFiltered,
  SORTS,
  STATUSES,
  viewOf,
} from "./filter";

const word = fc.string({ maxLength: 20 }).map((text) => text.trim());
const id = fc.option(fc.uuid());
const aFilter: fc.Arbitrary<Filter> = fc.record({
  view: fc.constantFrom("list", "board"),
  status: fc.option(fc.constantFrom(...STATUSES)),
  q: word,
  assignee: fc.option(fc.oneof(fc.constantFrom("me", "none"), fc.uuid())),
  tag: id,
  campaign: id,
  persona: id,
  overdue: fc.boolean(),
  archived: fc.boolean(),
  sort: fc.constantFrom(...SORTS),
});

describe("a list's address", () => {
  it("says the whole filter, and gives it back", () => {
    fc.assert(
      fc.property(aFilter, (filter) => {
        expect(filterOf(new URLSearchParams(addressOf(filter)))).toEqual(filter);
      }),
    );
  });

  it("is kept as a view that the API takes, and comes back", () => {
    fc.assert(
      fc.property(aFilter, (filter) => {
        expect(filterOfView(ViewFilter.parse(viewOf(filter)))).toEqual(filter);
      }),
    );
    expect(viewOf(EVERYTHING)).toEqual({});
  });

  it("is empty where all is shown", () => {
    expect(addressOf(EVERYTHING)).toBe("");
    expect(isFiltered(EVERYTHING)).toBe(false);
    expect(inputOf(EVERYTHING)).toEqual({ sort: "-updatedAt", limit: 50 });
  });

  it("does without what nobody could mean", () => {
    const address = new URLSearchParams("status=Lost&sort=password&tag=x&assignee=you&view=wall&overdue=maybe");
    expect(filterOf(address)).toEqual(EVERYTHING);
  });
});
