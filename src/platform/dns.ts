import { Resolver } from "node:dns/promises";

/**
 * The texts at a name, each whole. Empty where DNS says that there are none; null where it gave no answer, so that
 * nothing is known.
 */
export type LookUpTexts = (name: string) => Promise<string[] | null>;

type Options = {
  /** Such as 9.9.9.9 or 127.0.0.1:5353; the machine's own where there are none. */
  servers: readonly string[];
  timeoutMs?: number;
};

/** What DNS answers where there is no such name, or none of this kind at it. */
const NOTHING = new Set(["ENOTFOUND", "ENODATA"]);

export function createTextLookup({ servers, timeoutMs = 3_000 }: Options): LookUpTexts {
  return async (name) => {
    const resolver = new Resolver({ timeout: timeoutMs, tries: 2 });
    if (servers.length > 0) resolver.setServers([...servers]);
    try {
      const records = await resolver.resolveTxt(name);
      // A long text comes in pieces of 255.
      return records.map((pieces) => pieces.join("").trim());
    } catch (error) {
      return NOTHING.has(String((error as NodeJS.ErrnoException).code)) ? [] : null;
    }
  };
}
