import { afterAll, beforeAll, expect, it } from "vitest";
import { approveItem, type Planners, seedPlanners } from "#tests/factories/distribution";
import { caller } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";
import { createKeyring } from "@/platform/secrets";
import { holdRows, startCrew } from "./crew";
import { buildEntry, type Entry } from "./entry";
import { PUBLIC_URL, SECRET } from "./stage";

const t = testDatabase();
const call = caller(t, { keyring: createKeyring(SECRET) });
/** As long as a machine that is moved, or a debugger, holds a process. */
const PAUSE_MS = 30_000;
let entry: Entry;
let crew: ReturnType<typeof startCrew>;
let team: Planners;

beforeAll(async () => {
  entry = await buildEntry();
  team = await seedPlanners(t);
  await t.asOwner("update workspace_keys set wrapped_key = $2 where workspace_id = $1", [
    team.id,
    createKeyring(SECRET).newWorkspaceKey(),
  ]);
  crew = startCrew({ t, entry, secret: SECRET, publicUrl: PUBLIC_URL, size: 2 });
  await crew.atLeastTwo();
});
afterAll(async () => {
  await crew?.dismiss();
  await entry?.remove();
});

async function schedule(title: string, inMs: number) {
  const { id: contentItemId } = await approveItem(call, team.editor, { title, body: `It is *${title}*.` });
  const made = await call(team.editor, "POST", "/distribution/schedule", {
    contentItemId,
    channelId: team.siteChannelId,
    scheduledTime: new Date(Date.now() + inMs).toISOString(),
  });
  expect(made.status).toBe(201);
  return { id: String(made.body.id), contentItemId };
}
const stateOf = async (id: string) =>
  (
    await t.asOwner<{ status: string; tried: number; told: number; keys: number | null }>(
      `select s.status, (select count(*)::int from distribution_attempts a where a.schedule_id = s.id) as tried,
         (select count(*)::int from events e where e.type = 'distribution.published' and e.payload->>'scheduleId' = s.id::text) as told,
         (select cardinality(p.remote_keys) from site_pages p where p.content_item_id = s.content_item_id) as keys
       from distribution_schedules s where s.id = $1`,
      [id],
    )
  )[0]!;
const published = (tried = 1) => ({ status: "Published", tried, told: 1, keys: 1 });

/** Each holds the publisher at a row that it wants: before it says that it begins, and after the page is out. */
const PLACES = [
  ["before it wrote down that it tries", "select 1 from distribution_schedules where id = $1 for update"],
  [
    "when the page was out and that was not written down",
    "select 1 from content_items where id = (select content_item_id from distribution_schedules where id = $1) for share",
  ],
] as const;

it.each(PLACES)("a process stopped for half a minute %s publishes once, and holds nobody else up", async (_, place) => {
  const slow = await schedule(`Slow ${place.length}`, 2_000);
  const held = await holdRows(t, place, [slow.id]);
  let paused: { resume(): void } | undefined;
  try {
    const { name } = await held.waiter();
    paused = crew.pause(name);
  } finally {
    await held.release();
  }
  const began = Date.now();
  const before = await stateOf(slow.id);
  expect(before.told).toBe(0);
  const other = await schedule(`Meanwhile ${place.length}`, 1_500);
  await expect.poll(() => stateOf(other.id), { timeout: 20_000 }).toEqual(published());
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, PAUSE_MS - (Date.now() - began))));
  // Nobody has taken it out of the hands of who is still there.
  expect(await stateOf(slow.id)).toEqual(before);
  paused!.resume();
  await expect.poll(() => stateOf(slow.id), { timeout: 20_000 }).toEqual(published());
});
