import { readdirSync, readFileSync } from "node:fs";

/** The code under a folder that runs in production, by its path. */
export const sources = (folder = "src"): Map<string, string> =>
  new Map(
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => /\.(ts|tsx)$/.test(name) && !/\.test\.|\.d\.ts$/.test(name))
      .map((name) => `${folder}/${name}`)
      .sort()
      .map((path) => [path, readFileSync(path, "utf8")]),
  );
