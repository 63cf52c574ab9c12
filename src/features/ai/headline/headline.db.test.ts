import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { seedItem, seedMember, seedWorkspace } from "#tests/factories";
import { aiAt, FIVE, GARDEN, headlines } from "#tests/factories/ai";
import { caller, testApp } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";
import { gate, startModelServer } from "#tests/harness/model-server";
import { withWorkspace } from "@/db/scope";
import { reserveCredits } from "@/features/billing";

const t = testDatabase({ max: 20, tier: "Free" });
let server: Awaited<ReturnType<typeof startModelServer>>;
let call: ReturnType<typeof caller>;

beforeAll(async () => {
  server = await startModelServer(() => ({ text: headlines(...FIVE) }));
  call = caller(t, { ai: aiAt(server.baseUrl, ["first", "second"]) });
});
beforeEach(() => {
  server.behave(() => ({ text: headlines(...FIVE) }));
  server.asked.length = 0;
});
afterAll(() => server.stop());

type Suggestions = { text: string; reason: string; technique: string }[];
const textsOf = ({ suggestions }: Record<string, unknown>) => (suggestions as Suggestions).map(({ text }) => text);

async function seedGarden(over: { title?: string; body?: string } = {}) {
  const workspace = await seedWorkspace(t);
  const item = await seedItem(t, { createdBy: workspace.admin, ...GARDEN, ...over });
  return { ...workspace, item };
}
const generationsOf = (workspaceId: string) =>
  t.asOwner<Record<string, unknown>>("select * from ai_generations where workspace_id = $1 order by created_at", [
    workspaceId,
  ]);
const openReservations = async (workspaceId: string) =>
  (await t.asOwner("select 1 from billing_reservations where workspace_id = $1", [workspaceId])).length;

