import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { expect, it } from "vitest";
import type { Member } from "#tests/factories";
import { seedTeam } from "#tests/factories/approval";
import { asFeed, askForImport, runTransfers, transferDeps } from "#tests/factories/transfer";
import { caller } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";
import { holdJob } from "#tests/harness/jobs";
import { testFolder } from "#tests/harness/storage";
import { importTask } from "@/features/transfer";
import { OutboundError } from "@/platform/outbound-fetch";

const t = testDatabase();
const call = caller(t);
const TITLES = ["A", "B", "C", "D", "E"];
/** Each entry names a picture and links to the one before, so that each is a moment and a place that can be wrong. */
const feed = asFeed(
  TITLES.map((title, at) => ({
    title,
    html: `<p><a href="https://blog.test/${TITLES[at - 1] ?? "none"}">before</a> <img src="https://pictures.test/${title}.png"></p>`,
  })),
);

async function whole(editor: Member, id: string) {
  const done = await call(editor, "GET", `/content/import/${id}`);
  expect(done.body).toMatchObject({ status: "Finished", counts: { imported: TITLES.length, unchanged: 0, failed: 0 } });
  const items = await t.asOwner<{ title: string; versions: number }>(
    `select i.title, count(v.*)::int as versions from content_items i join content_versions v on v.workspace_id = i.workspace_id and v.content_item_id = i.id
     where i.workspace_id = $1 group by i.id, i.title order by i.title`,
    [editor.workspaceId],
  );
  expect(items).toEqual(TITLES.map((title) => ({ title, versions: 1 })));
  const entries = await t.asOwner("select 1 from transfer_entries where workspace_id = $1", [editor.workspaceId]);
  expect(entries).toHaveLength(TITLES.length);
}

it.each(TITLES)("an import whose worker dies at entry %s goes on in another, without doubles", async (victim) => {
  const { editor } = await seedTeam(t);
  const id = await askForImport(t, call, editor, feed);
  const job = await holdJob(t, "transfer.import");
  const dying = transferDeps(t, {
    fetch: async (url) => {
      if (String(url).endsWith(`${victim}.png`)) await job.die();
      throw new OutboundError("unreachable", "Nobody answers.", false);
    },
  });
  const killed = importTask(dying)(job.payload, job.claim, new AbortController().signal);
  // What it does after its lock is gone, the database refuses.
  await expect(killed).rejects.toMatchObject({ code: "CO404" });
  const [{ n } = { n: 0 }] = await t.asOwner<{ n: number }>(
    "select count(*)::int as n from content_items where workspace_id = $1",
    [editor.workspaceId],
  );
  expect(n).toBe(TITLES.indexOf(victim));
  await runTransfers(t);
  await whole(editor, id);
});

it("a process that is killed in the middle leaves the rest to another", async () => {
  const { editor } = await seedTeam(t);
  const id = await askForImport(t, call, editor, feed);
  const child = spawn(process.execPath, ["--import", "tsx", "tests/harness/import-child.ts"], {
    env: { ...process.env, APP_URL: t.urls.app, WORKER_URL: t.urls.worker, STORAGE: testFolder(), AT: "C" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [said] = await once(createInterface(child.stdout), "line");
  expect(said).toBe("C");
  child.kill("SIGKILL");
  await once(child, "exit");
  expect((await call(editor, "GET", `/content/import/${id}`)).body).toMatchObject({
    status: "Running",
    counts: { imported: 2 },
  });
  await runTransfers(t);
  await whole(editor, id);
});
