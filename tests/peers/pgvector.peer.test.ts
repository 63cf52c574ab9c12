import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Member, seedItem, seedMember, seedWorkspace } from "#tests/factories";
import { aiAt } from "#tests/factories/ai";
import { caller } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";
import { makeDue, runJobs } from "#tests/harness/jobs";
import { startModelServer } from "#tests/harness/model-server";
import { EMBEDDING_MODEL, embeddingsMissing, startEmbeddings } from "#tests/peers/embeddings-server";
import { pgvectorMissing, startPgvector } from "#tests/peers/pgvector-server";
import { withWorkspace } from "@/db/scope";
import { parseModel } from "@/features/ai/gateway/models";
import { embedTask } from "@/features/search";
import { createOutboundFetch } from "@/platform/outbound-fetch";

const missing = pgvectorMissing() ?? embeddingsMissing();
const postgres = missing ? undefined : await startPgvector();
const ROSES =
  "Spring is the season for cutting back roses.\n\nOld wood goes first, then what rubs against other branches.";
const BREAD = "Sourdough rests overnight in a cool place.\n\nThe loaf goes into a very hot oven for forty minutes.";
const HOURS = "The library opens at nine on weekdays.\n\nBorrowed books go back within four weeks.";
/** In none of the texts' words. */
const QUESTION = "What temperature helps while baking?";

