import type { Clock } from "@/platform/clock";
import { AppError } from "@/platform/errors";
import type { Attempts } from "./attempts";
import * as factors from "./factors/queries";
import { verifyPassword } from "./identity";
import * as queries from "./queries";
import type { Client, Sessions } from "./sessions";

/** How long after a sign-in it still counts as fresh. */
const FRESH_MS = 10 * 60_000;

/** What the parts of this room stand on. */
export type Ground = { db: queries.AuthDb; clock: Clock; attempts: Attempts; sessions: Sessions; asks: Asks };

/** Who a session belongs to, and whether it is them at the keyboard. */
export function createAsks({
  db,
  clock,
  attempts,
  origin,
}: Pick<Ground, "db" | "clock" | "attempts"> & { origin: string }) {
  async function whoIs(sessionId: string) {
    const found = await queries.findPersonOfSession(db, sessionId, clock.now());
    if (!found) throw sessionEnded();
    return found;
  }

  /** For what is of the account and not of one workspace: not done from a workspace's own address. */
  async function personOf(sessionId: string) {
    const found = await whoIs(sessionId);
    if (!found.boundTo) return found;
    throw new AppError("forbidden", `You signed in at a workspace's own address: sign in at ${origin} to do this.`);
  }

  /** @throws AppError `invalid_credentials`, `rate_limited` */
  async function checkPassword(
    { user, passwordHash }: Awaited<ReturnType<typeof personOf>>,
    password: string,
    client: Client,
  ) {
    const forget = await attempts.begin(["password", user.email, client.ipAddress]);
    if (!passwordHash || !(await verifyPassword(passwordHash, password)))
      throw new AppError("invalid_credentials", "This is not your current password: correct it.", {
        reason: "current_password",
      });
    await forget();
  }

  /**
   * Before what a person signs in with is changed: a stolen session alone must not do it, nor one that a workspace's
   * identity provider opened, since that would outlast it.
   */
  async function again(sessionId: string, password: string | undefined, client: Client) {
    const found = await personOf(sessionId);
    if (found.session.method === "Sso")
      throw new AppError(
        "reauthentication_required",
        "Your organisation signs you in. Set a password of your own by a mail, sign in with it, and come back.",
      );
    if (found.passwordHash) await checkPassword(found, password ?? "", client);
    if (!found.session.secondFactor && (await factors.findTotp(db, found.user.id)))
      throw new AppError("second_factor_required", "Sign in again with your second factor first.");
    return found;
  }

  /**
   * Before what can't be taken back for good: the password again, or a sign-in of the last minutes by who has none or comes
   * by an organisation's provider.
   * @throws AppError `invalid_credentials`, `second_factor_required`, `reauthentication_required`
   */
  async function fresh(sessionId: string, password: string | undefined, client: Client) {
    const found = await personOf(sessionId);
    if (found.session.method !== "Sso" && found.passwordHash) return again(sessionId, password, client);
    if (clock.now().getTime() - found.session.createdAt.getTime() > FRESH_MS)
      throw new AppError("reauthentication_required", "Sign out and in again first: this asks for a fresh sign-in.");
    return found;
  }

  return { whoIs, personOf, checkPassword, again, fresh };
}

export const sessionEnded = () => new AppError("unauthenticated", "This session has ended: sign in again.");

export type Asks = ReturnType<typeof createAsks>;
