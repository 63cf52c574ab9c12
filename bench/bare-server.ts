import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import { createPool } from "@/db/client";
import { pipeline, type Statement } from "@/db/pipeline";

/**
 * The limit: Node's `http` and `pg`, the statements that the app was recorded to send, under the same scope, in
 * the fewest round trips (one), and nothing else: no routing, checks, limits or logs.
 *
 * Standard input gives the recordings as one line of JSON.
 */
type Recordings = {
  read: Statement[];
  list: Statement[];
  create: Statement[];
  save: Statement[];
  itemId: string;
  known: string[];
};

const pool = createPool(process.env.DATABASE_APP_URL!, { max: 10, applicationName: "bare" });
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

async function run(list: Statement[]) {
  const client = await pool.connect();
  try {
    return await pipeline(client, list);
  } finally {
    client.release();
  }
}

const substituted = (list: Statement[], replace: (value: unknown) => unknown): Statement[] =>
  list.map(({ text, values }) => ({ text, values: (values ?? []).map(replace) }));

async function bodyOf(request: IncomingMessage) {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString("utf8"));
}

function serve({ read, list, create, save, itemId, known }: Recordings) {
  const keep = new Set(known);
  return createServer(async (request, response) => {
    const id = request.url!.split("?")[0]!.split("/")[4];
    const answer = (status: number, value: unknown) => {
      const text = JSON.stringify(value);
      response
        .writeHead(status, { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(text) })
        .end(text);
    };
    try {
      if (request.method === "GET") {
        const results = await run(id ? substituted(read, (value) => (value === itemId ? id : value)) : list);
        return answer(200, id ? results.at(-1)!.rows[0] : { items: results.at(-1)!.rows });
      }
      const input = await bodyOf(request);
      const fresh = new Map<unknown, string>();
      const renew = (value: unknown) => {
        if (typeof value !== "string" || !UUID.test(value) || keep.has(value)) return value;
        if (!fresh.has(value)) fresh.set(value, randomUUID());
        return fresh.get(value);
      };
      const results = await run(
        id
          ? substituted(save, (value) => {
              if (value === itemId) return id;
              if (typeof value === "number") return value - 1 + input.baseVersion;
              return renew(value);
            })
          : substituted(create, renew),
      );
      return answer(201, results[1]!.rows[0]);
    } catch (error) {
      response.writeHead(500).end(String(error));
    }
  });
}

process.stdin.once("data", (line) => {
  serve(JSON.parse(line.toString("utf8"))).listen(Number(process.env.PORT), "127.0.0.1", () =>
    process.stdout.write("ready\n"),
  );
});
process.stdin.on("end", () => process.exit(0));
