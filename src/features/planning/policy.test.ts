import { expect, test } from "vitest";
import type { Actor, Role } from "@/platform/actor";
import { canWrite } from "./policy";

test.each<[Role, boolean]>([
  ["Viewer", false],
  ["Writer", false],
  ["Editor", true],
  ["Admin", true],
])("%s: %s", (role, right) => {
  const actor: Actor = { workspaceId: "w", userId: "u", role, requestId: undefined };
  expect(canWrite(actor)).toBe(right);
});
