import { type CryptoKey, calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK } from "jose";
import type { Clock } from "@/platform/clock";
import type { Keyring } from "@/platform/secrets";
import * as queries from "./queries";
import { openAlone, sealAlone } from "./sealed";

export const ALGORITHM = "EdDSA";

/** How long a process may go on with the keys it knows, in ms: before it signs, and before it verifies. */
const SIGN_WITHIN_MS = 10_000;
const VERIFY_WITHIN_MS = 60_000;
/** A token that names an unknown key makes us look, but no oftener than this, in ms. */
const UNKNOWN_WITHIN_MS = 2_000;

type Loaded = { kid: string; retiredAt: Date | null; publicJwk: JWK; publicKey: CryptoKey; sealed: Buffer };
type State = { at: number; keys: Map<string, Loaded>; signer: { kid: string; key: CryptoKey } | undefined };

type Options = { db: queries.AuthDb; keyring: Keyring; clock: Clock /** In ms. */; tokenLifeMs: number };

/** Ed25519 keys in the database, their private halves sealed by the master secret. Made on first use. */
export function createSigningKeys({ db, keyring, clock, tokenLifeMs }: Options) {
  let state: State | undefined;
  let loading: Promise<State> | undefined;

  /** The last token of a retired key was signed by a process that had yet to hear of it. */
  const stillVerifies = () => new Date(clock.now().getTime() - tokenLifeMs - SIGN_WITHIN_MS);

  async function load(): Promise<State> {
    const at = clock.now().getTime();
    const rows = await queries.findSigningKeys(db, stillVerifies());
    const known = state?.keys;
    const keys = await Promise.all(
      rows.map(async ({ kid, retiredAt, publicJwk, sealedPrivateJwk }) => {
        const publicKey = known?.get(kid)?.publicKey ?? (await importKey(publicJwk));
        return [kid, { kid, retiredAt, publicJwk, publicKey, sealed: sealedPrivateJwk }] as const;
      }),
    );
    state = { at, keys: new Map(keys), signer: state?.signer };
    return state;
  }

  async function fresh(withinMs: number): Promise<State> {
    if (state && Math.abs(clock.now().getTime() - state.at) < withinMs) return state;
    loading ??= load().finally(() => {
      loading = undefined;
    });
    return loading;
  }

  const activeOf = ({ keys }: State) => [...keys.values()].find(({ retiredAt }) => retiredAt === null);

  async function make(tx: queries.AuthTx) {
    const pair = await generateKeyPair(ALGORITHM, { crv: "Ed25519", extractable: true });
    const publicJwk = await exportJWK(pair.publicKey);
    const kid = await calculateJwkThumbprint(publicJwk);
    const privateJwk = Buffer.from(JSON.stringify(await exportJWK(pair.privateKey)));
    await queries.insertSigningKey(tx, {
      kid,
      publicJwk: publicJwk as Record<string, unknown>,
      sealedPrivateJwk: sealAlone(keyring, privateJwk, purpose(kid)),
      createdAt: clock.now(),
    });
  }

  const unseal = ({ kid, sealed }: Loaded) => JSON.parse(openAlone(keyring, sealed, purpose(kid)).toString()) as JWK;

  async function makeFirst() {
    await db.transaction(async (tx) => {
      await queries.lockSigningKeys(tx);
      const keys = await queries.findSigningKeys(tx, stillVerifies());
      if (keys.every(({ retiredAt }) => retiredAt !== null)) await make(tx);
    });
    return load();
  }

  return {
    async signer() {
      let now = await fresh(SIGN_WITHIN_MS);
      if (!activeOf(now)) now = await makeFirst();
      const active = activeOf(now);
      if (!active) throw new Error("There is no signing key, though one was just made");
      if (now.signer?.kid !== active.kid) {
        now.signer = { kid: active.kid, key: await importKey(unseal(active)) };
      }
      return now.signer;
    },

    async verifier(kid: string) {
      const key = (await fresh(VERIFY_WITHIN_MS)).keys.get(kid) ?? (await fresh(UNKNOWN_WITHIN_MS)).keys.get(kid);
      const over = key?.retiredAt && key.retiredAt <= stillVerifies();
      return over ? undefined : key?.publicKey;
    },

    async jwks() {
      const now = await fresh(SIGN_WITHIN_MS);
      const { keys } = activeOf(now) ? now : await makeFirst();
      return [...keys.values()].map(published);
    },

    async everPublished() {
      return (await queries.findSigningKeys(db, new Date(0))).map(published);
    },

    /** New tokens are signed by a new key; the old one verifies until its last token has ended. */
    async rotate() {
      await db.transaction(async (tx) => {
        await queries.lockSigningKeys(tx);
        await queries.retireSigningKeys(tx, clock.now());
        await make(tx);
      });
      await load();
    },
  };
}

export type SigningKeys = ReturnType<typeof createSigningKeys>;

const published = ({ kid, publicJwk }: Pick<Loaded, "kid" | "publicJwk">) => ({
  ...publicJwk,
  kid,
  alg: ALGORITHM,
  use: "sig",
});
const purpose = (kid: string) => ["auth signing key", kid];
const importKey = async (jwk: JWK) => (await importJWK(jwk, ALGORITHM)) as CryptoKey;
