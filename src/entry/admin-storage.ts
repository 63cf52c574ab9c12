import { randomBytes, randomUUID } from "node:crypto";
import { join } from "node:path";
import type { Config } from "@/platform/config";
import { StartError } from "@/platform/errors";
import { gather } from "@/platform/sealed-stream";
import type { Storage } from "@/platform/storage/storage";

/** Where files are kept, in words; `right` is what an S3 has to allow for an act, beside looking at the bucket. */
type Place = { name: string; right(name: string): string };

export const placeOfFiles = ({ s3, dataDir }: Pick<Config, "s3" | "dataDir">): Place =>
  s3
    ? {
        name: `The bucket ${s3.bucket} at ${s3.endpoint ?? "Amazon S3"}`,
        right: (name) => ` Allow ${name} on ${s3.bucket}/* to the key ${s3.accessKeyId}.`,
      }
    : {
        name: `The folder ${join(dataDir, "assets")}`,
        right: () => " Look at its owner, and at the room on its disk.",
      };

/**
 * `admin storage check`: keeps a small object as files are kept, reads it, compares it, and takes it away again.
 * @throws StartError that says what is wrong, and what to do
 */
export async function checkStorage(storage: Storage, { name, right }: Place): Promise<string> {
  await storage.check();
  const key = `checks/${randomUUID()}`;
  const bytes = randomBytes(1_000);
  const tried = async <T>(act: string, needed: string, work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (cause) {
      throw new StartError(`${name} is there, but ${act}: ${reasonOf(cause)}.${right(needed)}`, { cause });
    }
  };
  await tried("takes no object", "s3:PutObject", () => storage.put(key, bytes.length, oneOf(bytes)));
  try {
    const read = await tried("gives none back", "s3:GetObject", async () =>
      gather(await storage.read(key, 0, bytes.length)),
    );
    if (!bytes.equals(read))
      throw new StartError(`${name} gives back other bytes than it was given: look at what stands between it and us.`);
  } catch (error) {
    await storage.remove(key).catch(() => {});
    throw error;
  }
  await tried(`keeps ${key}, which was to be removed`, "s3:DeleteObject", () => storage.remove(key));
  return `${name} keeps files: a small one was put there, read and removed.`;
}

async function* oneOf(bytes: Uint8Array) {
  yield bytes;
}

/** The storage's own words where a passing failure was made of them, without the stop at their end. */
function reasonOf(error: unknown): string {
  const { cause, message } = error as Error;
  return (cause instanceof Error && cause.message ? cause.message : message).replace(/\.$/, "");
}
