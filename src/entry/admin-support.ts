import type pg from "pg";
import { beginSupport, endSupport } from "@/features/workspaces";
import { StartError } from "@/platform/errors";
import type { Flags } from "./admin-transfer";

const USAGE =
  "Say what to do: npm run admin -- support begin --workspace SLUG --as EMAIL --reason TEXT [--minutes 60], or support end --workspace SLUG";
/** As the database has it. */
const MOST_MINUTES = 480;

/** `admin support begin|end`: nobody enters without a reason that the workspace's Admins can read. */
export async function support(worker: Pick<pg.Pool, "query">, what: string | undefined, flags: Flags): Promise<string> {
  const { workspace: slug, as: email, reason = "", minutes: said = "60" } = flags;
  if (what === "end" && slug) {
    const count = await endSupport(worker, slug);
    return count === 0 ? "Nobody was in there." : `${count === 1 ? "1 access is" : `${count} accesses are`} over.`;
  }
  if (what !== "begin" || !slug || !email) throw new StartError(USAGE);
  if (reason.trim().length < 10 || reason.length > 500)
    throw new StartError("Give a reason of 10 to 500 characters with --reason: the workspace's Admins read it.");
  const minutes = Number(said);
  if (!Number.isInteger(minutes) || minutes < 1 || minutes > MOST_MINUTES)
    throw new StartError(`Say with --minutes how long, 1 to ${MOST_MINUTES}.`);
  await beginSupport(worker, { slug, email, reason: reason.trim(), minutes });
  return `${email} may read ${slug} for ${minutes} minutes, signed in as usual. Its Admins are told, and can end it.`;
}
