import { createHash, createPrivateKey, webcrypto, X509Certificate } from "node:crypto";
import * as x509 from "@peculiar/x509";
import type { Clock } from "@/platform/clock";
import { newId } from "@/platform/ids";
import type { Keyring } from "@/platform/secrets";
import type { AuthDb, AuthTx } from "../../queries";
import { openAlone, sealAlone } from "../../sealed";
import * as queries from "./queries";

const RSA = {
  name: "RSASSA-PKCS1-v1_5",
  hash: "SHA-256",
  publicExponent: new Uint8Array([1, 0, 1]),
  modulusLength: 3072,
};
const YEAR_MS = 365 * 24 * 60 * 60 * 1000;
/** Providers compare the key, and mostly not the time; some refuse what has expired. */
const CERTIFICATE_MS = 10 * YEAR_MS;
/** How long a process may go on with the keys that it knows, in ms. */
const KNOWN_MS = 10_000;

type Row = Awaited<ReturnType<typeof queries.findKeys>>[number];
export type Signer = { privateKey: string; certificate: string };
type Options = { db: AuthDb; keyring: Keyring; clock: Clock; origin: string };

/**
 * The deployment's keys for SAML, made on first use: requests are signed by one, and assertions encrypted for it. They are
 * the deployment's, since metadata answer for any workspace's id alike.
 */
export function createSamlKeys({ db, keyring, clock, origin }: Options) {
  let known: { at: number; rows: Row[] } | undefined;

  async function live(): Promise<Row[]> {
    const now = clock.now();
    if (!known || Math.abs(now.getTime() - known.at) >= KNOWN_MS) {
      let rows = await queries.findKeys(db, now);
      if (rows.length === 0) rows = await makeFirst(now);
      known = { at: now.getTime(), rows };
    }
    return known.rows.filter(({ endsAt }) => endsAt === null || endsAt > now);
  }

  async function make(tx: AuthTx, signsFrom: Date) {
    const id = newId();
    const { privateKey, certificate } = await newSigner(new URL(origin).host, clock.now());
    const sealedPrivateKey = sealAlone(keyring, Buffer.from(privateKey), purpose(id));
    await queries.insertKey(tx, { id, certificate, sealedPrivateKey, signsFrom, createdAt: clock.now() });
  }

  /** One process at a time. */
  const makeFirst = (now: Date) =>
    db.transaction(async (tx) => {
      await queries.lockKeys(tx);
      if ((await queries.findKeys(tx, now)).length === 0) await make(tx, now);
      return queries.findKeys(tx, now);
    });

  const opened = ({ id, certificate, sealedPrivateKey }: Row): Signer => ({
    certificate,
    privateKey: openAlone(keyring, sealedPrivateKey, purpose(id)).toString(),
  });

  return {
    /** What requests are signed with: the newest whose time has come. */
    async signer() {
      const now = clock.now();
      const rows = await live();
      const signing = rows.find(({ signsFrom }) => signsFrom <= now) ?? rows.at(-1);
      if (!signing) throw new Error("There is no key for SAML, though one was just made");
      return opened(signing);
    },

    /** Whatever assertions may still be encrypted for. */
    openers: async () => (await live()).map((row) => opened(row).privateKey),

    /** Newest first: assertions are to be encrypted for the first, and requests may be signed by any. */
    certificates: async () => (await live()).map(({ certificate }) => certificate),

    /**
     * A new key is told at once, and signs after so many days; the one before it opens what is encrypted for it as long
     * again. @param days 0 where a key got into wrong hands: then the one before ends at once
     */
    async rotate(days: number) {
      const now = clock.now();
      const after = (times: number) => new Date(now.getTime() + times * days * 24 * 60 * 60 * 1000);
      await db.transaction(async (tx) => {
        await queries.lockKeys(tx);
        await queries.endKeys(tx, after(2));
        await queries.wipeKeys(tx, now);
        await make(tx, after(1));
      });
      known = undefined;
    },
  };
}

export type SamlKeys = ReturnType<typeof createSamlKeys>;

const purpose = (id: string) => ["saml key", id];

async function newSigner(host: string, now: Date): Promise<Signer> {
  const keys = (await webcrypto.subtle.generateKey(RSA, true, ["sign", "verify"])) as webcrypto.CryptoKeyPair;
  const certificate = await x509.X509CertificateGenerator.createSelfSigned(
    {
      name: [{ CN: [host.slice(0, 64)] }],
      keys: keys as never,
      notBefore: new Date(now.getTime() - 24 * 60 * 60 * 1000),
      notAfter: new Date(now.getTime() + CERTIFICATE_MS),
    },
    webcrypto as never,
  );
  const der = Buffer.from(await webcrypto.subtle.exportKey("pkcs8", keys.privateKey));
  return {
    privateKey: createPrivateKey({ key: der, format: "der", type: "pkcs8" })
      .export({ format: "pem", type: "pkcs8" })
      .toString(),
    certificate: certificate.toString("pem"),
  };
}

/** What people compare a certificate by. */
export function describeCertificate(pem: string) {
  const { raw, subject, validTo } = new X509Certificate(pem);
  return {
    fingerprint: createHash("sha256").update(raw).digest("hex"),
    subject: subject.replaceAll("\n", ", "),
    validUntil: new Date(validTo),
  };
}
