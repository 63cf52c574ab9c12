import type { Context } from "hono";
import type { SiteClaim } from "@/db/entries";
import { readSite } from "@/db/scope";
import type { Env } from "@/http/router";
import { AppError } from "@/platform/errors";
import { findSealed } from "../queries";
import { sendFile, servedFile } from "./sending";
import type { VaultDeps } from "./vault";

/** The bytes under an address never change. */
const KEPT_BY_ALL = "public, max-age=31536000, immutable";

const ADDRESS = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:-([a-z0-9]{1,20}\.(?:webp|jpg)))?$/;

/**
 * To a visitor of a site, a file that a live page or the branding shows: the database lets no other one be seen. Of an
 * image only what was made of it, since the original may tell where it was taken, and by whom.
 */
export async function showFile(c: Context<Env>, deps: VaultDeps, site: SiteClaim, address: string) {
  const [, id, variant] = ADDRESS.exec(address) ?? [];
  const found = id && (await readSite(c.var.db, site, (tx) => findSealed(tx, id)));
  if (!found || (variant === undefined && found.asset.kind === "Image"))
    throw new AppError("not_found", "There is no such file.");
  c.header("Cross-Origin-Resource-Policy", "cross-origin");
  return sendFile(c, deps, servedFile(found, variant), KEPT_BY_ALL);
}
