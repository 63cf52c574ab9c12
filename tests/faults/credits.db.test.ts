import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import { seedWorkspace } from "#tests/factories";
import { testDatabase } from "#tests/harness/database";
import { lapseTask } from "@/features/billing";

const t = testDatabase({ tier: "Free" });
/** `CREDIT_KILLS=100` for the long run. */
const KILLS = Number(process.env.CREDIT_KILLS ?? 4);

test("whoever is killed between reserving and settling takes no credit along", {
  timeout: 60_000 + KILLS * 5_000,
}, async () => {
  const { id, admin } = await seedWorkspace(t);
  await t.asOwner("select app.top_up_credits($1, 100000, null)", [id]);
  let reserved = 0;
  for (let round = 0; round < KILLS; round++) {
    const child = spawn(process.execPath, ["--import", "tsx", "tests/harness/spender-child.ts"], {
      env: { ...process.env, APP_URL: t.urls.app, SESSION_ID: admin.sessionId, WORKSPACE_ID: id },
      stdio: ["ignore", "pipe", "inherit"],
    });
    const ended = new Promise((resolve) => child.on("exit", resolve));
    const lines = createInterface({ input: child.stdout });
    await new Promise((resolve) => lines.once("line", resolve));
    await delay(Math.random() * 60);
    child.kill("SIGKILL");
    await ended;
    const [count] = await t.asOwner<{ open: number }>("select count(*)::int as open from billing_reservations");
    reserved += count!.open;
    expect(count!.open).toBeGreaterThan(0);
    await delay(1_100);
    await lapseTask({ db: t.db })({}, { jobId: "1", workerId: "x" }, new AbortController().signal);
  }
  const [sums] = await t.asOwner<Record<string, number>>(
    `select sum(issued + included + topped_up + reserved + spent + expired)::int as off, sum(reserved)::int as reserved,
       sum(spent)::int as spent, sum(included + topped_up)::int as remaining,
       count(*) filter (where kind = 'Reserve')::int as made, count(*) filter (where kind = 'Lapse')::int as lapsed from billing_ledger`,
  );
  expect(sums).toMatchObject({ off: 0, reserved: 0, spent: 0, remaining: 100_100 });
  expect(sums!.lapsed).toBe(sums!.made);
  expect(sums!.made).toBeGreaterThanOrEqual(reserved);
  expect(await t.asOwner("select 1 from billing_reservations")).toEqual([]);
});
