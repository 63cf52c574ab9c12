import { afterEach, expect, it, vi } from "vitest";
import { isUuid } from "./actor";
import { newId, shortCode } from "./ids";

afterEach(() => void vi.useRealTimers());

it("makes lower-case UUIDs of version 7 that tell their time", () => {
  const before = Date.now();
  const id = newId();
  expect(isUuid(id)).toBe(true);
  expect([id[14], "89ab".includes(id[19] ?? "")]).toEqual(["7", true]);
  const time = Number.parseInt(id.replaceAll("-", "").slice(0, 12), 16);
  expect(time).toBeGreaterThanOrEqual(before);
  expect(time).toBeLessThanOrEqual(Date.now());
});

it("keeps the order in which they were made, within a millisecond and when the clock steps back", () => {
  vi.useFakeTimers({ now: Date.now() + 60_000 });
  const ids = Array.from({ length: 5000 }, newId);
  vi.setSystemTime(Date.now() - 30_000);
  ids.push(...Array.from({ length: 5000 }, newId));
  expect(new Set(ids).size).toBe(10_000);
  expect([...ids].sort()).toEqual(ids);
});

it("makes short codes of readable characters", () => {
  expect(shortCode()).toMatch(/^[2-9a-hjkmnp-tv-z]{8}$/);
  expect(shortCode(12)).toHaveLength(12);
  expect(new Set(Array.from({ length: 2000 }, () => shortCode())).size).toBeGreaterThan(1998);
});
