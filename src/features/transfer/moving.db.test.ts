import { expect, it } from "vitest";
import { seedTeam } from "#tests/factories/approval";
import { aPicture, uploadAsset } from "#tests/factories/assets";
import { asZip, exportAll, importFile } from "#tests/factories/transfer";
import { caller } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";

const here = testDatabase();
const there = testDatabase();
const callHere = caller(here);
const callThere = caller(there);

/** What an archive says, but for when it was written. */
const linesOf = (files: Record<string, Buffer>) =>
  (JSON.parse(files["contentos.json"]!.toString()) as { lines: Record<string, unknown>[] }).lines.filter(
    (line) => !("workspace" in line),
  );

it("a workspace moves to another deployment without loss: exported there, it is the same archive", async () => {
  const { admin, editor, writer } = await seedTeam(here);
  const original = "---\ntitle: One\nlayout:   wide\ntags: [a,b]\n---\n\nText ![Tulip](a.png), [two](two.md)\n";
  await importFile(
    here,
    callHere,
    editor,
    await asZip({ "one.md": original, "two.md": "# Two\n", "a.png": await aPicture() }),
  );
  const assetId = await uploadAsset(here, callHere, writer, { bytes: await aPicture(), altText: "Daisy" });
  const made = await callHere(writer, "POST", "/content", { title: "Made here", body: `![Daisy](asset:${assetId})` });
  const itemId = String(made.body.id);
  await callHere(writer, "POST", `/content/${itemId}/versions`, { body: "Second", baseVersion: 1 });
  const campaign = await callHere(admin, "POST", "/planning/campaigns", { name: "Spring", startsOn: "2026-03-01" });
  await callHere(admin, "PUT", `/content/${itemId}`, { campaignId: campaign.body.id, dueAt: "2026-04-01T09:00:00Z" });
  await callHere(admin, "POST", "/personas", { name: "Regular", attributes: { goals: ["Coffee"] } });
  const before = await exportAll(here, callHere, admin);

  const team = await seedTeam(there);
  const file = { bytes: before.bytes, fileName: "move.zip", contentType: "application/zip" };
  const done = await importFile(there, callThere, team.admin, file);
  expect(done).toMatchObject({ status: "Finished", message: null, format: "ContentOS" });
  expect(done.entries.map(({ outcome, message, notes }) => [outcome, message, notes])).toEqual([
    ["Imported", null, []],
    ["Imported", null, []],
    ["Imported", null, []],
  ]);
  const moved = await callThere(team.viewer, "GET", `/content/${itemId}`);
  expect(moved.body).toMatchObject({
    title: "Made here",
    createdBy: team.admin.userId,
    currentVersion: { versionNumber: 2, body: "Second" },
  });
  const first = await callThere(team.viewer, "GET", `/content/${itemId}/versions/1`);
  expect(first.body.body).toBe(`![Daisy](asset:${assetId})`);
  expect((await callThere(team.viewer, "GET", `/assets`)).body.items).toHaveLength(2);

  const after = await exportAll(there, callThere, team.admin);
  expect(linesOf(after.files)).toEqual(linesOf(before.files));
  const others = (files: Record<string, Buffer>) =>
    Object.fromEntries(Object.entries(files).filter(([name]) => name !== "contentos.json"));
  expect(others(after.files)).toEqual(others(before.files));
  expect(after.files["content/one.md"]!.toString()).toBe(original);

  const again = await importFile(there, callThere, team.admin, file);
  expect(again.counts).toMatchObject({ imported: 0, updated: 0, unchanged: 3, failed: 0 });
});
