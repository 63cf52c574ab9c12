import { AppError } from "@/platform/errors";
import type { Ground } from "./ground";
import * as queries from "./queries";

/** Where somebody is signed in, and an end to it. */
export const createOwnSessions = ({ db, clock, asks }: Ground) => ({
  async listSessions(sessionId: string) {
    const { user } = await asks.personOf(sessionId);
    const live = await queries.findSessions(db, user.id, clock.now());
    return {
      items: live.map((session) => ({ ...session, current: session.id === sessionId })),
      nextCursor: null,
    };
  },

  /** @throws AppError `proof_required`: else a thief would shut their owner out */
  async endSession(sessionId: string, id: string) {
    const { user } = await (id === sessionId ? asks.personOf(id) : asks.recently(sessionId));
    if (!(await queries.removeSessionOf(db, user.id, id))) {
      throw new AppError("not_found", "There is no such thing here.");
    }
  },

  /** @throws AppError `proof_required` */
  async endOtherSessions(sessionId: string) {
    const { user } = await asks.recently(sessionId);
    await queries.removeOtherSessions(db, user.id, sessionId);
  },
});
