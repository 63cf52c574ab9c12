import type { Factors } from "../factors/service";
import { FRESH_MS, type Ground } from "../ground";
import type { Passkeys } from "../passkeys/service";
import * as queries from "../queries";
import type { Client } from "../sessions";
import type { ProveInput } from "./contract";

/** By one thing that a thief of the session does not have, it counts as fresh again. */
export const createProving = (
  { db, clock, asks }: Ground,
  { factors, passkeys }: { factors: Factors; passkeys: Passkeys },
) => ({
  /** @throws AppError `invalid_credentials`, `totp_invalid`, `totp_off`, `passkey_invalid`, `rate_limited` */
  async prove(sessionId: string, { password, totp, passkey }: ProveInput, client: Client) {
    const found = await asks.personOf(sessionId);
    if (passkey) await passkeys.check(found.user.id, passkey);
    else if (totp !== undefined) await factors.check(found.user.id, totp);
    else await asks.checkPassword(found, password ?? "", client);
    const at = clock.now();
    await queries.proveSession(db, sessionId, at);
    return { until: new Date(at.getTime() + FRESH_MS) };
  },
});

export type Proving = ReturnType<typeof createProving>;
