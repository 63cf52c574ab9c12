import { afterAll, beforeAll, expect, it } from "vitest";
import { seedItem } from "#tests/factories";
import { seedTeam, type Team } from "#tests/factories/approval";
import { caller } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";
import { type LiveServer, type Message, openStream, startLiveServer } from "#tests/harness/live";
import { startTcpProxy } from "#tests/harness/tcp-proxy";

const t = testDatabase();
const ITEMS = 6;
const VERSIONS = 50;
const CUTS = 50;

let team: Team;
let servers: LiveServer[];
beforeAll(async () => {
  team = await seedTeam(t);
  servers = [await startLiveServer(t, { perSession: 50 }), await startLiveServer(t, { perSession: 50 })];
});
afterAll(() => Promise.all(servers.map((server) => server.close())));

it("a client whose connection is cut at any byte, 50 times during 300 saves at two servers, misses and repeats nothing", async () => {
  let cuts = 0;
  // A connection lives for so many bytes, which is the middle of a message as likely as not; a message has some 400.
  const fragile = () => {
    let left = cuts < CUTS ? Math.floor(Math.random() * 3_000) : Number.POSITIVE_INFINITY;
    return {
      down(packet: Buffer) {
        left -= packet.length;
        if (left >= 0) return undefined;
        cuts += 1;
        return packet.length + left;
      },
    };
  };
  const proxies = await Promise.all(servers.map(({ port }) => startTcpProxy(port, fragile)));
  const seen: Message[] = [];
  let connections = 0;
  let [reading, after] = [true, ""];
  const first = await openStream(servers[0]!.origin, team.viewer);
  after = (await first.untilType("ready")).id!;
  await first.close();

  const read = async () => {
    while (reading) {
      const { port } = proxies[connections++ % 2]!;
      const stream = await openStream(`http://127.0.0.1:${port}`, team.viewer, { after }).catch(() => undefined);
      if (!stream) continue;
      if (seen.length + stream.events().length < ITEMS * VERSIONS)
        await stream.until(() => seen.length + stream.events().length >= ITEMS * VERSIONS).catch(() => {});
      await stream.close();
      seen.push(...stream.events());
      after = stream.cursor() ?? after;
      if (seen.length >= ITEMS * VERSIONS) reading = false;
    }
  };
  const write = async (at: number) => {
    const { id } = await seedItem(t, { createdBy: team.writer });
    for (let baseVersion = 1; baseVersion <= VERSIONS; baseVersion++) {
      const call = caller({ ...t, db: servers[(at + baseVersion) % 2]!.db });
      const body = { body: `Version ${baseVersion + 1}`, baseVersion };
      expect((await call(team.writer, "POST", `/content/${id}/versions`, body)).status).toBe(201);
    }
    return id;
  };
  const following = read();
  const ids = await Promise.all(Array.from({ length: ITEMS }, (_, at) => write(at)));
  await following;
  await Promise.all(proxies.map((proxy) => proxy.close()));

  console.log(`${ITEMS * VERSIONS} saves, ${connections} connections, ${cuts} of them cut`);
  expect(cuts).toBeGreaterThanOrEqual(CUTS);
  expect(seen).toHaveLength(ITEMS * VERSIONS);
  for (const id of ids) {
    const versions = seen
      .filter(({ data }) => data.subjectId === id)
      .map(({ data }) => (data.payload as { versionNumber: number }).versionNumber);
    expect(versions).toEqual(Array.from({ length: VERSIONS }, (_, n) => n + 2));
  }
  const order = await t.asOwner<{ id: string; n: number }>(
    `select subject_id as id, (payload->>'versionNumber')::int as n from events
     where type = 'content.version_saved' order by turn, events.id`,
  );
  expect(seen.map(({ data }) => [data.subjectId, (data.payload as { versionNumber: number }).versionNumber])).toEqual(
    order.map(({ id, n }) => [id, n]),
  );
}, 120_000);