describe("headlines", () => {
  it("are suggested for an item, paid, and written down", async () => {
    const { admin, item, id } = await seedGarden();
    const persona = await call(admin, "POST", "/personas", { name: "Hobby gardener", attributes: { tone: "Calm" } });
    const { status, body } = await call(admin, "POST", "/ai/headline", {
      contentItemId: item.id,
      personaId: persona.body.id,
    });
    expect([status, body]).toMatchObject([200, { model: "first", credits: { used: 1, remaining: 99, low: false } }]);
    expect(textsOf(body)).toEqual(FIVE);
    const [generation] = await generationsOf(id);
    expect(generation).toMatchObject({
      id: body.generationId,
      operation: "headline",
      prompt: "headline@1",
      content_item_id: item.id,
      version_number: 1,
      persona_id: persona.body.id,
      model: "first",
      status: "Succeeded",
      input_tokens: 400,
      output_tokens: 100,
      credits: 1,
      feedback: null,
    });
    const [asked] = server.asked;
    expect(asked).toMatchObject({ authorization: "Bearer sk-deployment", response_format: { type: "json_schema" } });
    expect(asked!.tools).toBeUndefined();
    expect(asked!.messages.at(-1)!.content).toContain("Hobby gardener");
    const list = await call(admin, "GET", `/ai/generations?contentItemId=${item.id}`);
    expect(list.body.items).toMatchObject([{ id: body.generationId, status: "Succeeded", credits: 1, costUsd: null }]);
  });

  it("are suggested for a text, with nothing of ours in it", async () => {
    const { admin, id } = await seedGarden();
    const text = `${GARDEN.body} The password: hunter2hunter2 and sk-live-0123456789abcdef0123 are ours.`;
    expect((await call(admin, "POST", "/ai/headline", { text, count: 3 })).status).toBe(200);
    const sent = JSON.stringify(server.asked);
    expect(sent).not.toContain("hunter2");
    expect(sent).not.toContain("sk-live");
    expect((await generationsOf(id))[0]).toMatchObject({ content_item_id: null });
  });

  it("leave out what is too long, what repeats another, and what the text doesn't say", async () => {
    const { admin, item } = await seedGarden();
    server.behave(() => ({
      text: headlines(
        "7 cuts for a young plant",
        "The headline",
        "Roses, says Angela Merkel",
        "“Roses are easy”, says the gardener",
        "More at https://evil.example",
        "Prune your roses when it is time to prune your roses, and not before and not after it, since it is spring",
        "Spring in the garden",
        FIVE[0]!,
        "When to prune roses",
        FIVE[1]!,
      ),
    }));
    const { body } = await call(admin, "POST", "/ai/headline", { contentItemId: item.id });
    expect(textsOf(body)).toEqual([FIVE[0], FIVE[1]]);
    // It was told what was wrong, and tried once more.
    expect(server.asked.length).toBe(2);
    const told = server.asked[1]!.messages.at(-1)!.content;
    expect(told).toMatch(/7 cuts.*says what the source doesn't: 7/s);
    expect(told).toContain('"The headline" is taken from the task');
  });

  it("of which none can be shown are a failure that is paid", async () => {
    const { admin, item, id } = await seedGarden();
    server.behave(() => ({ text: headlines("99 ways to lose weight") }));
    const { status, body } = await call(admin, "POST", "/ai/headline", { contentItemId: item.id });
    expect([status, body.code]).toEqual([502, "ai_failed"]);
    expect((await generationsOf(id))[0]).toMatchObject({ credits: 1 });
    expect(await openReservations(id)).toBe(0);
  });
});

describe("a model that fails", () => {
  it("has its answer repaired once", async () => {
    const { admin, item, id } = await seedGarden();
    let turn = 0;
    server.behave(() => ({ text: turn++ === 0 ? "Of course! Here are some ideas." : headlines(...FIVE) }));
    expect((await call(admin, "POST", "/ai/headline", { contentItemId: item.id })).body.model).toBe("first");
    expect((await generationsOf(id))[0]).toMatchObject({
      tries: [{ outcome: "Invalid" }, { outcome: "Answered" }],
      input_tokens: 800,
    });
  });

  it("is followed by the next one", async () => {
    const { admin, item, id } = await seedGarden();
    server.behave(({ model }) => (model === "first" ? { status: 500 } : { text: headlines(...FIVE) }));
    expect((await call(admin, "POST", "/ai/headline", { contentItemId: item.id })).body.model).toBe("second");
    expect((await generationsOf(id))[0]).toMatchObject({
      tries: [{ outcome: "Unavailable" }, { outcome: "Answered" }],
    });
  });

  it.each([
    ["nobody answers", () => ({ status: 503 }), 0],
    ["all answer what is no JSON", () => ({ text: "no" }), 2],
    ["all answer another shape", () => ({ text: '{"suggestions": "many"}' }), 2],
    ["all give an empty list", () => ({ text: '{"suggestions": []}' }), 2],
  ] as const)("costs what was used where %s", async (_, behaviour, credits) => {
    const { admin, item, id } = await seedGarden();
    server.behave(behaviour as never);
    const { status, body } = await call(admin, "POST", "/ai/headline", { contentItemId: item.id });
    expect([status, body.code]).toEqual([502, "ai_failed"]);
    expect((await generationsOf(id))[0]).toMatchObject({ status: "Failed", error_code: "ai_failed", credits });
    expect(await openReservations(id)).toBe(0);
  });
});

describe("who may", () => {
  it("is told what to set where no model is", async () => {
    const { admin, item, id } = await seedGarden();
    const { status, body } = await caller(t)(admin, "POST", "/ai/headline", { contentItemId: item.id });
    expect([status, body.code]).toEqual([409, "ai_not_configured"]);
    expect(body.detail).toContain("OPENROUTER_API_KEY");
    expect((await caller(t)(admin, "GET", "/ai/settings")).body).toMatchObject({ configured: false, usable: false });
    expect(await generationsOf(id)).toEqual([]);
  });

  it("writes; others, strangers and nobody are refused", async () => {
    const { admin, item, id } = await seedGarden();
    const stranger = await seedWorkspace(t);
    const [viewer, writer] = [await seedMember(t, id, "Viewer"), await seedMember(t, id, "Writer")];
    const ask = async (who: typeof viewer | null, body: object = { contentItemId: item.id }) =>
      (await call(who, "POST", "/ai/headline", body)).status;
    expect(await ask(null)).toBe(401);
    expect(await ask(viewer)).toBe(403);
    expect(await ask(stranger.admin)).toBe(404);
    expect(await ask(writer, { contentItemId: randomUUID() })).toBe(404);
    expect(await ask(writer, { contentItemId: item.id, personaId: randomUUID() })).toBe(404);
    expect(await ask(writer, {})).toBe(400);
    expect(await ask(writer, { contentItemId: item.id, text: GARDEN.body })).toBe(400);
    expect(await ask(writer, { contentItemId: item.id, count: 11 })).toBe(400);
    expect(server.asked.length).toBe(0);
    expect(await ask(writer)).toBe(200);
    expect((await call(admin, "GET", "/ai/generations")).body.items!.length).toBe(1);
  });

  it("says what became of a suggestion: who asked, and Editors", async () => {
    const { id, item } = await seedGarden();
    const [writer, other, viewer] = [
      await seedMember(t, id, "Writer"),
      await seedMember(t, id, "Writer"),
      await seedMember(t, id, "Viewer"),
    ];
    const stranger = await seedWorkspace(t);
    const { body } = await call(writer, "POST", "/ai/headline", { contentItemId: item.id });
    const judge = (who: typeof writer | null, feedback = "Used", generation = body.generationId) =>
      call(who, "POST", `/ai/generations/${generation}/feedback`, { feedback });
    expect((await judge(null)).status).toBe(401);
    expect((await judge(other)).status).toBe(403);
    expect((await judge(viewer)).status).toBe(403);
    expect((await judge(stranger.admin)).status).toBe(404);
    expect((await judge(writer, "Loved")).status).toBe(400);
    expect((await generationsOf(id))[0]!.feedback).toBe(null);
    expect((await judge(writer)).body).toMatchObject({ feedback: "Used" });
    expect((await generationsOf(id))[0]).toMatchObject({ feedback: "Used", feedback_by: writer.userId });
  });

  it("asks once for one Idempotency-Key", async () => {
    const { admin, item, id } = await seedGarden();
    const headers = { "idempotency-key": randomUUID() };
    const ask = (body: object = { contentItemId: item.id }) => call(admin, "POST", "/ai/headline", body, headers);
    const [first, again] = [await ask(), await ask()];
    expect(again.body).toEqual(first.body);
    expect(again.headers.get("idempotency-replayed")).toBe("true");
    expect((await ask({ contentItemId: item.id, count: 3 })).body.code).toBe("idempotency_key_reused");
    expect([server.asked.length, (await generationsOf(id)).length]).toEqual([1, 1]);
    server.behave(() => ({ status: 500 }));
    const other = { "idempotency-key": randomUUID() };
    for (let turn = 0; turn < 2; turn++)
      expect((await call(admin, "POST", "/ai/headline", { contentItemId: item.id }, other)).body.code).toBe(
        "ai_failed",
      );
    expect((await generationsOf(id)).length).toBe(2);
  });
});

describe("limits", () => {
  it("let 50 at once with credit for 10 through exactly 10 times", async () => {
    const { admin, item, id } = await seedGarden();
    await call(admin, "PUT", "/ai/settings", { maxConcurrent: 100, maxRequestsPerMinute: 1_000 });
    await call(admin, "POST", "/ai/headline", { contentItemId: item.id });
    const [reserve] = await t.asOwner<{ reserved: number }>(
      "select reserved from billing_ledger where workspace_id = $1 and kind = 'Reserve'",
      [id],
    );
    // Somebody else has taken all but what is enough for ten more.
    const others = 99 - 10 * reserve!.reserved;
    const claim = { sessionId: admin.sessionId, workspaceId: id, requestId: undefined };
    await withWorkspace(t.db, claim, (tx) => reserveCredits(tx, { credits: others, seconds: 600 }));
    const held = gate();
    server.behave(async () => {
      await held.passed;
      return { text: headlines(...FIVE) };
    });
    server.asked.length = 0;
    let refused = 0;
    const calls = Array.from({ length: 50 }, () =>
      call(admin, "POST", "/ai/headline", { contentItemId: item.id }).then((answer) => {
        if (answer.status !== 200 && ++refused === 40) held.open();
        return answer;
      }),
    );
    const answers = await Promise.all(calls);
    const codes = answers.map(({ status, body }) => body.code ?? status);
    expect(codes.toSorted()).toEqual([...Array(10).fill(200), ...Array(40).fill("credits_exhausted")]);
    expect(server.asked.length).toBe(10);
    const [sums] = await t.asOwner<{ spent: number; reserved: number; off: number }>(
      `select sum(spent)::int as spent, sum(reserved)::int as reserved,
         sum(issued + included + topped_up + reserved + spent + expired)::int as off from billing_ledger where workspace_id = $1`,
      [id],
    );
    expect(sums).toEqual({ spent: 11, reserved: others, off: 0 });
  });

  it.each([
    [{ maxRequestsPerMinute: 1 }, "calls in a minute"],
    [{ maxTokensPerDay: 400 }, "tokens in a day"],
    [{ maxCreditsPerDay: 1 }, "credits in a day"],
  ])("of a workspace hold: %j", async (limit, words) => {
    const { admin, item } = await seedGarden();
    expect((await call(admin, "PUT", "/ai/settings", limit)).status).toBe(200);
    const ask = () => call(admin, "POST", "/ai/headline", { contentItemId: item.id });
    expect((await ask()).status).toBe(200);
    const over = await ask();
    expect([over.status, over.body.code]).toEqual([429, "ai_limit"]);
    expect(over.body.detail).toContain(words);
    expect(Number(over.headers.get("retry-after"))).toBeGreaterThan(0);
  });

  it("on what runs at once hold, and end with what runs", async () => {
    const { admin, item } = await seedGarden();
    await call(admin, "PUT", "/ai/settings", { maxConcurrent: 1 });
    const held = gate();
    const arrived = gate();
    server.behave(async () => {
      arrived.open();
      await held.passed;
      return { text: headlines(...FIVE) };
    });
    const ask = () => call(admin, "POST", "/ai/headline", { contentItemId: item.id });
    const first = ask();
    await arrived.passed;
    expect((await ask()).body.code).toBe("ai_limit");
    held.open();
    expect((await first).status).toBe(200);
    expect((await ask()).status).toBe(200);
  });
});

describe("an answer in pieces", () => {
  const follow = (admin: { sessionId: string; workspaceId: string }, body: object, signal?: AbortSignal) =>
    testApp(t, { ai: aiAt(server.baseUrl, ["first"]) }).request("/api/v1/ai/headline", {
      method: "POST",
      headers: {
        authorization: `Bearer ${admin.sessionId}`,
        "x-workspace-id": admin.workspaceId,
        "content-type": "application/json",
        accept: "text/event-stream",
      },
      body: JSON.stringify(body),
      ...(signal && { signal }),
    });
  const eventsIn = (text: string) =>
    [...text.matchAll(/event: (\w+)\ndata: (.*)\n/g)].map(([, event, data]) => ({ event, data: JSON.parse(data!) }));

  it("shows what is whole and sound, then all", async () => {
    const { admin, item } = await seedGarden();
    server.behave(() => ({ text: headlines("77 cuts", ...FIVE), pieces: 30 }));
    const response = await follow(admin, { contentItemId: item.id });
    expect(response.headers.get("content-type")).toContain("text/event-stream");
    const events = eventsIn(await response.text());
    const partial = events.filter(({ event }) => event === "partial").map(({ data }) => textsOf(data).length);
    expect(partial.length).toBeGreaterThan(3);
    expect(partial).toEqual(partial.toSorted((a, b) => a - b));
    expect(events.at(-1)).toMatchObject({ event: "done", data: { credits: { used: 1 } } });
    expect(textsOf(events.at(-1)!.data)).toEqual(FIVE);
  });

  it("tells a failure as a problem", async () => {
    const { admin, item } = await seedGarden();
    server.behave(() => ({ status: 500 }));
    const events = eventsIn(await (await follow(admin, { contentItemId: item.id })).text());
    expect(events.at(-1)).toMatchObject({ event: "failed", data: { code: "ai_failed", status: 502 } });
  });

  it("that nobody follows any more is cut at the model, and costs what had come", async () => {
    const { admin, item, id } = await seedGarden();
    server.behave(() => ({ text: headlines(...FIVE, ..."abcdefghij"), dripMs: 100 }));
    const before = server.hangUps();
    const response = await follow(admin, { contentItemId: item.id });
    const reader = response.body!.getReader();
    await reader.read();
    await reader.cancel();
    await expect.poll(() => server.hangUps(), { timeout: 5_000 }).toBe(before + 1);
    await expect.poll(async () => (await generationsOf(id))[0]!.status, { timeout: 5_000 }).toBe("Canceled");
    expect((await generationsOf(id))[0]).toMatchObject({ error_code: "ai_canceled", credits: 1 });
    expect(await openReservations(id)).toBe(0);
  });

  it("in one piece is canceled by hanging up as well", async () => {
    const { admin, item, id } = await seedGarden();
    server.behave(() => ({ hang: true }));
    const hangUp = new AbortController();
    const gone = testApp(t, { ai: aiAt(server.baseUrl) }).request("/api/v1/ai/headline", {
      method: "POST",
      headers: {
        authorization: `Bearer ${admin.sessionId}`,
        "x-workspace-id": admin.workspaceId,
        "content-type": "application/json",
      },
      body: JSON.stringify({ contentItemId: item.id }),
      signal: hangUp.signal,
    });
    await expect.poll(() => server.asked.length, { timeout: 5_000 }).toBe(1);
    hangUp.abort();
    expect((await gone).status).toBe(409);
    expect((await generationsOf(id))[0]).toMatchObject({ status: "Canceled" });
    expect(await openReservations(id)).toBe(0);
  });
});
