import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { readFile, rm } from "node:fs/promises";
import { resolve } from "node:path";
import { type BuildOptions, build, type Plugin } from "esbuild";
import bundle from "../../scripts/server-bundle.json" with { type: "json" };

/** What is taken out of the code for a run that has to turn red: `from` stands once in the file. */
export type Mutation = { file: string; from: string; to: string };

export type Entry = { file: string; remove: () => Promise<void> };

/** Bundles the process as `npm run build` does, into a folder of its own from which packages are found. */
export async function buildEntry(mutation?: Mutation, name: "start" | "admin" = "start"): Promise<Entry> {
  const folder = resolve(`node_modules/.cache/contentos-faults/${randomUUID()}`);
  const file = `${folder}/${name}.mjs`;
  await build({
    ...(bundle as BuildOptions),
    entryPoints: [`src/entry/${name}.ts`],
    outdir: folder,
    outExtension: { ".js": ".mjs" },
    splitting: true,
    plugins: mutation ? [mutate(mutation)] : [],
  });
  return { file, remove: () => rm(folder, { recursive: true, force: true }) };
}

const mutate = ({ file, from, to }: Mutation): Plugin => ({
  name: "mutation",
  setup(building) {
    const path = resolve(file);
    building.onLoad({ filter: /\.ts$/ }, async (loading) => {
      if (loading.path !== path) return undefined;
      const source = await readFile(path, "utf8");
      if (source.split(from).length !== 2) throw new Error(`${file} has changed: adapt the mutation of "${from}"`);
      return { contents: source.replace(from, () => to), loader: "ts" };
    });
  },
});

export type Started = ReturnType<typeof startEntry>;

/** `within` is what runs it in its turn, by replacing itself, such as `unshare`. */
type Circumstances = { uid?: number; within?: string[] };

/** One process of ours; nothing of the environment reaches it but what is given. */
export function startEntry(
  entry: Pick<Entry, "file">,
  command: string | string[],
  env: Record<string, string>,
  { within = [], ...account }: Circumstances = {},
) {
  const [program, ...args] = [...within, process.execPath, entry.file, ...[command].flat()];
  const child: ChildProcess = spawn(program!, args, {
    env: { PATH: process.env.PATH ?? "", ...env } as unknown as NodeJS.ProcessEnv,
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
    ...account,
  });
  let [stdout, stderr] = ["", ""];
  const exited = new Promise<{ code: number | null; signal: string | null }>((done) =>
    child.once("close", (code, signal) => done({ code, signal })),
  );
  const ready = new Promise<void>((done, fail) => {
    child.stdout?.on("data", (chunk) => {
      stdout += chunk;
      if (/is running after/.test(stdout)) done();
    });
    child.stderr?.on("data", (chunk) => {
      stderr += chunk;
    });
    child.once("error", fail);
    void exited.then(({ code, signal }) =>
      fail(new Error(`The process ended with ${code ?? signal} before it ran: ${stderr || stdout}`)),
    );
  });
  // Whoever doesn't wait for it is told by `exited`.
  ready.catch(() => {});
  return {
    pid: child.pid!,
    ready,
    exited,
    stdout: () => stdout,
    stderr: () => stderr,
    signal: (signal: NodeJS.Signals) => void child.kill(signal),
    /** kill -9; answers once it is gone. */
    async kill() {
      child.kill("SIGKILL");
      await exited;
    },
  };
}
