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

/** A browser that keeps nothing, or is full, is no reason not to go on: the server has a draft as well. */
export function localCopies(userId: string, itemId: string, storage: Storage): LocalCopies {
  const name = `contentos.words.${userId}.${itemId}`;
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
