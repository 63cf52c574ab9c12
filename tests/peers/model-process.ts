import { spawn } from "node:child_process";

/** A server of models that says `ready at <address>` once it is, and ends when its input does. */
export async function startModelProcess(
  command: string,
  args: string[],
  { cwd, env }: { cwd: string; env: Record<string, string> },
) {
  const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: ["pipe", "pipe", "inherit"] });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const baseUrl = await new Promise<string>((resolve, reject) => {
    let out = "";
    child.stdout.on("data", (chunk) => {
      out += chunk;
      const [, address] = /ready at (\S+)\n/.exec(out) ?? [];
      if (address) resolve(address);
    });
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`The model's server ended with ${code} before it was ready`)));
  });
  return {
    baseUrl,
    async stop() {
      child.stdin.end();
      await ended;
    },
  };
}
