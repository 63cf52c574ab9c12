import { and, eq, isNotNull, isNull, lte, sql } from "drizzle-orm";
import type { WorkspaceTx } from "@/db/client";
import {
  authAccounts,
  authSamlAssertions,
  authSessions,
  authSsoConnections,
  authSsoDomains,
  users,
} from "@/db/schema/auth";
import type { AuthDb, AuthTx } from "../queries";

/** Whom a provider knows by this subject. */
export const findLinked = async (db: AuthDb | AuthTx, providerId: string, accountId: string) =>
  (
    await db
      .select({ id: users.id, email: users.email })
      .from(authAccounts)
      .innerJoin(users, eq(users.id, authAccounts.userId))
      .where(and(eq(authAccounts.providerId, providerId), eq(authAccounts.accountId, accountId)))
  )[0];

export const lockPerson = async (tx: AuthTx, email: string) =>
  (
    await tx
      .select({ id: users.id, emailVerified: users.emailVerified })
      .from(users)
      .where(eq(users.email, email))
      .for("update")
  )[0];

/** Does nothing where somebody was faster with this address. */
export const insertPerson = (tx: AuthTx, row: { email: string; name: string }) =>
  tx
    .insert(users)
    .values({ ...row, emailVerified: true })
    .onConflictDoNothing();

export const insertLink = (tx: AuthTx, row: { userId: string; providerId: string; accountId: string }) =>
  tx.insert(authAccounts).values(row).onConflictDoNothing();

/** The provider has deleted them: they sign in by it no more, and are out. */
export async function removeLink(tx: AuthTx, providerId: string, accountId: string) {
  const [gone] = await tx
    .delete(authAccounts)
    .where(and(eq(authAccounts.providerId, providerId), eq(authAccounts.accountId, accountId)))
    .returning({ userId: authAccounts.userId });
  if (gone) await tx.delete(authSessions).where(eq(authSessions.userId, gone.userId));
}

const liveConnection = isNull(authSsoConnections.removedAt);
const provenDomain = and(isNotNull(authSsoDomains.verifiedAt), isNull(authSsoDomains.removedAt));
const connection = {
  id: authSsoConnections.id,
  workspaceId: authSsoConnections.workspaceId,
  protocol: authSsoConnections.protocol,
  issuer: authSsoConnections.issuer,
  clientId: authSsoConnections.clientId,
  sealedSecret: authSsoConnections.sealedSecret,
  ssoUrl: authSsoConnections.ssoUrl,
  sloUrl: authSsoConnections.sloUrl,
  certificates: authSsoConnections.certificates,
  idpInitiated: authSsoConnections.idpInitiated,
};

/** The provider that signs in whoever has an address there. */
export const findConnectionOf = async (db: AuthDb, domain: string) =>
  (
    await db
      .select(connection)
      .from(authSsoConnections)
      .innerJoin(authSsoDomains, eq(authSsoDomains.workspaceId, authSsoConnections.workspaceId))
      .where(and(liveConnection, provenDomain, eq(authSsoDomains.domain, domain)))
  )[0];

export const findConnection = async (db: AuthDb, id: string) =>
  (
    await db
      .select(connection)
      .from(authSsoConnections)
      .where(and(liveConnection, eq(authSsoConnections.id, id)))
  )[0];

export type Connection = NonNullable<Awaited<ReturnType<typeof findConnection>>>;

export const findSamlConnection = async (db: AuthDb, workspaceId: string) =>
  (
    await db
      .select(connection)
      .from(authSsoConnections)
      .where(
        and(liveConnection, eq(authSsoConnections.workspaceId, workspaceId), eq(authSsoConnections.protocol, "Saml")),
      )
  )[0];

