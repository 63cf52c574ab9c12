import { randomInt } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type BlueskyServer, blueskyMissing, startBluesky } from "#tests/peers/bluesky-server";
import { startCrew } from "./crew";
import { buildEntry, type Entry, type Mutation } from "./entry";
import { AIMS, killAtRandom, killBeforeAnswer, PHASES, type Phase, type Random, seeded } from "./kills";
import { type OwnServer, startOwnServer } from "./own-server";
import { findings, type Item, type Network, PUBLIC_URL, SECRET, type Stage, setStage } from "./stage";

const missing = blueskyMissing();
const seed = Number(process.env.FAULT_SEED ?? randomInt(1_000_000));
const random = seeded(seed);

const AIMED_PER_PHASE = 9;
const AT_RANDOM = 20;
/** Beside the one that is aimed at, in a round. */
const COMPANIONS = 2;
const IN_A_RANDOM_ROUND = 5;
const CREW = 3;
/** A schedule is due so long after it was made, at the least: the time to hold its rows. */
const AHEAD_MS = 800;

let server: OwnServer;
let pds: BlueskyServer;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

function shuffled<T>(list: T[]): T[] {
  return list
    .map((value) => ({ value, at: random(1_000_000) }))
    .sort((a, b) => a.at - b.at)
    .map(({ value }) => value);
}

const aNetwork = (): Network => (random(2) === 0 ? "site" : "bluesky");
const partsOn = (network: Network) => (network === "bluesky" ? 1 + random(3) : 1);

/** Waits until nothing is left to do, or for as long as something would have come of it. */
async function settled({ t, team }: Stage, withinMs: number) {
  const end = Date.now() + withinMs;
  for (;;) {
    const [row] = await t.asOwner<{ n: string }>(
      `select (select count(*) from distribution_schedules where workspace_id = $1 and status in ('Scheduled', 'Publishing', 'Unknown'))
        + (select count(*) from graphile_worker.jobs where task_identifier = 'distribution.publish') as n`,
      [team.id],
    );
    if (Number(row!.n) === 0 || Date.now() > end) return;
    await pause(200);
  }
}

type Round = { phase: Phase; target: Item | undefined; others: Item[] };

async function prepareRounds(stage: Stage): Promise<Round[]> {
  const aimed = PHASES.filter((phase) => phase !== "at random").flatMap((phase) =>
    Array.from({ length: AIMED_PER_PHASE }, (_, at) => ({ phase, network: (at % 2 ? "site" : "bluesky") as Network })),
  );
  const rounds = shuffled([
    ...aimed,
    ...Array.from({ length: AT_RANDOM }, () => ({ phase: "at random" as Phase, network: undefined })),
  ]);
  const prepared: Round[] = [];
  for (const { phase, network } of rounds) {
    const others = Array.from({ length: network ? COMPANIONS : IN_A_RANDOM_ROUND }, aNetwork);
    prepared.push({
      phase,
      target: network && (await stage.prepare(network, partsOn(network))),
      others: await Promise.all(others.map((other) => stage.prepare(other, partsOn(other)))),
    });
  }
  return prepared;
}

async function killInRounds(stage: Stage, crew: ReturnType<typeof startCrew>, rounds: Round[]) {
  const kills = Object.fromEntries(PHASES.map((phase) => [phase, 0])) as Record<Phase, number>;
  let interrupted = 0;
  for (const { phase, target, others } of rounds) {
    await crew.atLeastTwo();
    const aim = { stage, crew, random };
    for (const other of others) await stage.schedule(other, AHEAD_MS + random(1_500));
    if (phase === "at random" || !target) {
      await pause(AHEAD_MS + random(1_800));
      interrupted += await killAtRandom(aim);
    } else await AIMS[phase](aim, await stage.schedule(target, AHEAD_MS));
    kills[phase] += 1;
  }
  return { kills, interrupted };
}

