import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { type Member, seedItem, seedWorkspace } from "#tests/factories";
import { aiAt, GARDEN } from "#tests/factories/ai";
import { seedChannel } from "#tests/factories/approval";
import { testApp } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";
import { LLAMA_MODEL, llamaMissing, startLlama } from "#tests/peers/llama-server";
import { blueskyRules } from "@/channels/bluesky/rules";
import { rulesOf } from "@/channels/networks";
import { countGraphemes } from "@/channels/text";
import { unfounded } from "@/features/ai/claims";
import { askInTurn, type GatewayError } from "@/features/ai/gateway/chain";
import { createCircuits } from "@/features/ai/gateway/circuit";
import { creditsFor, parseModel } from "@/features/ai/gateway/models";
import { systemClock } from "@/platform/clock";

const missing = llamaMissing();
type Event = { event: string; data: Record<string, never> & { suggestions?: { text: string }[]; code?: string } };

/** What a model of this size says is no matter of these tests: what may be let out of it is, and what is paid for it. */
describe.skipIf(missing)(`a real language model, SmolLM2${missing ? ` (skipped: ${missing})` : ""}`, () => {
  const t = testDatabase({ max: 10 });
  let server: Awaited<ReturnType<typeof startLlama>>;
  vi.setConfig({ testTimeout: 900_000 });
  beforeAll(async () => {
    server = await startLlama();
  });
  afterAll(() => server?.stop());

  async function seedGarden() {
    const workspace = await seedWorkspace(t);
    const item = await seedItem(t, { createdBy: workspace.admin, ...GARDEN });
    return { ...workspace, item };
  }
  const generationOf = async (workspaceId: string) =>
    (
      await t.asOwner<{
        status: string;
        model: string;
        tries: { model: string; outcome: string }[];
        input_tokens: number;
        output_tokens: number;
        credits: number;
      }>("select * from ai_generations where workspace_id = $1 order by created_at desc limit 1", [workspaceId])
    )[0]!;
  const ledgerOf = async (workspaceId: string) =>
    (
      await t.asOwner<{ spent: number; reserved: number; off: number; open: number }>(
        `select sum(spent)::int as spent, sum(reserved)::int as reserved,
           sum(issued + included + topped_up + reserved + spent + expired)::int as off,
           (select count(*)::int from billing_reservations where workspace_id = $1) as open
         from billing_ledger where workspace_id = $1`,
        [workspaceId],
      )
    )[0]!;

  const ask = (who: Member, path: string, body: object, models = [LLAMA_MODEL]) =>
    testApp(t, { ai: aiAt(server.baseUrl, models) }).request(`/api/v1/ai/${path}`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${who.sessionId}`,
        "x-workspace-id": who.workspaceId,
        "content-type": "application/json",
        accept: "text/event-stream",
      },
      body: JSON.stringify(body),
    });
  const eventsOf = async (response: Response) =>
    [...(await response.text()).matchAll(/event: (\w+)\ndata: (.*)\n/g)].map(
      ([, event, data]) => ({ event, data: JSON.parse(data!) }) as Event,
    );
  /** What the model's side counted since then is what was written down and paid. */
  async function expectPaid(workspaceId: string, before: number) {
    const counted = (await server.generations()).slice(before);
    const generation = await generationOf(workspaceId);
    const sum = (of: "promptTokens" | "completionTokens") => counted.reduce((all, one) => all + one[of], 0);
    expect(counted.length).toBeGreaterThan(0);
    const pairs = [
      [generation.input_tokens, sum("promptTokens")],
      [generation.output_tokens, sum("completionTokens")],
    ] as const;
    // Nobody is told what an answer that was cut has cost: it is reckoned from what was sent and what came, by its length.
    const reckoned = generation.tries.some(({ outcome }) => outcome === "TimedOut");
    for (const [written, really] of pairs) {
      expect(written).toBeGreaterThanOrEqual(reckoned ? really / 2 : really);
      expect(written).toBeLessThanOrEqual(reckoned ? really * 2 : really);
    }
    const usage = { inputTokens: generation.input_tokens, outputTokens: generation.output_tokens, cost: undefined };
    expect(generation.credits).toBe(creditsFor(usage, parseModel(LLAMA_MODEL)));
    expect(await ledgerOf(workspaceId)).toEqual({ spent: generation.credits, reserved: 0, off: 0, open: 0 });
    return generation;
  }

  it("suggests headlines by the schema, in pieces: none is too long or claims what the text doesn't say", async () => {
    const { admin, item, id } = await seedGarden();
    const before = (await server.generations()).length;
    const events = await eventsOf(await ask(admin, "headline", { contentItemId: item.id, count: 2, maxLength: 120 }));
    const generation = await expectPaid(id, before);
    // The grammar holds it to the schema, or the second try does.
    expect(generation.tries.map(({ outcome }) => outcome)).toContain("Answered");
    const last = events.at(-1)!;
    console.info(`headlines: ${JSON.stringify(generation.tries)}`, JSON.stringify(last.data.suggestions ?? last.data));
    expect(last.event === "done" || last.data.code === "ai_failed").toBe(true);
    const source = `${GARDEN.title}\n${GARDEN.body}`;
    for (const { text } of events.flatMap(({ data }) => data.suggestions ?? [])) {
      expect(countGraphemes(text)).toBeLessThanOrEqual(120);
      expect(unfounded(text, source, "en")).toEqual([]);
    }
  });

  it("adapts for a channel, within its limits and with nothing that the source doesn't say", async () => {
    const { admin, item, id } = await seedGarden();
    const channelId = await seedChannel(t, id);
    const before = (await server.generations()).length;
    const { event, data } = (await eventsOf(await ask(admin, "adapt", { contentItemId: item.id, channelId }))).at(-1)!;
    const adapted = data as unknown as {
      parts: { text: string }[];
      checks: { status: string }[];
      model: string | null;
    };
    const generation = await expectPaid(id, before);
    console.info(`adapt: ${JSON.stringify(generation.tries)}`, JSON.stringify(data));
    expect(event).toBe("done");
    expect(generation.tries.map(({ outcome }) => outcome)).toContain("Answered");
    const parts = adapted.parts.map(({ text }) => text);
    const publication = { title: GARDEN.title, body: GARDEN.body, parts, partImages: [] };
    const findings = blueskyRules.validate(publication as never);
    expect(findings.filter(({ severity }) => severity === "Error")).toEqual([]);
    expect(adapted.checks.filter(({ status }) => status === "Fail")).toEqual([]);
    expect([null, LLAMA_MODEL]).toContain(adapted.model);
  });

  it.each(["x", "linkedin"] as const)("adapts for %s without a channel, within its limits", async (network) => {
    const { admin, item, id } = await seedGarden();
    const before = (await server.generations()).length;
    const { event, data } = (await eventsOf(await ask(admin, "adapt", { contentItemId: item.id, network }))).at(-1)!;
    const adapted = data as unknown as {
      parts: { text: string }[];
      checks: { status: string }[];
      model: string | null;
    };
    const generation = await expectPaid(id, before);
    console.info(`adapt for ${network}: ${JSON.stringify(generation.tries)}`, JSON.stringify(data));
    expect(event).toBe("done");
    const parts = adapted.parts.map(({ text }) => text);
    const publication = { title: GARDEN.title, body: GARDEN.body, parts, partImages: [], images: [] };
    const findings = rulesOf(network).validate(publication as never);
    expect(findings.filter(({ severity }) => severity === "Error")).toEqual([]);
    expect(adapted.checks.filter(({ status }) => status === "Fail")).toEqual([]);
    expect([null, LLAMA_MODEL]).toContain(adapted.model);
  });

  it("is read as it writes, in many pieces", async () => {
    const pieces: unknown[] = [];
    const schema = z.strictObject({ sentences: z.array(z.string().max(60)).min(2).max(2) });
    const question = { system: "Answer as JSON.", user: "Two sentences about roses.", schema, maxOutputTokens: 200 };
    const { value, usage } = await askInTurn(question, {
      ...waiting(),
      onPartial: (piece) => pieces.push(piece),
    });
    expect(value.sentences).toHaveLength(2);
    expect(pieces.length).toBeGreaterThan(10);
    expect(pieces.length).toBeLessThanOrEqual(usage.outputTokens);
    expect(pieces.at(-1)).toEqual(value);
  });

  it("stops where nobody follows any more, and what had come is paid", async () => {
    const { admin, item, id } = await seedGarden();
    const before = (await server.generations()).length;
    const response = await ask(admin, "headline", { contentItemId: item.id, count: 10, maxLength: 300 });
    await expect.poll(async () => (await server.generations())[before]?.completionTokens ?? 0, LONG).toBeGreaterThan(5);
    await response.body!.cancel();
    await expect.poll(async () => (await server.generations())[before]!.state, LONG).toBe("Cut");
    await expect.poll(async () => (await generationOf(id)).status, LONG).toBe("Canceled");
    const [cut] = (await server.generations()).slice(before);
    expect(cut!.completionTokens).toBeLessThan(cut!.maxTokens / 2);
    const { credits } = await generationOf(id);
    expect(credits).toBeGreaterThan(0);
    expect(await ledgerOf(id)).toEqual({ spent: credits, reserved: 0, off: 0, open: 0 });
    // It is free again for the next one.
    expect((await server.generations()).filter(({ state }) => state === "Running")).toEqual([]);
  });

  it("is cut when its time is over", async () => {
    const before = (await server.generations()).length;
    // The grammar lets it come to no end.
    const schema = z.strictObject({ words: z.array(z.string().min(20).max(80)).min(400) });
    const question = { system: "Answer as JSON.", user: "Words about roses.", schema, maxOutputTokens: 4_000 };
    const error = (await askInTurn(question, { ...waiting(), timeoutMs: 3_000 }).catch(
      (raised: unknown) => raised,
    )) as GatewayError;
    expect(error).toMatchObject({ kind: "failed", asked: { tries: [{ outcome: "TimedOut" }] } });
    await expect.poll(async () => (await server.generations())[before]?.state, LONG).toBe("Cut");
    expect((await server.generations())[before]!.completionTokens).toBeLessThan(2_000);
  });

  it("follows a model that isn't there, and a server that isn't there costs nothing", async () => {
    const { admin, item, id } = await seedGarden();
    const body = { contentItemId: item.id, count: 1, maxLength: 200 };
    await eventsOf(await ask(admin, "headline", body, ["moved-away", LLAMA_MODEL]));
    const { tries } = await generationOf(id);
    expect(tries[0]).toMatchObject({ model: "moved-away", outcome: "Refused" });
    expect(tries[1]).toMatchObject({ model: LLAMA_MODEL });
    const { spent } = await ledgerOf(id);
    const gone = await startLlama();
    await gone.stop();
    const dead = testApp(t, { ai: aiAt(gone.baseUrl, [LLAMA_MODEL]) });
    const headers = { authorization: `Bearer ${admin.sessionId}`, "x-workspace-id": id };
    const refused = await dead.request("/api/v1/ai/headline", {
      method: "POST",
      headers: { ...headers, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([502, "ai_failed"]);
    expect(await ledgerOf(id)).toEqual({ spent, reserved: 0, off: 0, open: 0 });
  });

  const waiting = () => ({
    places: [place()],
    circuits: createCircuits(systemClock),
    zeroRetention: false,
    signal: new AbortController().signal,
    timeoutMs: 200_000,
    deadlineMs: 400_000,
  });
  const LONG = { timeout: 200_000, interval: 100 };
  const place = () => {
    const { endpoint: at, operatorFetch } = aiAt(server.baseUrl, [LLAMA_MODEL]);
    return { ...at!, own: false, fetch: operatorFetch };
  };
});
