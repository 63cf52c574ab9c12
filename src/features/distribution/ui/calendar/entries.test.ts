import type { ContentItem, ListedSchedule } from "@contentos/sdk";
import { describe, expect, it } from "vitest";
import { DUE, entriesOf, fits, LOOK } from "./entries";

const NOW = Date.parse("2027-03-01T12:00Z");
const schedule = (id: string, time: string, more: Partial<ListedSchedule> = {}) =>
  ({
    id,
    contentItemId: id,
    title: id,
    channelId: "site",
    status: "Scheduled",
    scheduledTime: time,
    ...more,
  }) as ListedSchedule;
const item = (id: string, dueAt: string, status = "Draft") => ({ id, title: id, dueAt, status }) as ContentItem;

const entries = (
  schedules: ListedSchedule[],
  due: ContentItem[] = [],
  moved = new Map<string, number>(),
  accessEnds = new Map<string, number>(),
) =>
  entriesOf({
    schedules,
    due,
    moved,
    accessEnds,
    timeZone: "Europe/Vienna",
    now: NOW,
    mayPlan: true,
    mayEdit: () => true,
  });
const troubles = (...given: Parameters<typeof entries>) =>
  Object.fromEntries(entries(...given).map((entry) => [entry.id, entry.troubles]));

describe("entries of a calendar", () => {
  it("stand in the order and on the days of the workspace's clocks", () => {
    const shown = entries([schedule("b", "2027-03-02T23:30Z")], [item("a", "2027-03-02T22:30Z")]);
    expect(shown.map(({ id, wall }) => [id, wall])).toEqual([
      ["due-a", "2027-03-02T23:30"],
      ["b", "2027-03-03T00:30"],
    ]);
  });

  it("are in each other's way on one channel within five minutes, while both are to go out", () => {
    const found = troubles([
      schedule("a", "2027-03-02T09:00Z"),
      schedule("b", "2027-03-02T09:05Z"),
      schedule("c", "2027-03-02T09:10:01Z"),
      schedule("elsewhere", "2027-03-02T09:01Z", { channelId: "other" }),
      schedule("done", "2027-03-02T09:02Z", { status: "Canceled" }),
    ]);
    expect(found).toEqual({ a: ["conflict"], b: ["conflict"], c: [], elsewhere: [], done: [] });
  });

  it("are late, overdue or in trouble", () => {
    const found = troubles(
      [
        schedule("waits", "2027-03-01T11:58Z"),
        schedule("soon", "2027-03-01T11:59:30Z", { channelId: "other" }),
        schedule("failed", "2027-02-01T12:00Z", { status: "Failed" }),
        schedule("out", "2027-02-01T12:00Z", { status: "Published" }),
      ],
      [
        item("draft", "2027-02-27T12:00Z"),
        item("later", "2027-03-27T12:00Z"),
        item("gone", "2027-02-27T12:00Z", "Published"),
      ],
    );
    expect(found).toEqual({
      waits: ["late"],
      soon: [],
      failed: ["Failed"],
      out: [],
      "due-draft": ["overdue"],
      "due-later": [],
    });
  });

  it("are told where access to their channel ends before they go out", () => {
    const ends = new Map([["site", Date.parse("2027-03-05T12:00Z")]]);
    const given = [
      schedule("before", "2027-03-05T11:59Z"),
      schedule("elsewhere", "2027-03-05T12:00Z", { channelId: "other" }),
      schedule("after", "2027-03-06T12:00Z"),
      schedule("off", "2027-03-07T12:00Z", { status: "Canceled" }),
    ];
    const found = { before: [], elsewhere: [], after: ["accessEnds"], off: [] };
    expect(troubles(given, [], new Map(), ends)).toEqual(found);
    expect(troubles(given, [], new Map([["before", Date.parse("2027-03-08T12:00Z")]]), ends)).toEqual({
      ...found,
      before: ["accessEnds"],
    });
  });

  it("are shown where they were moved to, and can be moved while they are open", () => {
    const to = Date.parse("2027-03-09T08:00Z");
    const [open, out] = entries(
      [schedule("open", "2027-03-02T08:00Z"), schedule("out", "2027-03-10T08:00Z", { status: "Published" })],
      [],
      new Map([["open", to]]),
    );
    expect(open).toMatchObject({ at: to, wall: "2027-03-09T09:00", moving: true, movable: true });
    expect(out).toMatchObject({ moving: false, movable: false });
  });

  it("are left out by what was chosen; what was called off is shown to who asks for it", () => {
    const [due, late, off] = entries(
      [schedule("late", "2027-03-01T11:00Z"), schedule("off", "2027-03-02T11:00Z", { status: "Canceled" })],
      [item("due", "2027-03-01T10:00Z")],
    ) as [never, never, never];
    const chosen = (channelId: string | null, status: string | null) =>
      [due, late, off].map((entry) => fits(entry, { channelId, status }));
    expect(chosen(null, null)).toEqual([true, true, false]);
    expect(chosen("site", null)).toEqual([false, true, false]);
    expect(chosen(null, "Canceled")).toEqual([false, false, true]);
    expect(chosen(null, DUE)).toEqual([true, false, false]);
    expect(chosen(null, LOOK)).toEqual([true, true, false]);
    expect(chosen("other", LOOK)).toEqual([false, false, false]);
  });
});
