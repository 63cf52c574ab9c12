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
  (JSON.parse(files["contentos.json"]!.toString()) as { lines: Record<string, unknown>[] }).lines;

it("a workspace moves to another deployment without loss: exported there, it is the same archive", async () => {
  const { admin, editor, writer, viewer } = await seedTeam(here);
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
  // A file that only an old version names, and that is gone.
  const gone = await uploadAsset(here, callHere, writer, { bytes: await aPicture() });
  const old = await callHere(writer, "POST", "/content", { title: "Older", body: `![Gone](asset:${gone})` });
  await callHere(writer, "POST", `/content/${old.body.id}/versions`, { body: "Without it", baseVersion: 1 });
  expect((await callHere(writer, "DELETE", `/assets/${gone}`)).status).toBe(204);
  const campaign = await callHere(admin, "POST", "/planning/campaigns", { name: "Spring", startsOn: "2026-03-01" });
  await callHere(admin, "PUT", `/content/${itemId}`, { campaignId: campaign.body.id, dueAt: "2026-04-01T09:00:00Z" });
  await callHere(admin, "POST", "/personas", { name: "Regular", attributes: { goals: ["Coffee"] } });
  await callHere(admin, "PUT", `/workspaces/${admin.workspaceId}`, { timeZone: "Europe/Vienna", lateAfterMinutes: 30 });
  await callHere(writer, "PUT", `/content/${itemId}/versions/1/labels`, { labels: ["Sent to client"] });
  const brief = { goal: "Fill tables", channelMix: [{ network: "site", count: 2 }], baseVersion: 0 };
  expect((await callHere(writer, "PUT", `/content/${itemId}/brief`, brief)).status).toBe(200);
  const outer = await callHere(writer, "POST", "/assets/folders", { name: "Spring" });
  const inner = await callHere(writer, "POST", "/assets/folders", { name: "Flowers", parentId: outer.body.id });
  expect((await callHere(writer, "PUT", `/assets/${assetId}`, { folderId: inner.body.id })).status).toBe(200);
  const anchor = { versionNumber: 2, field: "body", start: 0, end: 6, quote: "Second" };
  const thread = await callHere(viewer, "POST", `/content/${itemId}/comments`, { body: "Is it?", anchor });
  await callHere(writer, "POST", `/content/${itemId}/comments/${thread.body.id}/replies`, { body: "It *is*." });
  await callHere(writer, "POST", `/content/${itemId}/comments/${thread.body.id}/resolve`);
  await callHere(editor, "POST", `/content/${itemId}/comments`, { body: "For the client", visibility: "Client" });
  const before = await exportAll(here, callHere, admin);
  const kinds = linesOf(before.files).flatMap((line) => Object.keys(line));
  expect(new Set(kinds)).toEqual(
    new Set(["workspace", "tag", "campaign", "persona", "folder", "asset", "item", "version", "thread", "memory"]),
  );

  const team = await seedTeam(there);
  const settings = await callThere(team.admin, "GET", `/workspaces/${team.workspace.id}`);
  expect(settings.body.timeZone).toBe("UTC");
  const file = { bytes: before.bytes, fileName: "move.zip", contentType: "application/zip" };
  const done = await importFile(there, callThere, team.admin, file);
  expect(done).toMatchObject({ status: "Finished", message: null, format: "ContentOS" });
  expect(done.entries.map(({ outcome, message, notes }) => [outcome, message, notes])).toEqual([
    ["Imported", null, []],
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

  const threads = await callThere(team.viewer, "GET", `/content/${itemId}/comments?sort=createdAt`);
  expect(threads.body.items).toMatchObject([
    {
      anchor: { ...anchor, state: "Exact" },
      resolvedBy: team.admin.userId,
      comments: { items: [{ authorId: team.admin.userId }, {}] },
    },
    { visibility: "Client", anchor: null },
  ]);
  const [opened] = threads.body.items as unknown as { comments: { items: { body: string }[] } }[];
  expect(opened!.comments.items[1]!.body).toMatch(/^\*Kim Example, \d{4}-\d\d-\d\d:\*\n\nIt \*is\*\.$/);

  const after = await exportAll(there, callThere, team.admin);
  expect(linesOf(after.files)).toEqual(linesOf(before.files));
  const others = (files: Record<string, Buffer>) =>
    Object.fromEntries(Object.entries(files).filter(([name]) => name !== "contentos.json"));
  expect(others(after.files)).toEqual(others(before.files));
  expect(after.files["content/one.md"]!.toString()).toBe(original);

  const again = await importFile(there, callThere, team.admin, file);
  expect(again.counts).toMatchObject({ imported: 0, updated: 0, unchanged: 4, failed: 0 });
});
