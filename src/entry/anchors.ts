import { join } from "node:path";
import { type Anchors, createFileAnchors, joinedAnchors } from "@/platform/anchors";
import type { Config } from "@/platform/config";
import { createFileLedger } from "@/platform/ledger";
import type { Keyring } from "@/platform/secrets";
import { createShreddingFile } from "@/platform/shredding";
import { createBucketAnchors } from "@/platform/storage/bucket-anchors";

/** In the data directory; in a bucket as well, where one is named for it. */
export function createAnchors({ dataDir, s3, auditAnchorBucket }: Config): Anchors {
  const here = createFileAnchors(join(dataDir, "audit-anchors"));
  if (!s3 || !auditAnchorBucket) return here;
  return joinedAnchors([here, createBucketAnchors({ ...s3, bucket: auditAnchorBucket })]);
}

export const createErasures = ({ dataDir }: Config) => createFileLedger(join(dataDir, "erasures.jsonl"));

/** Beside the backups' own secret, and in none of them. */
export const createShredding = ({ dataDir }: Config, keyring: Keyring) =>
  createShreddingFile(join(dataDir, "shredding-keys.jsonl"), keyring);
