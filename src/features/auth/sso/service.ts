import type { WorkspaceTx } from "@/db/client";
import { record } from "@/features/audit";
import { sqlState } from "@/http/problem";
import type { Actor } from "@/platform/actor";
import type { Clock } from "@/platform/clock";
import { AppError } from "@/platform/errors";
import { newToken } from "@/platform/secrets";
import { requireAdmin } from "../policy/policy";
import type { WriteSamlInput, WriteSsoInput } from "./contract";
import type { Oidc } from "./oidc";
import * as queries from "./queries";
import { describeCertificate } from "./saml/keys";
import { checked, readMetadata } from "./saml/metadata";
import type { SamlService } from "./saml/service";

type Tx = WorkspaceTx;
export type Deps = {
  oidc: Oidc;
  saml: SamlService;
  clock: Clock;
  /** Of ours, newest first: looked up before a transaction, since they are read by identity's own log-in. */
  certificates?: readonly string[];
  /** The TXT records of a name; throws where there are none. */
  resolveTxt: (name: string) => Promise<string[][]>;
};

const noSuchDomain = () => new AppError("not_found", "There is no such domain in this workspace.");
const subject = (actor: Actor) => ({ subjectType: "workspace", subjectId: actor.workspaceId });

type DomainRow = Awaited<ReturnType<typeof queries.listDomains>>[number];
const presentDomain = ({ token, ...row }: DomainRow) => ({
  ...row,
  recordName: `_contentos.${row.domain}`,
  recordValue: `contentos-domain=${token}`,
});

export async function getSso(tx: Tx, actor: Actor, { oidc, saml, certificates: ours = [] }: Deps) {
  requireAdmin(actor);
  const found = await queries.readConnection(tx);
  const { sealedSecret: _, certificates, ...connection } = found ?? {};
  const domains = (await queries.listDomains(tx)).map(presentDomain);
  const { entityId, ...addresses } = saml.here(actor.workspaceId);
  return {
    connection: found
      ? {
          ...(connection as Omit<typeof found, "sealedSecret" | "certificates">),
          certificates: certificates!.map(describeCertificate),
        }
      : null,
    domains,
    redirectUri: oidc.redirectUri,
    // The name is the address at which it is described, as is usual.
    saml: {
      entityId,
      ...addresses,
      metadataUrl: entityId,
      certificates: ours.map((pem) => ({ ...describeCertificate(pem), pem })),
    },
  };
}

/** What a provider is asked with, before it is kept: outside the transaction that keeps it. */
export async function secretFor(tx: Tx, actor: Actor, { clientSecret }: WriteSsoInput, { oidc }: Deps) {
  requireAdmin(actor);
  if (clientSecret) return clientSecret;
  const found = await queries.readConnection(tx);
  if (!found?.sealedSecret)
    throw new AppError("invalid_request", "The provider's client secret is missing.", {
      issues: [{ path: "clientSecret", message: "Give the secret that the provider made.", rule: "required" }],
    });
  return oidc.openSecret(actor.workspaceId, found.sealedSecret);
}

export async function writeSso(
  tx: Tx,
  actor: Actor,
  { clientSecret: _, ...input }: WriteSsoInput,
  secret: string,
  deps: Deps,
) {
  requireAdmin(actor);
  await queries.writeConnection(tx, { ...input, sealedSecret: deps.oidc.sealSecret(actor.workspaceId, secret) });
  const detail = { issuer: input.issuer, defaultRole: input.defaultRole };
  await record(tx, actor, { action: "auth.sso_changed", ...subject(actor), detail });
  return getSso(tx, actor, deps);
}

export async function writeSaml(tx: Tx, actor: Actor, input: WriteSamlInput, deps: Deps) {
  requireAdmin(actor);
  const { metadata, entityId, ssoUrl, sloUrl, certificates, idpInitiated, defaultRole } = input;
  const described =
    metadata === undefined
      ? checked({
          entityId: entityId ?? "",
          ssoUrl: ssoUrl ?? "",
          sloUrl: sloUrl ?? null,
          certificates: certificates ?? [],
        })
      : readMetadata(metadata);
  const { entityId: issuer, ...provider } = described;
  await queries.writeConnection(tx, { protocol: "Saml", issuer, ...provider, idpInitiated, defaultRole });
  const detail = { protocol: "Saml", issuer, defaultRole, idpInitiated };
  await record(tx, actor, { action: "auth.sso_changed", ...subject(actor), detail });
  return getSso(tx, actor, deps);
}

export async function removeSso(tx: Tx, actor: Actor) {
  requireAdmin(actor);
  if (!(await queries.removeConnection(tx)))
    throw new AppError("not_found", "No single sign-on is set up in this workspace.");
  await record(tx, actor, { action: "auth.sso_removed", ...subject(actor) });
}

export async function addSsoDomain(tx: Tx, actor: Actor, { domain }: { domain: string }) {
  requireAdmin(actor);
  const row = await queries.insertDomain(tx, { domain, token: newToken(16) });
  if (!row) throw new AppError("conflict", "This domain is in the list already.");
  await record(tx, actor, { action: "auth.sso_domain_added", ...subject(actor), detail: { domain } });
  return presentDomain(row);
}

export async function findSsoDomain(tx: Tx, actor: Actor, domainId: string) {
  requireAdmin(actor);
  const row = await queries.findDomain(tx, domainId);
  if (!row) throw noSuchDomain();
  return presentDomain(row);
}

/** Outside a transaction, since name servers take their time. */
export async function lookForRecord({ recordName, recordValue }: ReturnType<typeof presentDomain>, deps: Deps) {
  const records = await deps.resolveTxt(recordName).catch(() => []);
  if (!records.some((parts) => parts.join("") === recordValue))
    throw new AppError(
      "domain_not_verified",
      `There is no TXT record ${recordName} with this value as yet: set it, wait until it is seen, and try again.`,
    );
}

export async function verifySsoDomain(tx: Tx, actor: Actor, domainId: string, { clock }: Deps) {
  requireAdmin(actor);
  const row = await queries.changeDomain(tx, domainId, { verifiedAt: clock.now() }).catch((raised: unknown) => {
    if (sqlState(raised) === "CO409")
      throw new AppError("domain_taken", "Another workspace speaks for this domain: have it removed there first.");
    throw raised;
  });
  if (!row) throw noSuchDomain();
  await record(tx, actor, { action: "auth.sso_domain_verified", ...subject(actor), detail: { domain: row.domain } });
  return presentDomain(row);
}

export async function removeSsoDomain(tx: Tx, actor: Actor, domainId: string) {
  requireAdmin(actor);
  const row = await queries.changeDomain(tx, domainId, { removedAt: new Date() });
  if (!row) throw noSuchDomain();
  await record(tx, actor, { action: "auth.sso_domain_removed", ...subject(actor), detail: { domain: row.domain } });
}
