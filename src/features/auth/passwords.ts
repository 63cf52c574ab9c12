import { setTimeout as delay } from "node:timers/promises";
import { AppError } from "@/platform/errors";
import { refuseCommon } from "./common-passwords";
import type { ChangePasswordInput, ResetPasswordInput } from "./contract";
import type { Ground } from "./ground";
import { type Credentials, hashPassword } from "./identity";
import * as queries from "./queries";
import type { Client } from "./sessions";

/** Longer than a known address takes, so that time does not tell, in ms. */
const FORGOT_MS = 250;

/** New passwords, by a mail's link or in place of the current one. */
export const createPasswords = ({ db, asks }: Ground, credentials: Credentials) => ({
  async forgotPassword(email: string) {
    await Promise.all([credentials.requestReset(email), delay(FORGOT_MS)]);
  },

  /** Whose it is, the link's token tells only as it is used: what is common for everybody is refused. */
  async resetPassword({ token, password }: ResetPasswordInput) {
    await refuseCommon(password, "password", { email: "", name: "" });
    await credentials.resetPassword(token, password);
  },

  async changePassword(sessionId: string, { currentPassword, newPassword }: ChangePasswordInput, client: Client) {
    const found = await asks.personOf(sessionId);
    const { user, passwordHash } = found;
    await asks.checkPassword(found, currentPassword, client);
    await refuseCommon(newPassword, "newPassword", user);
    const replacement = await hashPassword(newPassword);
    await db.transaction(async (tx) => {
      if (!(await queries.replacePassword(tx, user.id, passwordHash ?? "", replacement))) {
        throw new AppError("conflict", "Your password was just changed elsewhere: sign in with the new one.");
      }
      await queries.removeOtherSessions(tx, user.id, sessionId);
    });
  },
});
