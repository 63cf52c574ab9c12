import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { seedPerson } from "#tests/factories";
import { seedTeam } from "#tests/factories/approval";
import { unzipped } from "#tests/factories/transfer";
import { testAnchors } from "#tests/harness/anchors";
import { caller, testIdentity } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";
import { runJobs } from "#tests/harness/jobs";
import { testKeyring } from "#tests/harness/keyring";
import { exportHere, type Flags, importHere } from "@/entry/admin-transfer";
import { sealTask } from "@/features/audit";
import { systemClock } from "@/platform/clock";
import { parseConfig } from "@/platform/config";

const t = testDatabase();
const call = caller(t);
const base = mkdtempSync(join(tmpdir(), "contentos-admin-"));
const blog = join(base, "blog");
const secret = "a secret of the command line's own tests";
vi.setConfig({ testTimeout: 120_000 });

const environment = () => ({
  DATABASE_APP_URL: t.urls.app,
  DATABASE_AUTH_URL: t.urls.auth,
  DATABASE_WORKER_URL: t.urls.worker,
  CONTENTOS_DATA_DIR: join(base, "data"),
  CONTENTOS_SECRET: secret,
});

beforeAll(() => {
  mkdirSync(blog);
  writeFileSync(join(blog, "one.md"), "---\ntitle: One\n---\nText\n");
  writeFileSync(join(blog, "broken.md"), "---\ntitle: [\n---\n");
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

/** What the command does, and what it says meanwhile. */
async function run(command: (stage: Parameters<typeof exportHere>[0]) => Promise<string>) {
  const said: string[] = [];
  const stage = {
    config: parseConfig(environment()),
    secret,
    urls: { ...t.urls, session: t.urls.worker },
    identity: testIdentity(t),
    log: pino({ level: "silent" }),
    say: (line: string) => void said.push(line),
  };
  return { answer: await command(stage), said };
}
const importing = (flags: Flags, path = blog) => run((stage) => importHere(stage, path, flags));
const exporting = (flags: Flags) => run((stage) => exportHere(stage, flags));

const typed = (...args: string[]) =>
  promisify(execFile)(process.execPath, ["--import", "tsx", "src/entry/admin.ts", "admin", ...args], {
    env: { ...process.env, ...environment(), INIT_CWD: base },
  });

it("is a command that verifies the audit logs, and fails where one was changed", async () => {
  const { workspace } = await seedTeam(t);
  await t.asOwner("select app.wake_sealer($1)", [workspace.id]);
  const seal = sealTask({
    db: t.db,
    anchors: testAnchors(),
    keyring: testKeyring,
    clock: systemClock,
    auditKeepDays: undefined,
    log: pino({ level: "silent" }),
  });
  await runJobs(t, { "audit.seal": seal });
  const { stdout } = await typed("audit", "verify", "--workspace", workspace.slug);
  expect(stdout).toContain(`${workspace.slug}: Intact`);
  await t.asOwner("update audit_changes set login = 'nobody' where workspace_id = $1", [workspace.id]);
  await expect(typed("audit", "verify")).rejects.toMatchObject({
    code: 1,
    stdout: expect.stringContaining("Broken"),
    stderr: expect.stringContaining(workspace.slug),
  });
});

it("is a command that erases those anew who are written down", async () => {
  const { userId } = await seedPerson(t);
  mkdirSync(join(base, "data"), { recursive: true });
  writeFileSync(join(base, "data", "erasures.jsonl"), `${JSON.stringify({ userId, at: "", receipt: "" })}\n`);
  expect((await typed("privacy", "erase-again")).stdout).toContain("1 person and 0 workspaces were");
  expect(await t.asOwner("select name from users where id = $1", [userId])).toEqual([{ name: "Former member" }]);
});

it("is a command: a folder, named from where it was typed, comes in as a person", async () => {
  const { workspace, editor } = await seedTeam(t);
  const args = ["admin", "import", "blog", "--workspace", workspace.slug, "--as", editor.email];
  const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", "src/entry/admin.ts", ...args], {
    env: { ...process.env, ...environment(), INIT_CWD: base },
  });
  expect(stdout).toContain("Failed: broken.md: Its front matter is no YAML");
  expect(stdout).toContain("1 imported, 0 updated, 0 unchanged, 0 conflicts, 0 skipped, 1 failed.");
  const { body } = await call(editor, "GET", "/content");
  expect(body.items).toMatchObject([{ title: "One", createdBy: editor.userId }]);
});

describe("the command line", () => {
  it("adds nothing the second time, and leaves no session behind", async () => {
    const { workspace, editor } = await seedTeam(t);
    const flags = { workspace: workspace.slug, as: editor.email };
    expect((await importing({ ...flags, "dry-run": true })).answer).toMatch(/^Would have been: 1 imported/);
    expect((await call(editor, "GET", "/content")).body.items).toEqual([]);
    expect((await importing(flags)).answer).toMatch(/^1 imported/);
    expect((await importing(flags)).answer).toMatch(/^0 imported, 0 updated, 1 unchanged/);
    expect(await t.asOwner("select 1 from auth_sessions where user_id = $1", [editor.userId])).toHaveLength(1);
  });

  it("goes on where a run of it was killed", async () => {
    const { workspace, editor } = await seedTeam(t);
    await t.asOwner(
      "insert into transfer_imports (workspace_id, file_name, status, created_by) values ($1, 'blog', 'Running', $2)",
      [workspace.id, editor.userId],
    );
    expect((await importing({ workspace: workspace.slug, as: editor.email })).answer).toMatch(/^1 imported/);
    const rows = await t.asOwner<{ status: string }>(
      "select status from transfer_imports where workspace_id = $1 order by created_at",
      [workspace.id],
    );
    expect(rows.map(({ status }) => status)).toEqual(["Canceled", "Finished"]);
  });

  it("writes an archive, and over no file that is there", async () => {
    const { workspace, admin, editor } = await seedTeam(t);
    await importing({ workspace: workspace.slug, as: editor.email });
    const to = join(base, "all.zip");
    const flags = { workspace: workspace.slug, as: admin.email, to };
    expect((await exporting(flags)).answer).toBe(`1 items are in ${to}.`);
    const files = await unzipped(readFileSync(to));
    expect(files["content/one.md"]?.toString()).toBe("---\ntitle: One\n---\nText\n");
    await expect(exporting(flags)).rejects.toThrow("There is a file at");
  });

  it("says what is wrong", async () => {
    const { workspace, editor, viewer } = await seedTeam(t);
    const flags = { workspace: workspace.slug, as: editor.email };
    await expect(importing({ ...flags, as: viewer.email })).rejects.toThrow("Editors and Admins import");
    await expect(importing(flags, join(base, "nothing"))).rejects.toThrow("There is nothing at");
    await expect(importing({ ...flags, workspace: "elsewhere" })).rejects.toThrow("in no workspace with the address");
    await expect(importing({ ...flags, as: "nobody@example.com" })).rejects.toThrow("There is no account");
    await expect(importing({ workspace: workspace.slug })).rejects.toThrow("--workspace SLUG --as EMAIL");
    await expect(importing({ ...flags, encoding: "klingon" })).rejects.toThrow("--encoding is not right");
    await expect(exporting({ ...flags, to: join(base, "x.zip") })).rejects.toThrow("Admins export the workspace");
    await expect(exporting(flags)).rejects.toThrow("--to FILE");
    await t.asOwner("update users set suspended_at = now() where id = $1", [editor.userId]);
    await expect(importing(flags)).rejects.toThrow("is suspended");
  });
});