describe.skipIf(missing)(`workers that are killed${missing ? ` (skipped: ${missing})` : ""}`, () => {
  let sound: Entry;
  beforeAll(async () => {
    [server, pds, sound] = await Promise.all([startOwnServer(), startBluesky(), buildEntry()]);
  }, 180_000);
  afterAll(async () => {
    await sound?.remove();
    await pds?.close();
    await server?.close();
  });

  it(`publish each of 200 schedules once, on Bluesky and on the site (FAULT_SEED=${seed})`, async () => {
    const began = Date.now();
    const stage = await setStage(server, pds, `kills${process.pid}`);
    const rounds = await prepareRounds(stage);
    const preparedAfter = Date.now() - began;
    const crew = startCrew({ t: server.t, entry: sound, secret: SECRET, publicUrl: PUBLIC_URL, size: CREW });
    try {
      const { kills, interrupted } = await killInRounds(stage, crew, rounds);
      const killedAfter = Date.now() - began;
      await settled(stage, 90_000);
      const found = await findings(stage);
      const [reconciled] = await server.t.asOwner<{ n: string }>(
        "select count(*) as n from distribution_attempts where workspace_id = $1 and kind = 'Reconcile'",
        [stage.team.id],
      );
      const seconds = (ms: number) => `${Math.round(ms / 1000)} s`;
      console.log(
        [
          `FAULT_SEED=${seed}: ${Object.values(kills).reduce((sum, n) => sum + n)} kills over ${stage.targets.length} schedules`,
          ...PHASES.map((phase) => `  ${String(kills[phase]).padStart(3)}  ${phase}`),
          `  ${interrupted} publications were under way in the workers killed at random; the network was asked ${reconciled!.n} times`,
          `  prepared after ${seconds(preparedAfter)}, last kill after ${seconds(killedAfter)}, all out after ${seconds(Date.now() - began)}`,
        ].join("\n"),
      );
      expect(found).toEqual([]);
      expect(stage.targets.length).toBeGreaterThanOrEqual(200);
      expect(Object.values(kills).reduce((sum, n) => sum + n)).toBeGreaterThanOrEqual(50);
      for (const phase of PHASES) expect(kills[phase], phase).toBeGreaterThanOrEqual(8);
    } finally {
      await crew.dismiss();
      await stage.close();
    }
  }, 600_000);

  /** Three posts, each publisher killed once the server has taken the first part. */
  async function findingsWith(mutation: Mutation | undefined, name: string, draw: Random): Promise<string[]> {
    const entry = mutation ? await buildEntry(mutation) : sound;
    // Made again, it needs an account of its own again; a handle has few letters.
    const stage = await setStage(server, pds, `${name.slice(0, 8)}${randomInt(36 ** 5).toString(36)}`);
    const crew = startCrew({ t: server.t, entry, secret: SECRET, publicUrl: PUBLIC_URL, size: 2 });
    try {
      for (let number = 0; number < 3; number++) {
        await crew.atLeastTwo();
        const item = await stage.prepare("bluesky", 1);
        await killBeforeAnswer({ stage, crew, random: draw }, await stage.schedule(item, AHEAD_MS), "answer");
      }
      await settled(stage, 60_000);
      return await findings(stage);
    } finally {
      await crew.dismiss();
      await server.t.asOwner("delete from graphile_worker._private_jobs");
      await stage.close();
      if (mutation) await entry.remove();
    }
  }
  const kinds = (found: string[]) => [...new Set(found.map((line) => line.split(":")[0]))];

  // The held key may be another schedule's, since this mutant writes none down: then nobody can be aimed at, and the run is made again.
  it("are found out where an attempt is not committed before the network hears of it", { retry: 4 }, async () => {
    const found = await findingsWith(
      {
        file: "src/features/distribution/jobs.ts",
        from: "const step = await run.inTx((tx, actor) => prepare(tx, actor, scheduleId!, run.jobId, run.ports));",
        to: `const step = await run.inTx(async (tx, actor) => {
          const begun = await prepare(tx, actor, scheduleId!, run.jobId, run.ports);
          if (begun?.kind !== "Publish") return begun;
          await settlePublish(tx, actor, run.jobId, begun, await send(run, begun));
          return undefined;
        });`,
      },
      "uncommitted",
      random,
    );
    expect(kinds(found)).toEqual(expect.arrayContaining(["unannounced", "doubled"]));
  });

  it("are found out where nobody asks the network what became of an attempt", async () => {
    const found = await findingsWith(
      {
        file: "src/features/distribution/jobs.ts",
        from: "const remote = await adapter.find(account, wired(part), run.context(account.channelId), earlier);",
        to: "const remote = null as RemotePart | null;",
      },
      "unasked",
      random,
    );
    expect(kinds(found)).toEqual(["unasked"]);
  });

  it("are not found out where nothing was taken out", async () => {
    expect(await findingsWith(undefined, "sound", random)).toEqual([]);
  });
});
