import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { pino } from "pino";
import { afterAll, describe, expect, it, vi } from "vitest";
import { seedTeam } from "#tests/factories/approval";
import { unzipped } from "#tests/factories/transfer";
import { testIdentity } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";
import { exportHere, importHere } from "@/entry/admin-transfer";
import { parseConfig } from "@/platform/config";

const folder = fileURLToPath(new URL("./debian-docs", import.meta.url));
const missing = existsSync(folder) ? undefined : "tests/peers/debian-docs not found: run tests/peers/install.sh";
const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

describe.skipIf(missing)(`documentation of Debian packages${missing ? ` (skipped: ${missing})` : ""}`, () => {
  const t = testDatabase();
  const base = mkdtempSync(join(tmpdir(), "contentos-docs-"));
  afterAll(() => rmSync(base, { recursive: true, force: true }));
  vi.setConfig({ testTimeout: 1_200_000 });

  it("moves in as a folder: every document is there with its hash or told, and a second time nothing comes", async () => {
    const { workspace, editor, admin } = await seedTeam(t);
    const documents = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(md|html?)$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
      .sort();
    expect(documents.length).toBeGreaterThanOrEqual(300);

    const secret = "a secret of the documents' own tests";
    const environment = {
      DATABASE_APP_URL: t.urls.app,
      DATABASE_AUTH_URL: t.urls.auth,
      DATABASE_WORKER_URL: t.urls.worker,
      CONTENTOS_DATA_DIR: join(base, "data"),
      CONTENTOS_SECRET: secret,
    };
    const said: string[] = [];
    const stage = {
      config: parseConfig(environment),
      secret,
      urls: { ...t.urls, session: t.urls.worker },
      identity: testIdentity(t),
      log: pino({ level: "silent" }),
      say: (line: string) => void said.push(line),
    };
    const flags = { workspace: workspace.slug, as: editor.email, source: "Debian" };
    const answer = await importHere(stage, folder, flags);
    const failed = new Map(
      said.filter((line) => line.startsWith("Failed: ")).map((line) => line.slice(8).split(": ") as [string, string]),
    );
    const kept = documents.filter((path) => !failed.has(path));
    console.info(`${documents.length} documents: ${answer}`, Object.fromEntries(failed));
    // Told, and each for what it is: larger than an item may be.
    for (const [, why] of failed) expect(why).toMatch(/longer than 400000 characters|more than \d+ bytes/);
    expect(answer).toMatch(`${kept.length} imported, 0 updated, 0 unchanged, 0 conflicts,`);
    expect(answer).toMatch(` ${failed.size} failed.`);
    expect(kept.length).toBeGreaterThanOrEqual(300);

    const remembered = await t.asOwner<{ key: string; raw_hash: string }>(
      'select key, raw_hash from transfer_entries where workspace_id = $1 order by key collate "C"',
      [workspace.id],
    );
    expect(remembered).toEqual(kept.map((key) => ({ key, raw_hash: sha256(readFileSync(join(folder, key))) })));
    expect(await importHere(stage, folder, flags)).toMatch(
      `0 imported, 0 updated, ${kept.length} unchanged, 0 conflicts,`,
    );
    const [items] = await t.asOwner<{ n: number }>(
      "select count(*)::int as n from content_items where workspace_id = $1",
      [workspace.id],
    );
    expect(items!.n).toBe(kept.length);

    // Markdown goes out as it came, to the byte.
    const archive = join(base, "archive.zip");
    await exportHere(stage, { workspace: workspace.slug, as: admin.email, to: archive });
    const files = await unzipped(readFileSync(archive));
    const out = new Set(Object.values(files).map(sha256));
    const markdown = kept.filter((path) => path.endsWith(".md"));
    expect(markdown.length).toBeGreaterThan(50);
    for (const path of markdown)
      expect([path, out.has(sha256(readFileSync(join(folder, path))))]).toEqual([path, true]);
  });
});
