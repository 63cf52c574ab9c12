import { AppError } from "@/platform/errors";
import type { Credentials } from "./identity";
import * as queries from "./queries";
import type { Sessions } from "./sessions";

type Options = {
  db: queries.AuthDb;
  credentials: Credentials;
  sessions: Sessions;
  resetLink: (token: string) => string;
};

/** What whoever runs ContentOS does about people, by its command line. */
export function createOperator({ db, credentials, sessions, resetLink }: Options) {
  const find = (email: string) => queries.findByEmail(db, email.trim().toLowerCase());

  return {
    /** A link that works once, for an hour, where no mail can be sent. */
    async resetPasswordByOperator(email: string) {
      const known = await find(email);
      if (!known) throw new AppError("not_found", `There is no account with the address ${email}.`);
      const token = await credentials.createResetToken(known.userId);
      return { token, link: resetLink(token) };
    },

    /** For where no mail can be sent. */
    async verifyEmailByOperator(email: string) {
      const known = await find(email);
      return known !== undefined && queries.verifyEmail(db, known.userId, known.email);
    },

    /** Ends all sessions of the person and lets none begin. False where there is no such person. */
    suspend: (userId: string) => queries.suspendUser(db, userId),

    async suspendByOperator(email: string) {
      const known = await find(email);
      return known !== undefined && queries.suspendUser(db, known.userId);
    },

    /** A session for whoever runs ContentOS, to act as a person. */
    sessionByOperator: sessions.openByOperator,
  };
}
