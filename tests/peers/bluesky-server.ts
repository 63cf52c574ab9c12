import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { AtpAgent } from "@atproto/api";
import { missingServices } from "./bluesky/appview-services.mjs";

const home = fileURLToPath(new URL("./bluesky/", import.meta.url));

/** Why no Bluesky server can be started here; undefined where one can. */
export function blueskyMissing({ appView = false } = {}): string | undefined {
  const missing = [
    ...(existsSync(`${home}node_modules/@atproto/dev-env/package.json`) ? [] : ["@atproto/dev-env"]),
    ...(appView ? missingServices() : []),
  ];
  return missing.length > 0 ? `${missing.join(", ")} not found: run tests/peers/install.sh` : undefined;
}

export type BlueskyAccount = { did: string; handle: string; password: string; appPassword: string };
export type BlueskyServer = Awaited<ReturnType<typeof startBluesky>>;

type Ready = { pdsUrl: string; plcUrl: string; appViewUrl: string | null };

/** A real PDS on a free port of this machine; with `appView` also the AppView, which counts likes. */
export async function startBluesky({ appView = false } = {}) {
  const missing = blueskyMissing({ appView });
  if (missing) throw new Error(missing);
  const child = spawn(process.execPath, ["start.mjs", ...(appView ? ["--appview"] : [])], {
    cwd: home,
    stdio: ["pipe", "pipe", "pipe"],
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const { pdsUrl } = await new Promise<Ready>((resolve, reject) => {
    let [out, err] = ["", ""];
    child.stderr.on("data", (chunk) => {
      err = (err + chunk).slice(-4000);
    });
    child.stdout.on("data", (chunk) => {
      out += chunk;
      const line = out.split("\n").find((text) => text.startsWith('{"pdsUrl"') && text.endsWith("}"));
      if (line) resolve(JSON.parse(line));
    });
    child.once("error", reject);
    child.once("exit", (code) =>
      reject(new Error(`the Bluesky server ended with ${code} before it was ready: ${err}`)),
    );
  });

  const agent = async (account: Pick<BlueskyAccount, "handle" | "password">) => {
    const signedIn = new AtpAgent({ service: pdsUrl });
    await signedIn.login({ identifier: account.handle, password: account.password });
    return signedIn;
  };

  return {
    pdsUrl,
    /** Signed in with the account's main password, as its owner would be. */
    agent,
    /** `handle` without the server's domain: `brand` becomes `brand.test`. */
    async createAccount(name: string): Promise<BlueskyAccount> {
      const owner = new AtpAgent({ service: pdsUrl });
      const handle = `${name}.test`;
      const password = `main-password-of-${name}`;
      const { data } = await owner.createAccount({ handle, email: `${name}@example.com`, password });
      const { data: made } = await owner.com.atproto.server.createAppPassword({ name: "ContentOS" });
      return { did: data.did, handle, password, appPassword: made.password };
    },
    async revokeAppPassword(account: BlueskyAccount) {
      await (await agent(account)).com.atproto.server.revokeAppPassword({ name: "ContentOS" });
    },
    /** Every post of an account that the server holds, oldest key first. */
    async listPosts(did: string) {
      const reader = new AtpAgent({ service: pdsUrl });
      const posts: { uri: string; cid: string; value: Record<string, unknown> }[] = [];
      let cursor: string | undefined;
      do {
        const { data } = await reader.com.atproto.repo.listRecords({
          repo: did,
          collection: "app.bsky.feed.post",
          limit: 100,
          reverse: true,
          ...(cursor ? { cursor } : {}),
        });
        posts.push(...data.records);
        cursor = data.cursor;
      } while (cursor);
      return posts;
    },
    async close() {
      child.stdin.end();
      await ended;
    },
  };
}
