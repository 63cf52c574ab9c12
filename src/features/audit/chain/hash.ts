import { canonicalHash } from "@/platform/canonical-json";

/** What the first seal of a workspace follows. */
export const GENESIS = "0".repeat(64);

type Seal = { sequence: number; kind: "Event" | "Change"; sealedAt: Date };

/**
 * The hash of a seal: over the seal before it, its own place and time, and every column of the row that it seals, as
 * canonical JSON (RFC 8785) in UTF-8. Whoever has the rows can make it anew without us.
 */
export const sealHash = (previous: string, { sequence, kind, sealedAt }: Seal, row: object): string =>
  canonicalHash({ previous, sequence, kind, sealedAt, row });

/** The same; null where the row holds what no row of ours can, such as a number beyond those of JSON. */
export function sealHashOrNull(...parts: Parameters<typeof sealHash>): string | null {
  try {
    return sealHash(...parts);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}
