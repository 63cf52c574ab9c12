import { join } from "node:path";
import type { Config } from "@/platform/config";
import type { Keyring } from "@/platform/secrets";
import { createFolderStorage } from "./folder";
import { createPartTokens } from "./part-tokens";
import { createS3Storage } from "./s3";
import type { Storage } from "./storage";

type Options = { config: Pick<Config, "s3" | "dataDir" | "publicUrl">; keyring: Keyring };

/** S3 where it is configured, else a folder of the data directory. */
export const createStorage = ({ config: { s3, dataDir, publicUrl }, keyring }: Options): Storage =>
  s3
    ? createS3Storage(s3)
    : createFolderStorage({ directory: join(dataDir, "assets"), publicUrl, tokens: createPartTokens(keyring) });
