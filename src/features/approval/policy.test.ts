import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ROLES, type Role } from "@/platform/actor";
import { APPROVAL_STATES, ITEM_STATES, manifestHash, mayDecide, missingRole, nextItemState } from "./policy";

type Member = { userId: string; role: Role };
const member = (userId: string, role: Role): Member => ({ userId, role });

describe("who is missing", () => {
  test("is nobody where each step has somebody of its own", () => {
    const members = [member("w", "Writer"), member("e", "Editor"), member("a", "Admin")];
    expect(missingRole([{ role: "Editor" }, { role: "Admin" }], members, ["w"])).toBe(null);
  });

  test.each([
    ["an Editor, where the only other is needed for the Admin's step", [member("a", "Admin")], "Editor"],
    ["an Admin, where Editors alone are left", [member("e", "Editor"), member("f", "Editor")], "Admin"],
  ] as const)("is %s", (_, members, missing) => {
    expect(missingRole([{ role: "Editor" }, { role: "Admin" }], [...members], ["w"])).toBe(missing);
  });

  test("is nobody for a client's step, which waits for who has a review link", () => {
    const steps = [{ role: "Editor" }, { role: "Client" }] as const;
    expect(missingRole([...steps], [member("e", "Editor")], [])).toBeNull();
    expect(missingRole([...steps], [member("v", "Viewer")], [])).toBe("Editor");
  });

  test("agrees with trying every assignment", () => {
    const role = fc.constantFrom(...ROLES);
    fc.assert(
      fc.property(fc.array(role, { maxLength: 5 }), fc.array(role, { maxLength: 6 }), (stepRoles, memberRoles) => {
        const members = memberRoles.map((r, index) => member(String(index), r));
        const steps = stepRoles.map((r) => ({ role: r }));
        expect(missingRole(steps, members, ["0"]) === null).toBe(assignable(stepRoles, members.slice(1)));
      }),
    );
  });
});

function assignable([step, ...rest]: Role[], members: Member[]): boolean {
  if (!step) return true;
  return members.some(
    (taken) =>
      mayDecide(taken.role, step) &&
      assignable(
        rest,
        members.filter((one) => one !== taken),
      ),
  );
}

describe("the tables of states", () => {
  test("lead to states that they have", () => {
    for (const table of [ITEM_STATES, APPROVAL_STATES] as Record<string, Record<string, string>>[])
      for (const next of Object.values(table).flatMap((events) => Object.values(events)))
        expect(Object.keys(table)).toContain(next);
  });

  test("let nothing but a draft be submitted", () => {
    const open = Object.keys(ITEM_STATES).filter((state) => nextItemState(state as "Draft", "submit"));
    expect(open).toEqual(["Draft"]);
  });
});

describe("the hash of what may go out", () => {
  const version = { title: "Spring", body: "It is here.", metadata: { slug: "spring" }, assets: [] as unknown[] };
  const entry = { id: "a1", channelId: "c1", parts: [{ text: "Spring!" }], contentHash: "h1" };
  const rule = { id: null, channelId: "c2", parts: [{ text: "Spring\n\nhttps://x" }], contentHash: "h2" };
  const hash = manifestHash(version, [entry, rule]);

  test.each([
    ["the title", { ...version, title: "Summer" }, [entry, rule]],
    ["the body", { ...version, body: "It is here!" }, [entry, rule]],
    ["the metadata", { ...version, metadata: {} }, [entry, rule]],
    ["an asset", { ...version, assets: ["sha256"] }, [entry, rule]],
    ["an adaptation's text", version, [{ ...entry, parts: [{ text: "Spring." }] }, rule]],
    ["an adaptation's channel", version, [{ ...entry, channelId: "c3" }, rule]],
    ["an adaptation's own hash", version, [{ ...entry, contentHash: "h9" }, rule]],
    ["which adaptation it is", version, [{ ...entry, id: "a2" }, rule]],
    ["a text made by rule", version, [entry, { ...rule, parts: [{ text: "Spring" }] }]],
    ["a channel with a text made by rule", version, [entry]],
    ["an adaptation less", version, [rule]],
  ])("changes with %s", (_, changed, entries) => {
    expect(manifestHash(changed, entries)).not.toBe(hash);
  });

  test("doesn't change with the order of adaptations or of keys", () => {
    const other = { ...entry, id: "a0", channelId: "c0" };
    const turned = { assets: [], metadata: { slug: "spring" }, body: version.body, title: version.title };
    expect(manifestHash(turned, [rule, other, entry])).toBe(manifestHash(version, [entry, rule, other]));
  });
});
