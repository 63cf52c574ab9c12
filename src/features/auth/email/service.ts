import { AppError } from "@/platform/errors";
import type { Mailer } from "@/platform/mailer";
import { newToken } from "@/platform/secrets";
import type { Ground } from "../ground";
import { verificationMail } from "../mails";
import * as queries from "../queries";

/** How long a link that confirms an address works, in ms. */
const LINK_MS = 24 * 60 * 60 * 1000;
const PURPOSE = "verify-email";

type Options = {
  mailer: Mailer;
  /** Where people reach ContentOS, without a slash at the end. */
  origin: string;
  inBackground: (work: Promise<unknown>, failure: string) => void;
};
type Person = { id: string; email: string; name: string };

/** That an address is its owner's, shown by a link that was mailed to it. */
export function createEmails({ db, clock, asks }: Ground, { mailer, origin, inBackground }: Options) {
  async function deliver(user: Person) {
    const token = newToken();
    const at = clock.now();
    const value = JSON.stringify({ userId: user.id, email: user.email });
    await queries.keepOnce(db, { purpose: PURPOSE, token, value, at, expiresAt: new Date(at.getTime() + LINK_MS) });
    await mailer.send(verificationMail(user, `${origin}/verify-email#token=${token}`));
  }
  /** Not waited for: a mail server that is slow or away keeps nobody from signing up. */
  const send = (user: Person) => inBackground(deliver(user), "a mail to confirm an address was not sent");

  return {
    send,

    async sendVerification(sessionId: string) {
      const { user, emailVerified } = await asks.personOf(sessionId);
      if (!emailVerified) send(user);
    },

    /** @throws AppError `verification_token_invalid` */
    async verifyEmail(token: string) {
      const kept = await queries.takeOnce(db, PURPOSE, token, clock.now());
      const { userId, email } = JSON.parse(kept ?? "{}") as { userId?: string; email?: string };
      if (!userId || !email || !(await queries.verifyEmail(db, userId, email)))
        throw new AppError(
          "verification_token_invalid",
          "This link was used, or is too old: sign in, and ask for a new one.",
        );
    },
  };
}
