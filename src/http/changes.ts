import { AppError } from "@/platform/errors";
import { constraintOf } from "./problem";

/** A unique name that is taken, told as such. */
export const whereNameIsFree = <T>(work: Promise<T>, constraint: string, sentence: string): Promise<T> =>
  work.catch((raised: unknown) => {
    throw constraintOf(raised) === constraint
      ? new AppError("conflict", sentence, { cause: raised, reason: "name_taken" })
      : raised;
  });

/**
 * A change that is based on an older state overwrites nothing.
 *
 * @param current what the answer tells of the newer state
 * @throws AppError `version_conflict`
 */
export function requireUnchanged(
  { updatedAt }: { updatedAt: Date },
  baseUpdatedAt: string | undefined,
  what: string,
  current: Record<string, unknown>,
) {
  if (baseUpdatedAt === undefined || Date.parse(baseUpdatedAt) === updatedAt.getTime()) return;
  throw new AppError("version_conflict", `This ${what} was changed meanwhile: merge with it and save again.`, {
    extensions: { current: { ...current, updatedAt: updatedAt.toISOString() } },
  });
}
