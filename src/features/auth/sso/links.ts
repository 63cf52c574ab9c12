import { AppError } from "@/platform/errors";
import type { Ground } from "../ground";
import * as queries from "./queries";

/** Whom a provider says it has before it. */
export type Claimed = { providerId: string; subject: string; email: string; name: string };

/**
 * The account that a provider's word stands for. An account is linked by its address, and only where both sides have
 * proved it: else whoever signs up with another's address would wait for them behind it.
 */
export function createLinks({ db }: Pick<Ground, "db">) {
  const link = ({ providerId, subject, email, name }: Claimed) =>
    db.transaction(async (tx) => {
      await queries.insertPerson(tx, { email, name });
      const person = (await queries.lockPerson(tx, email))!;
      if (!person.emailVerified) return undefined;
      await queries.insertLink(tx, { userId: person.id, providerId, accountId: subject });
      return queries.findLinked(tx, providerId, subject);
    });

  return {
    /** @throws AppError `sso_refused` */
    async personOf(claimed: Claimed) {
      const known = await queries.findLinked(db, claimed.providerId, claimed.subject);
      const person = known ?? (await link(claimed));
      if (!person)
        throw new AppError(
          "sso_refused",
          "There is an account with this address, and nobody has confirmed the address yet: sign in with its password, confirm it, and try again.",
        );
      return person;
    },
    unlink: (providerId: string, subject: string) =>
      db.transaction((tx) => queries.removeLink(tx, providerId, subject)),
  };
}

export type Links = ReturnType<typeof createLinks>;