/** False where it is known; those that could not be taken any more are swept out. */
export async function rememberAssertion(db: AuthDb, row: typeof authSamlAssertions.$inferInsert, at: Date) {
  await db.delete(authSamlAssertions).where(lte(authSamlAssertions.expiresAt, at));
  const added = await db
    .insert(authSamlAssertions)
    .values(row)
    .onConflictDoNothing()
    .returning({ key: authSamlAssertions.key });
  return added.length > 0;
}

export const speaksFor = async (db: AuthDb, workspaceId: string, domain: string) =>
  (
    await db
      .select({ id: authSsoDomains.id })
      .from(authSsoDomains)
      .where(and(provenDomain, eq(authSsoDomains.workspaceId, workspaceId), eq(authSsoDomains.domain, domain)))
  ).length > 0;

const shown = {
  protocol: authSsoConnections.protocol,
  issuer: authSsoConnections.issuer,
  clientId: authSsoConnections.clientId,
  ssoUrl: authSsoConnections.ssoUrl,
  sloUrl: authSsoConnections.sloUrl,
  certificates: authSsoConnections.certificates,
  idpInitiated: authSsoConnections.idpInitiated,
  defaultRole: authSsoConnections.defaultRole,
  updatedAt: authSsoConnections.updatedAt,
};
const domain = {
  id: authSsoDomains.id,
  domain: authSsoDomains.domain,
  token: authSsoDomains.token,
  verifiedAt: authSsoDomains.verifiedAt,
};

export const readConnection = async (tx: WorkspaceTx) =>
  (
    await tx
      .select({ ...shown, sealedSecret: authSsoConnections.sealedSecret })
      .from(authSsoConnections)
      .where(liveConnection)
  )[0];

export const listDomains = (tx: WorkspaceTx) =>
  tx.select(domain).from(authSsoDomains).where(isNull(authSsoDomains.removedAt)).orderBy(authSsoDomains.domain);

type Kept = typeof authSsoConnections.$inferInsert;
type NewConnection = Pick<Kept, "issuer" | "defaultRole"> &
  Partial<Pick<Kept, "protocol" | "clientId" | "sealedSecret" | "ssoUrl" | "sloUrl" | "certificates" | "idpInitiated">>;

/** A workspace has one provider. Another one is another connection, so that sessions of the one before end with it. */
export async function writeConnection(tx: WorkspaceTx, row: NewConnection) {
  const { protocol = "Oidc", issuer, clientId = null, certificates = [], ...changeable } = row;
  const before = await readConnection(tx);
  const isSame =
    before?.protocol === protocol &&
    before.issuer === issuer &&
    before.clientId === clientId &&
    before.certificates.join() === certificates.join();
  if (isSame) {
    await tx
      .update(authSsoConnections)
      .set({ ...changeable, updatedAt: sql`now()` })
      .where(liveConnection);
    return;
  }
  if (before) await removeConnection(tx);
  await tx.insert(authSsoConnections).values(row);
}

export const removeConnection = async (tx: WorkspaceTx) =>
  (
    await tx
      .update(authSsoConnections)
      .set({ removedAt: sql`now()` })
      .where(liveConnection)
      .returning({ id: authSsoConnections.id })
  ).length > 0;

/** Undefined where the workspace has it already. */
export const insertDomain = async (tx: WorkspaceTx, row: { domain: string; token: string }) =>
  (await tx.insert(authSsoDomains).values(row).onConflictDoNothing().returning(domain))[0];

export const findDomain = async (tx: WorkspaceTx, id: string) =>
  (
    await tx
      .select(domain)
      .from(authSsoDomains)
      .where(and(eq(authSsoDomains.id, id), isNull(authSsoDomains.removedAt)))
  )[0];

export const changeDomain = async (tx: WorkspaceTx, id: string, change: { verifiedAt: Date } | { removedAt: Date }) =>
  (
    await tx
      .update(authSsoDomains)
      .set(change)
      .where(and(eq(authSsoDomains.id, id), isNull(authSsoDomains.removedAt)))
      .returning(domain)
  )[0];
