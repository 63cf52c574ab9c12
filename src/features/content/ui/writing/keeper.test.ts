import { type Draft, Problem } from "@contentos/sdk";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createKeeper, type KeptState } from "./keeper";
import type { LocalCopy, Words } from "./local-copy";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Somebody at work: what they see, what is kept here, and what was sent. */
function desk({ draftVersion }: { draftVersion?: number } = {}) {
  const words = { title: "T", body: "saved", baseVersion: 1 };
  const base = { ...words };
  const states: KeptState["at"][] = [];
  const sent: (Words & { draftVersion?: number })[] = [];
  const removed = vi.fn(async () => undefined);
  let copy: LocalCopy | undefined;
  let answer: () => Promise<Partial<Draft>> = async () => ({ draftVersion: sent.length });
  const keeper = createKeeper({
    read: () => ({ ...words }),
    isSaved: ({ title, body }) => title === base.title && body === base.body,
    copies: {
      read: () => copy,
      write: (next) => {
        copy = next;
      },
      drop: () => {
        copy = undefined;
      },
    },
    save: async (draft) => {
      sent.push(draft);
      return (await answer()) as Draft;
    },
    remove: removed,
    onState: ({ at }) => states.push(at),
    draftVersion,
  });
  return {
    keeper,
    states,
    sent,
    removed,
    copy: () => copy,
    answers: (next: typeof answer) => {
      answer = next;
    },
    type(body: string) {
      words.body = body;
      keeper.touch();
    },
    becomesVersion() {
      base.body = words.body;
      keeper.ended();
    },
  };
}

const conflict = (draft: object | null) => new Problem(409, "draft_conflict", "Elsewhere", [], { draft });

describe("what is typed", () => {
  it("is kept here at once, and as a draft after a pause", async () => {
    const at = desk();
    at.type("one");
    await vi.advanceTimersByTimeAsync(300);
    expect(at.copy()).toMatchObject({ body: "one", sent: false });
    expect(at.sent).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(at.sent).toEqual([{ title: "T", body: "one", baseVersion: 1 }]);
    expect(at.copy()).toMatchObject({ body: "one", sent: true, draftVersion: 1 });
    expect(at.states).toEqual(["writing", "saving", "draft"]);
    at.type("two");
    await vi.advanceTimersByTimeAsync(1_300);
    expect(at.sent[1]).toMatchObject({ body: "two", draftVersion: 1 });
  });

  it("is sent while somebody writes on and on", async () => {
    const at = desk();
    for (let key = 0; key < 70; key++) {
      at.type(`words ${key}`);
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(at.sent.length).toBeGreaterThan(0);
  });

  it("waits here for the network, and is sent when it is back", async () => {
    const at = desk();
    at.answers(() => Promise.reject(new Problem(0, "unreachable", "Away")));
    at.type("at sea");
    await vi.advanceTimersByTimeAsync(1_300);
    expect(at.states.at(-1)).toBe("offline");
    expect(at.copy()).toMatchObject({ body: "at sea", sent: false });
    at.answers(async () => ({ draftVersion: 7 }));
    await at.keeper.push();
    expect(at.states.at(-1)).toBe("draft");
    expect(at.copy()).toMatchObject({ sent: true, draftVersion: 7 });
  });

  it("is no longer a draft once it is as it was", async () => {
    const at = desk({ draftVersion: 3 });
    at.type("one");
    await vi.advanceTimersByTimeAsync(1_300);
    at.type("saved");
    await vi.advanceTimersByTimeAsync(1_300);
    expect(at.removed).toHaveBeenCalledOnce();
    expect(at.copy()).toBeUndefined();
    expect(at.states.at(-1)).toBe("version");
  });

  it("overwrites nothing of another window, until it is chosen", async () => {
    const at = desk();
    at.answers(() => Promise.reject(conflict({ draftVersion: 5, title: null, body: "other", baseVersion: 1 })));
    at.type("mine");
    await vi.advanceTimersByTimeAsync(1_300);
    expect(at.states.at(-1)).toBe("elsewhere");
    at.type("mine, and more");
    await vi.advanceTimersByTimeAsync(10_000);
    expect(at.sent).toHaveLength(1);
    expect(at.copy()).toMatchObject({ body: "mine, and more" });
    at.answers(async () => ({ draftVersion: 6 }));
    at.keeper.follow({ draftVersion: 5, title: null, body: "other", baseVersion: 1, updatedAt: "" });
    await vi.advanceTimersByTimeAsync(1);
    expect(at.sent[1]).toMatchObject({ body: "mine, and more", draftVersion: 5 });
  });

  it("goes on where only the answer was lost, and where the draft has ended", async () => {
    const at = desk();
    at.answers(() => Promise.reject(conflict({ draftVersion: 2, title: "T", body: "mine", baseVersion: 1 })));
    at.type("mine");
    await vi.advanceTimersByTimeAsync(1_200);
    at.answers(async () => ({ draftVersion: 3 }));
    await vi.advanceTimersByTimeAsync(1);
    expect(at.sent[1]).toMatchObject({ draftVersion: 2 });
    at.answers(() => Promise.reject(conflict(null)));
    at.type("mine too");
    await vi.advanceTimersByTimeAsync(1_200);
    at.answers(async () => ({ draftVersion: 4 }));
    await vi.advanceTimersByTimeAsync(1);
    expect(at.sent.at(-1)).toEqual({ title: "T", body: "mine too", baseVersion: 1 });
  });

  it("leaves nothing behind when it became a version", async () => {
    const at = desk();
    at.type("one");
    await vi.advanceTimersByTimeAsync(1_300);
    at.becomesVersion();
    expect(at.copy()).toBeUndefined();
    expect(at.states.at(-1)).toBe("version");
    await vi.advanceTimersByTimeAsync(10_000);
    expect(at.sent).toHaveLength(1);
  });
});
