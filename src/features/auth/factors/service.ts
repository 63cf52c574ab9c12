import { AppError } from "@/platform/errors";
import { hashToken, type Keyring } from "@/platform/secrets";
import type { Ground } from "../ground";
import * as shared from "../queries";
import { openAlone, sealAlone } from "../sealed";
import type { Admit, Client } from "../sessions";
import * as queries from "./queries";
import { describeSecret, newRecoveryCodes, newSecret, spelledOut, stepOf } from "./totp";

/** What came along with a password or a provider's word. */
export type Shown = { totp?: string | undefined; recoveryCode?: string | undefined };

/** A code of an authenticator app beside the password, and recovery codes for who has lost it. */
export function createFactors({ db, clock, attempts, asks }: Ground, keyring: Keyring) {
  /** True for a code of this time that was not shown before. */
  async function takesTotp(tx: shared.AuthTx, totp: queries.Totp, code: string) {
    const secret = openAlone(keyring, totp.sealedSecret, purpose(totp.userId));
    const step = stepOf(secret, code, clock.now());
    if (step === undefined || step <= totp.lastStep) return false;
    await queries.keepStep(tx, totp.userId, step);
    return true;
  }

  const takes = (tx: shared.AuthTx, totp: queries.Totp, { totp: code, recoveryCode }: Shown) =>
    code === undefined
      ? queries.spendRecoveryCode(tx, totp.userId, hashOf(recoveryCode ?? ""), clock.now())
      : takesTotp(tx, totp, code);

  /** Asked of everybody who has turned it on, whatever their request says. */
  const admit =
    (shown: Shown): Admit =>
    async (tx, userId) => {
      const totp = await queries.lockTotp(tx, userId);
      if (!totp) return { secondFactor: false };
      if (shown.totp === undefined && shown.recoveryCode === undefined) return totpRequired();
      const forget = await attempts.begin(["second factor", userId], tx);
      if (!(await takes(tx, totp, shown))) return totpInvalid();
      await forget();
      return { secondFactor: true };
    };

  async function newCodes(tx: shared.AuthTx, userId: string) {
    const recoveryCodes = newRecoveryCodes();
    await queries.replaceRecoveryCodes(tx, userId, recoveryCodes.map(hashOf));
    return { recoveryCodes };
  }

  return {
    admit,

    /** @throws AppError `totp_invalid`, `totp_off`, `rate_limited` */
    async check(userId: string, code: string) {
      const refusal = await db.transaction(async (tx) => {
        const totp = await queries.lockTotp(tx, userId);
        if (!totp) return totpOff();
        const forget = await attempts.begin(["second factor", userId], tx);
        if (!(await takesTotp(tx, totp, code))) return totpInvalid();
        await forget();
        return undefined;
      });
      if (refusal) throw refusal;
    },

    async getSecondFactor(sessionId: string) {
      const { user } = await asks.personOf(sessionId);
      const [totp, recoveryCodesLeft] = await Promise.all([
        queries.findTotp(db, user.id),
        queries.countRecoveryCodes(db, user.id),
      ]);
      return { enabled: totp !== undefined, since: totp?.confirmedAt ?? null, recoveryCodesLeft };
    },

    async startTotp(sessionId: string, password: string | undefined, client: Client) {
      const { user } = await asks.again(sessionId, password, client);
      const secret = newSecret();
      const sealedSecret = sealAlone(keyring, secret, purpose(user.id));
      if (!(await queries.beginTotp(db, { userId: user.id, sealedSecret, createdAt: clock.now() })))
        throw new AppError("totp_on", "Your second factor is on already: turn it off first to set up another app.");
      return describeSecret(secret, user.email);
    },

    /** Who had only the password until now is out. */
    async confirmTotp(sessionId: string, code: string) {
      const { user } = await asks.personOf(sessionId);
      const outcome = await db.transaction(async (tx) => {
        const pending = await queries.lockPending(tx, user.id);
        if (!pending) return new AppError("totp_off", "There is nothing to confirm: begin to set up an app first.");
        const forget = await attempts.begin(["second factor", user.id], tx);
        const secret = openAlone(keyring, pending.sealedSecret, purpose(user.id));
        const step = stepOf(secret, code, clock.now());
        if (step === undefined) return totpInvalid();
        await forget();
        await queries.confirmTotp(tx, user.id, clock.now(), step);
        await shared.removeOtherSessions(tx, user.id, sessionId);
        await queries.raiseSession(tx, sessionId);
        return newCodes(tx, user.id);
      });
      if (outcome instanceof AppError) throw outcome;
      return outcome;
    },

    async disableTotp(sessionId: string, password: string | undefined, client: Client) {
      const { user } = await asks.again(sessionId, password, client);
      await db.transaction(async (tx) => {
        if (!(await queries.removeTotp(tx, user.id))) throw totpOff();
        await queries.lowerSessions(tx, user.id);
      });
    },

    async renewRecoveryCodes(sessionId: string, password: string | undefined, client: Client) {
      const { user } = await asks.again(sessionId, password, client);
      return db.transaction(async (tx) => {
        if (!(await queries.lockTotp(tx, user.id))) throw totpOff();
        return newCodes(tx, user.id);
      });
    },
  };
}

export type Factors = ReturnType<typeof createFactors>;

const purpose = (userId: string) => ["totp", userId];
const hashOf = (code: string) => hashToken(`recovery code ${spelledOut(code)}`);

const totpRequired = () =>
  new AppError("totp_required", "A second factor is on: send the code of your authenticator app as totp as well.");
const totpInvalid = () =>
  new AppError("totp_invalid", "This code is wrong, too old or was used before: wait for the next one.");
const totpOff = () => new AppError("totp_off", "Your second factor is off.");
