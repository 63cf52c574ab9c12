import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";
import { AppError } from "@/platform/errors";
import * as factors from "../factors/queries";
import type { Ground } from "../ground";
import * as shared from "../queries";
import type { Client } from "../sessions";
import type { AssertionInput, LogInInput, RegisterInput } from "./contract";
import * as queries from "./queries";

/** How long a challenge is good, in ms. */
const CHALLENGE_MS = 5 * 60 * 1000;
const REGISTER = "passkey-register";
const LOGIN = "passkey-login";

/** Passkeys (Web Authentication), whose challenges are ours, kept here and good once. */
export function createPasskeys({ db, clock, sessions, asks }: Ground, { origin }: { origin: string }) {
  /** Browsers bind a passkey to this name: on another address it isn't offered. */
  const rpId = new URL(origin).hostname;
  const expectedOrigin = new URL(origin).origin;

  async function keep(purpose: string, challenge: string, value = "") {
    const at = clock.now();
    const expiresAt = new Date(at.getTime() + CHALLENGE_MS);
    await shared.keepOnce(db, { purpose, token: challenge, value, at, expiresAt });
  }

  const expected = { expectedOrigin, expectedRPID: rpId, requireUserVerification: true } as const;

  const assert = createAssert({ db, clock }, expected);

  return {
    async listPasskeys(sessionId: string) {
      const { user } = await asks.personOf(sessionId);
      return { items: await queries.findPasskeys(db, user.id), nextCursor: null };
    },

    async startPasskey(sessionId: string, password: string | undefined, client: Client) {
      const { user } = await asks.again(sessionId, password, client);
      const known = await queries.findPasskeys(db, user.id);
      const options = await generateRegistrationOptions({
        rpID: rpId,
        rpName: "ContentOS",
        userName: user.email,
        userDisplayName: user.name,
        userID: new Uint8Array(Buffer.from(user.id)),
        attestationType: "none",
        excludeCredentials: known.map(({ credentialId }) => ({ id: credentialId })),
        authenticatorSelection: { residentKey: "required", userVerification: "required" },
        timeout: CHALLENGE_MS,
      });
      // For the session that asked its person again, and no other.
      await keep(REGISTER, options.challenge, sessionId);
      return options;
    },

    /** @throws AppError `passkey_invalid`, `conflict` */
    async registerPasskey(sessionId: string, { name, credential }: RegisterInput) {
      const { user } = await asks.personOf(sessionId);
      const { registrationInfo } = await verified(
        verifyRegistrationResponse({
          ...expected,
          response: credential as never,
          expectedChallenge: async (challenge) =>
            (await shared.takeOnce(db, REGISTER, challenge, clock.now())) === sessionId,
        }),
      );
      if (!registrationInfo) throw passkeyInvalid();
      const { credential: made, credentialBackedUp } = registrationInfo;
      const kept = await queries.insertPasskey(db, {
        userId: user.id,
        name,
        credentialId: made.id,
        publicKey: Buffer.from(made.publicKey),
        counter: made.counter,
        transports: credential.response.transports ?? [],
        synced: credentialBackedUp,
        createdAt: clock.now(),
      });
      if (!kept) throw new AppError("conflict", "This passkey is registered already: use another one.");
      // Whoever holds it was asked for their password and for a finger or a PIN just now.
      await factors.raiseSession(db, sessionId);
      return kept;
    },

    /** @throws AppError `proof_required`, `not_found` */
    async removePasskey(sessionId: string, id: string) {
      const { user } = await asks.recently(sessionId);
      if (!(await queries.removePasskey(db, user.id, id)))
        throw new AppError("not_found", "There is no such thing here.");
    },

    /** The same for everybody: who it is, the passkey tells. */
    async startPasskeyLogin() {
      const options = await generateAuthenticationOptions({
        rpID: rpId,
        userVerification: "required",
        timeout: CHALLENGE_MS,
      });
      await keep(LOGIN, options.challenge);
      return options;
    },

    /** @throws AppError `passkey_invalid`, `account_suspended` */
    async loginWithPasskey({ credential }: LogInInput, client: Client) {
      const { passkey, authenticationInfo } = await assert(credential);
      return sessions.openFor(passkey.userId, client, {
        method: "Passkey",
        admit: async (tx) =>
          (await queries.touchPasskey(tx, passkey.id, authenticationInfo.newCounter, clock.now()))
            ? { secondFactor: true }
            : passkeyInvalid(),
      });
    },

    /** Whether it is this person's. @throws AppError `passkey_invalid` */
    async check(userId: string, credential: AssertionInput) {
      const { passkey, authenticationInfo } = await assert(credential);
      if (passkey.userId !== userId) throw passkeyInvalid();
      await db.transaction(async (tx) => {
        if (!(await queries.touchPasskey(tx, passkey.id, authenticationInfo.newCounter, clock.now())))
          throw passkeyInvalid();
      });
    },
  };
}

type Expected = { expectedOrigin: string; expectedRPID: string; requireUserVerification: true };

/** Whose passkey it is, by a challenge of ours that nobody has used. */
function createAssert({ db, clock }: Pick<Ground, "db" | "clock">, expected: Expected) {
  return async (credential: AssertionInput) => {
    const passkey = await queries.findByCredential(db, credential.id);
    if (!passkey) throw passkeyInvalid();
    const { authenticationInfo } = await verified(
      verifyAuthenticationResponse({
        ...expected,
        response: credential as never,
        expectedChallenge: async (challenge) =>
          (await shared.takeOnce(db, LOGIN, challenge, clock.now())) !== undefined,
        credential: { ...passkey, id: credential.id, publicKey: new Uint8Array(passkey.publicKey) },
      }),
    );
    return { passkey, authenticationInfo };
  };
}

/** Everything that the library throws means that what was sent is no answer to our challenge. */
async function verified<T extends { verified: boolean }>(verify: Promise<T>) {
  const outcome = await verify.catch((cause: unknown) => {
    throw passkeyInvalid(cause);
  });
  if (!outcome.verified) throw passkeyInvalid();
  return outcome;
}

export type Passkeys = ReturnType<typeof createPasskeys>;

const passkeyInvalid = (cause?: unknown) =>
  new AppError("passkey_invalid", "This passkey is not known here, or its answer is too old: try again.", { cause });
