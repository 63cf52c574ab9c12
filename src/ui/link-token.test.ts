import { describe, expect, test } from "vitest";
import { LINK, takeToken } from "./link-token";

const storage = (kept: Record<string, string> = {}) => ({
  kept,
  getItem: (name: string) => kept[name] ?? null,
  setItem: (name: string, value: string) => {
    kept[name] = value;
  },
});
const at = (search: string, hash: string) => ({ pathname: "/reset-password", search, hash });

describe("the token of a link", () => {
  test("is behind the #, or in the query of a link of before", () => {
    expect(takeToken(at("", "#token=new-_1"), storage())).toBe("new-_1");
    expect(takeToken(at("?token=old", ""), storage())).toBe("old");
    expect(takeToken(at("?token=old", "#token=new"), storage())).toBe("new");
  });

  test("is kept for the tab and the page that it opened, until another link is followed", () => {
    const session = storage();
    takeToken(at("", "#token=first"), session);
    expect(session.kept).toEqual({ [`${LINK}/reset-password`]: "first" });
    expect(takeToken(at("", ""), session)).toBe("first");
    expect(takeToken({ ...at("", ""), pathname: "/verify-email" }, session)).toBeUndefined();
    expect(takeToken(at("", "#token=second"), session)).toBe("second");
    expect(takeToken(at("", ""), session)).toBe("second");
  });
});
