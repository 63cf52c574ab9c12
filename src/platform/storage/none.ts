import { AppError } from "@/platform/errors";
import type { Storage } from "./storage";

async function refuse(): Promise<never> {
  throw new AppError("storage_missing", "Files can't be kept on this deployment: have S3_BUCKET and its keys set.");
}

/** Where nothing lasts on the disk and no S3 is configured: refused at once, rather than lost later. */
export const noStorage: Storage = {
  check: refuse,
  begin: refuse,
  partRequests: refuse,
  partsOf: refuse,
  finish: refuse,
  readStaged: refuse,
  drop: refuse,
  dropStale: refuse,
  put: refuse,
  read: refuse,
  remove: refuse,
  // Where nothing can be kept, nothing is left.
  removeBelow: async () => 0,
};
