import type { Draft } from "@contentos/sdk";
import { describe, expect, it } from "vitest";
import type { LocalCopy } from "./local-copy";
import { startOf } from "./start";

const version = { versionNumber: 3, title: "T", body: "saved" };
const draft = (body: string, draftVersion = 4): Draft => ({
  contentItemId: "i",
  title: null,
  body,
  metadata: null,
  baseVersion: 3,
  draftVersion,
  updatedAt: "2026-11-27T10:00:00.000Z",
  stale: false,
  currentVersionNumber: 3,
});
const local = (body: string, more: Partial<LocalCopy> = {}): LocalCopy => ({
  title: "T",
  body,
  baseVersion: 3,
  draftVersion: 4,
  sent: false,
  at: "2026-11-27T09:00:00.000Z",
  ...more,
});

describe("what the editor begins with", () => {
  it("is the version where nothing else was written", () => {
    for (const start of [
      startOf(version, undefined, undefined),
      startOf(version, draft("saved"), undefined),
      startOf(version, undefined, local("saved")),
    ])
      expect(start).toMatchObject({ body: "saved", baseVersion: 3, restoredFrom: undefined });
  });

  it("is the draft, or what this browser has where the draft never came to be", () => {
    expect(startOf(version, draft("drafted"), undefined)).toMatchObject({ body: "drafted", draftVersion: 4 });
    expect(startOf(version, undefined, local("here"))).toMatchObject({ body: "here", draftVersion: undefined });
    expect(startOf(version, draft("drafted"), local("drafted", { sent: true })).body).toBe("drafted");
  });

  it("is what this browser has where that follows the draft, whatever the clocks say", () => {
    const start = startOf(version, draft("drafted"), local("here", { at: "2020-01-01T00:00:00.000Z" }));
    expect(start).toMatchObject({ body: "here", draftVersion: 4, other: undefined });
  });

  it("offers the older one where both went on apart", () => {
    const apart = startOf(version, draft("drafted", 9), local("here"));
    expect(apart).toMatchObject({ body: "drafted", draftVersion: 9, other: { body: "here" } });
    const later = startOf(version, draft("drafted", 9), local("here", { at: "2026-11-27T11:00:00.000Z" }));
    expect(later).toMatchObject({ body: "here", draftVersion: 9, other: { body: "drafted" } });
  });
});
