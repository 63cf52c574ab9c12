import { desc, eq, sql } from "drizzle-orm";
import type { PersonTx } from "@/db/client";
import { privacyChoices } from "@/db/schema/privacy";

const own = sql`(select app.person_id())`;

/** The newest first; what was before is there as evidence. */
export const listChoices = (tx: PersonTx, limit = 1) =>
  tx
    .select({ optedOut: privacyChoices.optedOut, madeBy: privacyChoices.madeBy, madeAt: privacyChoices.madeAt })
    .from(privacyChoices)
    .where(eq(privacyChoices.userId, own))
    .orderBy(desc(privacyChoices.madeAt), desc(privacyChoices.id))
    .limit(limit);

type NewChoice = Pick<typeof privacyChoices.$inferInsert, "optedOut" | "madeBy">;
export const insertChoice = (tx: PersonTx, choice: NewChoice) => tx.insert(privacyChoices).values(choice);
