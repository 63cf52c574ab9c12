import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { stateOfDisks } from "./disk";

it("a disk is full where one of the directories has no room, and a directory that is not there has none to lose", async () => {
  expect(await stateOfDisks([tmpdir(), join(tmpdir(), "nowhere", "at", "all")])).toBe("Ok");
  // The kernel's own files take no room and have none.
  if (process.platform === "linux") expect(await stateOfDisks([tmpdir(), "/proc"])).toBe("Full");
});
