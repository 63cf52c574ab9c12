import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";

export type Running = { origin: string; pid: number; stop(): Promise<void> };

export async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}

type Options = { args: string[]; env: Record<string, string>; input?: string; ready: string };

/** Starts a Node process on a free port and waits until it says that it is ready; its log goes nowhere. */
export async function startServer({ args, env, input, ready }: Options): Promise<Running> {
  const port = await freePort();
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...env, PORT: String(port) },
    stdio: ["pipe", "pipe", "pipe"],
  });
  let said = "";
  await new Promise<void>((resolve, reject) => {
    child.stdout.on("data", (chunk) => {
      if (said.length < 100_000) said += chunk;
      if (said.includes(ready)) resolve();
    });
    child.stderr.on("data", (chunk) => {
      if (said.length < 100_000) said += chunk;
    });
    child.on("exit", (code) => reject(new Error(`${args.join(" ")} ended with ${code}:\n${said}`)));
    if (input) child.stdin.write(`${input}\n`);
  });
  return { origin: `http://127.0.0.1:${port}`, pid: child.pid!, stop: () => stop(child) };
}

async function stop(child: ChildProcess) {
  if (child.exitCode !== null) return;
  child.kill("SIGTERM");
  await once(child, "exit");
}
