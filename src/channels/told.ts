import { z } from "zod";

const LONGEST_REASON = 300;

/** Where a server says that something is, as far as a person can be sent there; else undefined. */
export const ToldAddress = z
  .url({ protocol: /^https?$/ })
  .max(2_000)
  .optional()
  .catch(undefined);

export const ToldText = z.string().optional().catch(undefined);

/** A server's own words for why, as many as a person reads. */
export const reasonOf = (told: string): string => told.slice(0, LONGEST_REASON).toWellFormed();

/** What an account is shown as: the first of these that is something. */
export const nameOf = (...told: (string | undefined)[]): string =>
  (told.find((name) => name?.trim()) ?? "").trim().slice(0, 120).toWellFormed();