/** A real Postgres with pgvector and a real model of sentences; what answers out of passages is an imitation. */
describe.skipIf(missing)(`pgvector and all-MiniLM-L6-v2${missing ? ` (skipped: ${missing})` : ""}`, () => {
  // Told first, so that it is done last.
  afterAll(() => postgres?.stop());
  const t = testDatabase({ server: postgres, tier: "Agency" });
  let embeddings: Awaited<ReturnType<typeof startEmbeddings>>;
  let model: Awaited<ReturnType<typeof startModelServer>>;
  let sent: string[] = [];
  let call: ReturnType<typeof caller>;
  let ai: ReturnType<typeof aiAt>;

  beforeAll(async () => {
    embeddings = await startEmbeddings();
    model = await startModelServer(() => ({ text: '{"sentences": []}' }));
    const reach = createOutboundFetch({ allow: ["127.0.0.1"] });
    ai = {
      ...aiAt(model.baseUrl, ["small;region=eu"]),
      embedding: parseModel(`${EMBEDDING_MODEL};region=eu;in=0.02;out=0`),
      // One endpoint has both in earnest; here numbers come from the one and answers from the other.
      operatorFetch: async (input, init) => {
        const url = String(input instanceof Request ? input.url : input);
        if (!url.endsWith("/embeddings")) return reach(input, init);
        sent.push(...(JSON.parse(String(init?.body)) as { input: string[] }).input);
        return reach(`${embeddings.baseUrl}/embeddings`, init);
      },
    };
    call = caller(t, { ai });
  });
  afterAll(() => Promise.all([embeddings?.stop(), model?.stop()]));

  const work = async () => {
    await makeDue(t);
    await runJobs(t, { "search.embed": embedTask({ db: t.db, ai }) } as never, { withinMs: 60_000 });
  };
  const passagesOf = (workspaceId: string) =>
    t.asOwner<{ content_item_id: string; number: number; version_number: number; dimensions: number }>(
      `select content_item_id, number, version_number, cardinality(embedding) as dimensions from search_passages
       where workspace_id = $1 order by content_item_id, number`,
      [workspaceId],
    );
  const titled = async (who: Member, question = QUESTION) => {
    model.asked.length = 0;
    const { status, body } = await call(who, "POST", "/assistant/ask", { question });
    expect(status).toBe(200);
    return (body.passages as { title: string; text: string }[]).map(({ text }) => text);
  };

  async function seedLibrary({ wanted = true } = {}) {
    const workspace = await seedWorkspace(t);
    const { admin } = workspace;
    const bread = await seedItem(t, { createdBy: admin, title: "Loaves", body: BREAD });
    await seedItem(t, { createdBy: admin, title: "Pruning", body: ROSES });
    await seedItem(t, { createdBy: admin, title: "Visiting", body: HOURS });
    if (wanted) expect((await call(admin, "PUT", "/ai/settings", { findByMeaning: true })).status).toBe(200);
    sent = [];
    await work();
    return { ...workspace, bread };
  }

  it("sends and finds nothing by meaning where no Admin wants it", async () => {
    const { admin, id } = await seedLibrary({ wanted: false });
    expect(sent).toEqual([]);
    expect(await passagesOf(id)).toEqual([]);
    expect(await titled(admin)).toEqual([]);
    expect(sent).toEqual([]);
  });

  it("answers a question in other words than the text with the right passage", async () => {
    const { admin, id, bread } = await seedLibrary();
    expect(sent).toHaveLength(6);
    expect((await passagesOf(id)).map(({ dimensions }) => dimensions)).toEqual(Array(6).fill(384));
    const [first] = await titled(admin);
    expect(first).toBe("The loaf goes into a very hot oven for forty minutes.");
    // The model is shown it, and its citation is checked as any other.
    const cites = { sentences: [{ text: "It goes into a very hot oven.", passages: ["P1"] }] };
    model.behave(() => ({ text: JSON.stringify(cites) }));
    const { body } = await call(admin, "POST", "/assistant/ask", { question: QUESTION });
    expect(body).toMatchObject({ ...cites, why: null });
    expect((body.passages as object[])[0]).toMatchObject({ id: "P1", contentItemId: bread.id, title: "Loaves" });
    model.behave(() => ({ text: '{"sentences": []}' }));
    const { items } = (await call(admin, "GET", "/ai/generations?operation=embed")).body;
    expect(items).toMatchObject([
      { model: EMBEDDING_MODEL, credits: 1, status: "Succeeded" },
      { credits: 1 },
      { credits: 1, createdBy: admin.userId },
    ]);
  });

  it("puts first what words and meaning both find", async () => {
    const { admin } = await seedLibrary();
    expect((await titled(admin, "When do borrowed books have to be returned?"))[0]).toBe(
      "Borrowed books go back within four weeks.",
    );
  });

  it("follows a new version, and forgets what is archived", async () => {
    const { admin, id, bread } = await seedLibrary();
    const saved = await call(admin, "POST", `/content/${bread.id}/versions`, {
      body: "Cakes want a gentle heat of 160 degrees.",
      baseVersion: 1,
    });
    expect(saved.status).toBe(201);
    await work();
    const kept = (await passagesOf(id)).filter((row) => row.content_item_id === bread.id);
    expect(kept).toMatchObject([
      { number: 0, version_number: 2, dimensions: 384 },
      { number: 1, dimensions: 0 },
    ]);
    expect((await titled(admin))[0]).toBe("Cakes want a gentle heat of 160 degrees.");
    expect((await call(admin, "POST", `/content/${bread.id}/archive`)).status).toBeLessThan(300);
    expect(await titled(admin)).not.toContain("Cakes want a gentle heat of 160 degrees.");
  });

  it("never answers with another workspace's passages, and its rows are nobody else's", async () => {
    const mine = await seedLibrary();
    const theirs = await seedWorkspace(t);
    await seedItem(t, { createdBy: theirs.admin, title: "Empty", body: "Nothing of the kind is said here." });
    await call(theirs.admin, "PUT", "/ai/settings", { findByMeaning: true });
    await work();
    expect(await titled(theirs.admin)).toEqual(["Nothing of the kind is said here."]);
    expect(JSON.stringify(model.asked)).not.toContain("oven");
    const claim = (who: Member) => ({ sessionId: who.sessionId, workspaceId: who.workspaceId, requestId: undefined });
    const seen = await withWorkspace(t.db, claim(theirs.admin), async (tx) => {
      const { rows } = await tx.execute<{ workspace_id: string }>("select distinct workspace_id from search_passages");
      return rows.map((row) => row.workspace_id);
    });
    expect(seen).toEqual([theirs.id]);
    expect(await passagesOf(mine.id)).toHaveLength(6);
    // Nor may a member write them.
    const forged = withWorkspace(t.db, claim(mine.admin), (tx) =>
      tx.execute("update search_passages set embedding = '{}' returning 1"),
    );
    expect((await forged).rows).toEqual([]);
  });

  it("obeys regions, and costs Viewers nothing", async () => {
    const { admin, id } = await seedLibrary();
    const viewer = await seedMember(t, id, "Viewer");
    sent = [];
    expect(await titled(viewer)).toEqual([]);
    await call(admin, "PUT", "/ai/settings", { regions: ["us"] });
    const { status, body } = await call(admin, "POST", "/assistant/ask", { question: QUESTION });
    expect([status, body.why ?? body.code]).toEqual([200, "NotFound"]);
    expect(sent).toEqual([]);
  });
});
