import { createHmac, randomBytes } from "node:crypto";
import { mkdir, open, readFile, rename } from "node:fs/promises";
import { dirname } from "node:path";
import type { Keyring } from "./secrets";

/** Whose a key is: a person's by their id, a person's without an account by an address, a workspace's, or everything else's. */
export type Subject = `person:${string}` | `address:${string}` | `workspace:${string}` | "deployment";

/**
 * A key of one subject, as it is in the file: wrapped by the master secret. The id tells it from a later one of the same
 * subject, and stands beside what it sealed.
 */
export type ShreddingKey = { id: string; wrapped: Uint8Array };

/** What of the file was read; changes are there when `save` has been awaited. */
export type ShreddingKeys = {
  /** Made where there is none, and wrapped by the current master secret from then on. */
  keyOf(subject: Subject): ShreddingKey;
  /** Only the one with this id: another one opens nothing. */
  find(subject: Subject, id: string): ShreddingKey | undefined;
  /** The subject of an address that has no account; the address can't be told from it. */
  ofAddress(email: string): Subject;
  /** @returns how many were there */
  destroy(subjects: readonly Subject[]): number;
  /** Whole or not at all, and on the disk. */
  save(): Promise<void>;
};

/**
 * Keys by which backups are sealed, kept apart from the database and from every backup. What a destroyed key has sealed
 * can't be read any more, wherever copies of it are.
 */
export type Shredding = { load(): Promise<ShreddingKeys> };

/** Whoever reads or changes keys holds this Postgres advisory lock meanwhile, so that no backup has half an erasure. */
export const SHREDDING_LOCK = 4_711_202_612;

type Line = { subject: string; id: string; key: string };

/** One line for each key after a first one with the salt of addresses. */
export const createShreddingFile = (path: string, keyring: Pick<Keyring, "newWorkspaceKey" | "rewrap">): Shredding => ({
  async load() {
    const [head, ...lines] = (await readFile(path, "utf8").catch(absent)).split("\n").filter((line) => line !== "");
    const salt = head ? (JSON.parse(head) as { salt: string }).salt : randomBytes(32).toString("base64");
    const keys = new Map<string, ShreddingKey>();
    for (const line of lines) {
      const { subject, id, key } = JSON.parse(line) as Line;
      keys.set(subject, { id, wrapped: Buffer.from(key, "base64") });
    }
    return {
      keyOf(subject) {
        const found = keys.get(subject);
        const key = found
          ? { ...found, wrapped: keyring.rewrap(found.wrapped) }
          : { id: randomBytes(9).toString("base64url"), wrapped: keyring.newWorkspaceKey() };
        keys.set(subject, key);
        return key;
      },
      find(subject, id) {
        const found = keys.get(subject);
        return found?.id === id ? found : undefined;
      },
      ofAddress: (email) =>
        `address:${createHmac("sha256", Buffer.from(salt, "base64")).update(email.toLowerCase()).digest("base64url")}`,
      destroy: (subjects) => subjects.filter((subject) => keys.delete(subject)).length,
      async save() {
        const kept = [...keys].map(([subject, { id, wrapped }]) =>
          JSON.stringify({ subject, id, key: Buffer.from(wrapped).toString("base64") } satisfies Line),
        );
        await replace(path, `${[JSON.stringify({ salt }), ...kept].join("\n")}\n`);
      },
    };
  },
});

async function replace(path: string, text: string) {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const next = `${path}.next`;
  const file = await open(next, "w", 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(next, path);
}

function absent(error: NodeJS.ErrnoException): string {
  if (error.code === "ENOENT") return "";
  throw error;
}
