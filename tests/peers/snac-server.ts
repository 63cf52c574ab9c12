import { execFile, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { freePort } from "#tests/harness/free-port";

const program = fileURLToPath(new URL("./snac/snac", import.meta.url));
const run = promisify(execFile);
const REDIRECT = "urn:ietf:wg:oauth:2.0:oob";

/** Why no snac can be started here; undefined where one can. */
export const snacMissing = (): string | undefined =>
  existsSync(program) ? undefined : "snac not found: run tests/peers/install.sh";

export type SnacUser = { uid: string; token: string; clientId: string; clientSecret: string };
export type SnacPost = {
  id: string;
  content: string;
  text: string;
  created_at: string;
  in_reply_to_id: string | null;
  media_attachments: { url: string; description: string }[];
};

/** A real server that speaks Mastodon's API, snac (MIT), on a free port of this machine. It keeps all it has in files. */
export async function startSnac() {
  const home = await mkdtemp(path.join(tmpdir(), "contentos-snac-"));
  const data = path.join(home, "data");
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const setUp = spawn(program, ["init", data], { stdio: ["pipe", "ignore", "inherit"] });
  setUp.stdin.end(`127.0.0.1\n${port}\n127.0.0.1:${port}\n\n\n`);
  await new Promise((resolve) => setUp.once("exit", resolve));
  const settings = path.join(data, "server.json");
  const changed = { protocol: "http", disable_email_notifications: true };
  await writeFile(settings, JSON.stringify({ ...JSON.parse(await readFile(settings, "utf8")), ...changed }));

  const child = spawn(program, ["httpd", data], { stdio: "ignore" });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  for (let tries = 0; ; tries += 1) {
    if (
      await fetch(`${origin}/api/v1/instance`).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      break;
    if (tries > 100 || child.exitCode !== null) throw new Error("snac did not start");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }

  const ask = async (address: string, { token, ...init }: RequestInit & { token?: string } = {}) => {
    const headers = { ...(token && { authorization: `Bearer ${token}` }), "content-type": "application/json" };
    const answer = await fetch(`${origin}${address}`, { headers, ...init });
    if (!answer.ok) throw new Error(`${address} was answered ${answer.status}`);
    return answer;
  };
  const tell = async (address: string, body: object, token?: string) =>
    (await ask(address, { method: "POST", body: JSON.stringify(body), ...(token && { token }) })).json();

  return {
    origin,
    /** Signed up, and signed in by OAuth as an application would be. */
    async createUser(uid: string): Promise<SnacUser> {
      const { stdout } = await run(program, ["adduser", data, uid]);
      const password = /password is (\S+)/.exec(stdout)![1]!;
      const app = await tell("/api/v1/apps", {
        client_name: "ContentOS",
        redirect_uris: REDIRECT,
        scopes: "read write",
      });
      const { client_id: clientId, client_secret: clientSecret } = app;
      const code = await fetch(`${origin}/oauth/x-snac-login`, {
        method: "POST",
        body: new URLSearchParams({ login: uid, passwd: password, redir: REDIRECT, cid: clientId }),
      }).then((answer) => answer.text());
      const { access_token: token } = await tell("/oauth/token", {
        grant_type: "authorization_code",
        code,
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uri: REDIRECT,
      });
      return { uid, token, clientId, clientSecret };
    },
    async revoke({ token, clientId, clientSecret }: SnacUser) {
      await tell("/oauth/revoke", { token, client_id: clientId, client_secret: clientSecret });
    },
    /** As somebody's own client would. */
    act: (user: SnacUser, address: string, body: object = {}) => tell(address, body, user.token),
    read: async (user: SnacUser, address: string) => (await ask(address, { token: user.token })).json(),
    /** All that stand there, oldest first. */
    async posts({ uid }: SnacUser): Promise<SnacPost[]> {
      const told = (await (await ask(`/api/v1/accounts/${uid}/statuses`)).json()) as (SnacPost & {
        reblog: SnacPost | null;
      })[];
      return told.map((post) => post.reblog ?? post).reverse();
    },
    async close() {
      child.kill();
      await ended;
      await rm(home, { recursive: true, force: true });
    },
  };
}

export type SnacServer = Awaited<ReturnType<typeof startSnac>>;
