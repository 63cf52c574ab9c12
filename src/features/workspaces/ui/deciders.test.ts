import { describe, expect, it } from "vitest";
import { findStuck, type Step } from "./deciders";
import type { Role } from "./roles";

const team = (...roles: Role[]) => roles.map((role, at) => ({ userId: String(at), name: `${role} ${at}`, role }));
const steps = (...roles: Step["role"][]) => roles.map((role) => ({ role }));
const stuck = (asked: Step[], members: ReturnType<typeof team>) =>
  findStuck(asked, members).stuck.map(({ name }) => name);

describe("who could decide", () => {
  it("is nobody but oneself where one is alone", () => {
    expect(stuck(steps("Admin"), team("Admin"))).toEqual(["Admin 0"]);
    expect(findStuck(steps("Admin"), team("Admin")).nobodys).toBeNull();
    expect(stuck([], team("Admin"))).toEqual([]);
  });

  it("are different people for each step", () => {
    const members = team("Admin", "Editor", "Writer");
    expect(stuck(steps("Editor", "Admin"), members)).toEqual(["Admin 0", "Editor 1"]);
    expect(findStuck(steps("Admin", "Admin"), members).nobodys).toBe("Admin");
  });

  it("may hold a higher role, and is never a client's own step", () => {
    expect(stuck(steps("Editor"), team("Admin", "Admin"))).toEqual([]);
    expect(stuck(steps("Client"), team("Admin"))).toEqual([]);
  });

  it("leaves out who can't write", () => {
    expect(stuck(steps("Admin"), team("Admin", "Viewer"))).toEqual(["Admin 0"]);
  });
});
