import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type pg from "pg";
import { createPool } from "@/db/client";
import { pipeline, type Statement } from "./lib/pipeline";
import * as statements from "./lib/statements";

/**
 * The limit: Node's `http` and `pg`, the same statements under the same scope in the
 * fewest round trips (one), and nothing else: no routing, checks, limits or logs.
 */
const pool = createPool(process.env.DATABASE_APP_URL!, { max: 10, applicationName: "bare" });

async function run(list: Statement[]): Promise<pg.QueryResult[]> {
  const client = await pool.connect();
  try {
    return await pipeline(client, list);
  } finally {
    client.release();
  }
}

const server = createServer(async (request, response) => {
  try {
    const url = new URL(request.url!, "http://localhost");
    const enter = statements.enter(request.headers["x-session"] as string, request.headers["x-workspace-id"] as string);
    const answer = (status: number, value: unknown) => {
      const text = JSON.stringify(value);
      response
        .writeHead(status, { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(text) })
        .end(text);
    };
    if (request.method === "GET") {
      const id = url.pathname.split("/")[4];
      const read = id
        ? statements.readItem(id)
        : statements.listItems(url.searchParams.get("status") ?? "Draft", Number(url.searchParams.get("limit") ?? 25));
      const [, result] = await run([enter, read]);
      return answer(200, id ? result!.rows[0] : { items: result!.rows });
    }
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const input = JSON.parse(Buffer.concat(chunks).toString("utf8"));
    const id = url.pathname.split("/")[4];
    const results = await run([
      enter,
      ...(id
        ? statements.saveVersion(id, input, request.headers["x-user"] as string)
        : statements.createItem(randomUUID(), input, request.headers["x-user"] as string)),
    ]);
    return answer(201, results[1]!.rows[0]);
  } catch (error) {
    response.writeHead(500).end(String(error));
  }
});

server.listen(Number(process.env.PORT), "127.0.0.1", () => process.stdout.write("ready\n"));
