import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { createShreddingFile, type Shredding } from "@/platform/shredding";
import { testKeyring } from "./keyring";
import { testFolder } from "./storage";

/** Keys in a file of their own, which goes with this process. */
export function testShredding(): Shredding & { path: string } {
  const path = join(testFolder(), "shredding", `${randomUUID()}.jsonl`);
  return { path, ...createShreddingFile(path, testKeyring) };
}
