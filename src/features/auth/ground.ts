import type { Clock } from "@/platform/clock";
import { AppError } from "@/platform/errors";
import type { Attempts } from "./attempts";
import * as factors from "./factors/queries";
import { verifyPassword } from "./identity";
import * as passkeys from "./passkeys/queries";
import * as queries from "./queries";
import type { Client, Sessions } from "./sessions";

/** How long after a sign-in, or after somebody has shown again that it is them, a session counts as fresh. */
export const FRESH_MS = 10 * 60_000;

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
  async function checkPassword({ user, passwordHash }: Person, password: string, client: Client) {
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

  /** What of theirs they can show again. */
  async function waysOf({ user, passwordHash }: Person) {
    const [totp, keys] = await Promise.all([factors.findTotp(db, user.id), passkeys.findPasskeys(db, user.id)]);
    return [passwordHash && "Password", totp && "Totp", keys.length > 0 && "Passkey"].filter(Boolean);
  }

  /**
   * Before what a thief of a session must not do: a sign-in of the last minutes, or that they have shown since that it is them
   * (OWASP ASVS 5.0, V7.5.2).
   * @throws AppError `proof_required`
   */
  async function recently(sessionId: string) {
    const found = await personOf(sessionId);
    const { provedAt, createdAt } = found.session;
    if (clock.now().getTime() - (provedAt ?? createdAt).getTime() <= FRESH_MS) return found;
    throw new AppError(
      "proof_required",
      "Show first that it is still you, by your password, a code of your app or a passkey, and repeat this; or sign out and in again.",
      { extensions: { ways: await waysOf(found), operation: "prove" } },
    );
  }

  /**
   * Before what can't be taken back for good: the password again, or a sign-in of the last minutes by who has none or comes
   * by an organisation's provider.
   * @throws AppError `invalid_credentials`, `second_factor_required`, `proof_required`
   */
  async function fresh(sessionId: string, password: string | undefined, client: Client) {
    const found = await personOf(sessionId);
    if (found.session.method !== "Sso" && found.passwordHash) return again(sessionId, password, client);
    return recently(sessionId);
  }

  return { whoIs, personOf, checkPassword, again, recently, fresh };
}

type Person = NonNullable<Awaited<ReturnType<typeof queries.findPersonOfSession>>>;

export const sessionEnded = () => new AppError("unauthenticated", "This session has ended: sign in again.");

export type Asks = ReturnType<typeof createAsks>;
