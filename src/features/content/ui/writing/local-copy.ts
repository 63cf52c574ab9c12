/** What somebody has written, based on a version. */
export type Words = { title: string; body: string; baseVersion: number };
/** As it is kept in this browser, whatever becomes of the network or the tab. */
export type LocalCopy = Words & {
  /** The draft that it follows, and whether the server has these very words. */
  draftVersion?: number | undefined;
  sent: boolean;
  /** RFC 3339, by this machine's clock. */
  at: string;
};

export type LocalCopies = {
  read: () => LocalCopy | undefined;
  write: (copy: LocalCopy) => void;
  drop: () => void;
};

const COPIES = "contentos.words.";
/** How long a copy that the server has is still of use: to a tab that was left open overnight. */
const SENT_MS = 24 * 60 * 60 * 1000;

/** Copies that the server has are not left on a machine that others may come to (OWASP ASVS 5.0, V14.3.3). */
export function forgetSent(storage: Storage, now: Date): void {
  const names = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? "");
  for (const name of names.filter((one) => one.startsWith(COPIES))) {
    const copy = parsed(storage.getItem(name));
    if (copy?.sent && Date.parse(copy.at) < now.getTime() - SENT_MS) storage.removeItem(name);
  }
}

function parsed(text: string | null): LocalCopy | null {
  try {
    return JSON.parse(text ?? "null");
  } catch {
    return null;
  }
}

/** A browser that keeps nothing, or is full, is no reason not to go on: the server has a draft as well. */
export function localCopies(userId: string, itemId: string, storage: Storage): LocalCopies {
  const name = `${COPIES}${userId}.${itemId}`;
  const tried = <T>(work: () => T): T | undefined => {
    try {
      return work();
    } catch {
      return undefined;
    }
  };
  return {
    read: () => tried(() => JSON.parse(storage.getItem(name) ?? "null") as LocalCopy | null) ?? undefined,
    write: (copy) => void tried(() => storage.setItem(name, JSON.stringify(copy))),
    drop: () => void tried(() => storage.removeItem(name)),
  };
}
