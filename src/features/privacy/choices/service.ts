import type { PersonTx } from "@/db/client";
import { hasOptOutCookie, hasSignal } from "@/platform/privacy-signal";
import * as queries from "./queries";

type Header = (name: string) => string | undefined;
type Kept = Awaited<ReturnType<typeof queries.listChoices>>[number];

/** What is known of a choice here; the strictest of it holds. */
export function choiceOf(header: Header, account: Kept | undefined, cookie = hasOptOutCookie(header)) {
  const signal = hasSignal(header);
  return { optedOut: signal || cookie || (account?.optedOut ?? false), signal, cookie, account: account ?? null };
}

export const readChoice = async (tx: PersonTx): Promise<Kept | undefined> => (await queries.listChoices(tx))[0];

/** Written down where it is another than before. */
export async function keepChoice(tx: PersonTx, optedOut: boolean, header: Header): Promise<Kept | undefined> {
  const before = await readChoice(tx);
  if (before?.optedOut === optedOut) return before;
  await queries.insertChoice(tx, { optedOut, madeBy: optedOut && hasSignal(header) ? "Signal" : "Person" });
  return readChoice(tx);
}
