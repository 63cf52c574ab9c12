import { randomInt, randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Member, seedItem, seedWorkspace } from "#tests/factories";
import { testApp } from "#tests/harness/app";
import { startCuttingProxy } from "#tests/harness/cutting-proxy";
import { testDatabase } from "#tests/harness/database";

const CLIENTS = 20;
const SAVES = 3;

const t = testDatabase();
let server: Server;
let proxy: Awaited<ReturnType<typeof startCuttingProxy>>;
let writer: Member;

beforeAll(async () => {
  writer = (await seedWorkspace(t)).admin;
  server = createServer(getRequestListener(testApp(t).fetch));
  await once(server.listen(0, "127.0.0.1"), "listening");
  proxy = await startCuttingProxy(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
afterAll(async () => {
  await proxy?.close();
  server?.closeAllConnections();
  server?.close();
});

type Answer = { status: number; body: Record<string, unknown> & { currentVersion: Record<string, unknown> } };

/** One request on the wire; undefined where the line was cut before the answer was there. */
async function send(method: string, path: string, body?: object, key?: string): Promise<Answer | undefined> {
  try {
    const response = await fetch(`${proxy.url}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${writer.sessionId}`,
        "x-workspace-id": writer.workspaceId,
        ...(body && { "content-type": "application/json" }),
        ...(key && { "idempotency-key": key }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as Answer["body"] };
  } catch {
    return undefined;
  }
}

/** The same request with the same key, until there is an answer. */
async function insist(method: string, path: string, body?: object) {
  const key = body && randomUUID();
  for (;;) {
    const answer = await send(method, path, body, key);
    if (answer) return answer;
  }
}

/** Each line is cut one time in five, before the server can act or after it did. */
function cutAtRandom() {
  const chance = (method: string) => method === "POST" && randomInt(10) === 0;
  proxy.cut(chance);
  proxy.cutRequests(chance);
}

const historyOf = async (id: string) =>
  (
    await t.asOwner<{ n: number; body: string }>(
      "select version_number as n, body from content_versions where content_item_id = $1 order by 1",
      [id],
    )
  ).map(({ n, body }) => [n, body] as const);

const together = <T>(client: (number: number) => Promise<T>) =>
  Promise.all(Array.from({ length: CLIENTS }, (_, number) => client(number)));

describe("twenty clients that save one item at once, over lines that are cut at random", { timeout: 120_000 }, () => {
  test("each that insists with its key has saved exactly once, what was given up is there once at most, without gaps", async () => {
    const { id } = await seedItem(t, { createdBy: writer });
    const before = proxy.cutCount();
    cutAtRandom();

    /** Saves on top of what is current until it is told that it did; a giver-up stops at the first line that is cut. */
    const saveAgainAndAgain = async (text: string, insists: boolean, base: number): Promise<number | undefined> => {
      for (;;) {
        const request = ["POST", `/content/${id}/versions`, { body: text, baseVersion: base }] as const;
        const answer = await (insists ? insist(...request) : send(...request));
        if (!answer) return undefined;
        if (answer.status === 201) return answer.body.versionNumber as number;
        expect([answer.status, answer.body.code]).toEqual([409, "version_conflict"]);
        base = answer.body.currentVersion.versionNumber as number;
      }
    };
    const acknowledged = new Map<number, string>();
    const sent: { text: string; insists: boolean }[] = [];
    await together(async (client) => {
      const insists = client % 4 !== 0;
      let base = 1;
      for (let save = 0; save < SAVES; save++) {
        const text = `Client ${client}, save ${save}`;
        sent.push({ text, insists });
        const number = await saveAgainAndAgain(text, insists, base);
        if (number === undefined) continue;
        expect(acknowledged.has(number)).toBe(false);
        acknowledged.set(number, text);
        base = number;
      }
    });
    proxy.pass();

    const history = await historyOf(id);
    const lost = [...acknowledged].filter(([number, text]) => history[number - 1]?.[1] !== text);
    expect(lost).toEqual([]);
    for (const { text, insists } of sent) {
      const times = history.filter(([, body]) => body === text).length;
      expect([text, insists ? times === 1 : times <= 1]).toEqual([text, true]);
    }
    expect(history.map(([number]) => number)).toEqual(history.map((_, at) => at + 1));
    expect(history.length - 1 - acknowledged.size).toBeGreaterThanOrEqual(0);
    expect(proxy.cutCount() - before).toBeGreaterThan(CLIENTS);
    console.info(
      `${acknowledged.size} saves acknowledged, ${history.length - 1} in the history, ${proxy.cutCount() - before} lines cut`,
    );
  });

  test("each that merges finds its paragraph as it last wrote it, beside those of all others", async () => {
    const paragraphs = Array.from({ length: CLIENTS }, (_, client) => `Paragraph ${client}, unwritten.`);
    const { id } = await seedItem(t, { createdBy: writer, body: paragraphs.join("\n\n") });
    cutAtRandom();
    const numbers = await together(async (client) => {
      const mine: number[] = [];
      let [base, text] = [1, paragraphs.join("\n\n")];
      for (let save = 0; save < SAVES; save++) {
        const body = text.replace(new RegExp(`Paragraph ${client}, .*`), `Paragraph ${client}, save ${save}.`);
        const answer = await insist("POST", `/content/${id}/versions`, {
          body,
          baseVersion: base,
          onConflict: "merge",
        });
        expect([answer.status, answer.body.code]).toEqual([201, undefined]);
        [base, text] = [answer.body.versionNumber as number, answer.body.body as string];
        mine.push(base);
      }
      return mine;
    });
    proxy.pass();

    const history = await historyOf(id);
    expect(numbers.flat().sort((one, other) => one - other)).toEqual(history.slice(1).map(([number]) => number));
    expect(history.map(([number]) => number)).toEqual(history.map((_, at) => at + 1));
    expect(history.at(-1)![1]).toBe(
      paragraphs.map((_, client) => `Paragraph ${client}, save ${SAVES - 1}.`).join("\n\n"),
    );
  });
});
