import { type Entry, type Found, isPiece, orProblem, type Piece } from "@/features/transfer/readers/entry";

export type Whole = Entry & Pick<Piece, "key" | "rawHash" | "aliases">;

/** What a reader found, read to its end. */
export const readWhole = async (found: Found): Promise<Whole | Exclude<Found, Piece>> => {
  if (!isPiece(found)) return found;
  const { key, rawHash, aliases } = found;
  return orProblem(key, () => ({ ...found.read(), key, rawHash, aliases }));
};
