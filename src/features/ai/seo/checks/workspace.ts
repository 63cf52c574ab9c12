import { type Checks, places } from "../subject";

const DAY_MS = 86_400_000;
const AGE_DAYS = { aging: 365, old: 730 };

export const workspaceChecks: Checks = {
  "duplicate-title": ({ subject: { surroundings, title = "" } }) => {
    if (!surroundings) return { because: "NoItem" };
    const { sameTitle: items } = surroundings;
    if (items.length === 0) return { status: "Pass", reason: "unique" };
    const shown = places(title, [{ start: 0, end: title.length }], "title");
    return { status: "Fail", reason: "duplicate", params: { count: items.length }, ...shown, items };
  },
  cannibalization: ({ subject: { surroundings }, keyword }) => {
    if (!surroundings) return { because: "NoItem" };
    if (!keyword) return { because: "NoKeyword" };
    const { sameKeyword: items } = surroundings;
    const params = { count: items.length };
    if (items.length === 0) return { status: "Pass", reason: "alone" };
    return { status: items.length === 1 ? "Warn" : "Fail", reason: "shared", params, items };
  },
  freshness: ({ subject: { surroundings, now } }) => {
    if (!surroundings) return { because: "NoItem" };
    if (!surroundings.publishedAt) return { because: "NotPublished" };
    const days = Math.max(0, Math.floor((now.getTime() - surroundings.publishedAt.getTime()) / DAY_MS));
    const params = { days };
    if (days <= AGE_DAYS.aging) return { status: "Pass", reason: "fresh", params };
    return { status: days <= AGE_DAYS.old ? "Warn" : "Fail", reason: "old", params };
  },
};
