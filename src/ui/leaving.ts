/**
 * What a person leaves in this browser when they sign out: words that the server does not have yet are sent or asked about
 * first, and then all of it goes (OWASP ASVS 5.0, V14.3.1).
 */

type Keep = () => Promise<unknown>;
const keeping = new Set<Keep>();

/** Whoever is open and has words sends them before somebody leaves. Answers how to be asked no more. */
export function beforeLeaving(keep: Keep): () => void {
  keeping.add(keep);
  return () => void keeping.delete(keep);
}

/** How long a server that does not answer is waited for, in ms. */
const LONGEST_MS = 4_000;

type Kept = { local: Storage; session: Storage };
const here = (): Kept => ({ local: window.localStorage, session: window.sessionStorage });

/** How the names begin of what is a person's own: of one account here, of whoever has this tab there. */
const wordsOf = (userId: string) => `contentos.words.${userId}.`;
const PARTS = "contentos.parts ";
const IMPORTS = "contentos.import.";

const namesIn = (storage: Storage, start: string) =>
  Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? "").filter((name) =>
    name.startsWith(start),
  );

/** How many texts are in this browser alone, once all that can be sent is sent. */
export async function unsentWords(
  userId: string,
  { local, session } = here(),
  longestMs = LONGEST_MS,
): Promise<number> {
  const waited = new Promise((done) => setTimeout(done, longestMs));
  await Promise.race([Promise.allSettled([...keeping].map((keep) => keep())), waited]);
  const words = namesIn(local, wordsOf(userId)).filter((name) => !isSent(local.getItem(name)));
  return words.length + namesIn(session, PARTS).length;
}

function isSent(copy: string | null): boolean {
  try {
    return (JSON.parse(copy ?? "null") as { sent?: boolean } | null)?.sent === true;
  } catch {
    return false;
  }
}

/** Of this person; another one's words, and what is nobody's, such as the language, stay. */
export function forgetPerson(userId: string, { local, session } = here()): void {
  for (const name of namesIn(local, wordsOf(userId))) local.removeItem(name);
  for (const start of [PARTS, IMPORTS]) for (const name of namesIn(session, start)) session.removeItem(name);
}
