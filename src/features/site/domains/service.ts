import type { Database, WorkspaceTx } from "@/db/client";
import { emit } from "@/db/outbox";
import { enqueue } from "@/db/queue";
import { readSite } from "@/db/scope";
import { record } from "@/features/audit";
import { constraintOf, sqlState } from "@/http/problem";
import type { Actor, AnyActor } from "@/platform/actor";
import { AppError } from "@/platform/errors";
import { hostNameOf, originAt } from "@/platform/host";
import { newToken } from "@/platform/secrets";
import { purgeSite } from "../purging";
import { brandingOf } from "../ui/branding";
import { brandImages } from "../ui/images";
import * as policy from "./policy";
import * as queries from "./queries";

type Tx = WorkspaceTx;
type Place = { publicUrl: string };
type Checked = { id: string; texts: string[] | null; now: Date };

/** A workspace has at most so many. */
const MAX_DOMAINS = 20;

const noSuchDomain = () => new AppError("not_found", "There is no such domain in this workspace.");
const taken = () =>
  new AppError(
    "domain_taken",
    "This domain is verified for another workspace, and its record is still there: take that record out of DNS first. It is free a day and a half later.",
  );

function requireManager(actor: AnyActor) {
  if (!policy.canManageDomains(actor))
    throw new AppError("forbidden", "Only Admins do this: ask one of your workspace.", { reason: "needs_admin" });
}

const present = (row: queries.DomainRow, { publicUrl }: Place) => ({
  ...row,
  primary: row.isPrimary,
  url: originAt(publicUrl, row.host),
  proof: { type: "TXT" as const, name: policy.recordName(row.host), value: policy.recordValue(row.token) },
  route: { type: "CNAME" as const, name: row.host, value: new URL(publicUrl).hostname },
});

export async function listDomains(tx: Tx, actor: Actor, place: Place) {
  requireManager(actor);
  return { items: (await queries.listDomains(tx)).map((row) => present(row, place)), nextCursor: null };
}

export async function addDomain(tx: Tx, actor: Actor, { host }: { host: string }, place: Place) {
  requireManager(actor);
  if (host === hostNameOf(new URL(place.publicUrl).hostname)) {
    const message = "This is where ContentOS itself is: name a host of your own.";
    throw new AppError("invalid_request", message, { issues: [{ path: "host", message, rule: "own_host" }] });
  }
  if ((await queries.lockDomains(tx)).length >= MAX_DOMAINS)
    throw new AppError("domain_limit", `A workspace has at most ${MAX_DOMAINS} domains: remove one that is not used.`);
  const inUse = () => new AppError("domain_taken", "This domain is in your list already.");
  if ((await queries.listDomains(tx)).some((row) => row.host === host)) throw inUse();
  if (await queries.isVerifiedAnywhere(tx, host)) throw taken();
  const row = await queries.insertDomain(tx, { host, token: newToken(), createdBy: actor.userId });
  if (!row) throw inUse();
  await tell(tx, actor, "domain_added", row);
  return present(row, place);
}

/** What is looked for in DNS, before the transaction that says what was found. */
export async function domainToVerify(tx: Tx, actor: Actor, { id }: { id: string }) {
  requireManager(actor);
  const row = await queries.findDomain(tx, id);
  if (!row) throw noSuchDomain();
  return { name: policy.recordName(row.host) };
}

export async function verifyDomain(tx: Tx, actor: Actor, checked: Checked, place: Place) {
  requireManager(actor);
  const row = await check(tx, actor, checked, "Person");
  if (!row) throw noSuchDomain();
  return present(row, place);
}

/** The name to look at for the daily check; undefined where nobody waits for it any more. */
export async function domainToWatch(tx: Tx, id: string): Promise<{ name: string } | undefined> {
  const row = await queries.findDomain(tx, id);
  return row?.status === "Verified" ? { name: policy.recordName(row.host) } : undefined;
}

export async function checkByClock(tx: Tx, actor: AnyActor, checked: Checked): Promise<void> {
  await check(tx, actor, checked, "Clock");
}

/** Says what was found, and what becomes of the domain by it. Undefined where it was removed meanwhile. */
async function check(tx: Tx, actor: AnyActor, { id, texts, now }: Checked, by: policy.Asker) {
  const before = (await queries.lockDomains(tx)).find((row) => row.id === id);
  // What was lost meanwhile is for a person to bring back.
  if (!before || (by === "Clock" && before.status !== "Verified")) return undefined;
  const finding = policy.findingOf(texts, before.token);
  const { status, failures } = policy.afterCheck(before, finding, by);
  const problem = finding === "Found" ? null : finding;
  const isPrimary = before.isPrimary && status === "Verified";
  const found = { checked: true, verified: status === "Verified" && before.status !== "Verified" };
  const row = await claiming(() => queries.updateDomain(tx, id, { status, failures, problem, isPrimary }, found));
  if (row.status === "Verified") await watch(tx, row, now);
  if (row.status === before.status) return row;
  await tell(tx, actor, row.status === "Verified" ? "domain_verified" : "domain_lost", row);
  return (await settle(tx, actor)).find((one) => one.id === id)!;
}

/** Two with a record of their own may ask at the same moment: the index lets one of them have the host. */
async function claiming<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (raised) {
    throw sqlState(raised) === "23505" && constraintOf(raised) === "site_domains_verified" ? taken() : raised;
  }
}

const watch = (tx: Tx, { id, failures, status }: queries.DomainRow, now: Date) =>
  enqueue(tx, {
    task: "site.check_domain",
    payload: { domainId: id },
    jobKey: `site.check_domain:${id}`,
    runAt: new Date(now.getTime() + policy.nextCheckMs({ failures, status })),
  });

/** As long as one is verified, one is primary; and caches forget what they had under the addresses before. */
async function settle(tx: Tx, actor: AnyActor): Promise<queries.DomainRow[]> {
  const rows = await queries.listDomains(tx);
  const heir = rows.some(({ isPrimary }) => isPrimary) ? undefined : rows.find(({ status }) => status === "Verified");
  await purgeSite(tx);
  if (!heir) return rows;
  await choose(tx, actor, heir);
  return queries.listDomains(tx);
}

async function choose(tx: Tx, actor: AnyActor, row: queries.DomainRow) {
  const chosen = await queries.updateDomain(tx, row.id, { isPrimary: true });
  await tell(tx, actor, "primary_domain_changed", row);
  return chosen;
}

export async function makeDomainPrimary(tx: Tx, actor: Actor, { id }: { id: string }, place: Place) {
  requireManager(actor);
  const rows = await queries.lockDomains(tx);
  const row = rows.find((one) => one.id === id);
  if (!row) throw noSuchDomain();
  if (row.status !== "Verified")
    throw new AppError(
      "domain_unverified",
      "Only a verified domain is the site's address: set its record, and check it first.",
    );
  if (row.isPrimary) return present(row, place);
  const before = rows.find(({ isPrimary }) => isPrimary);
  if (before) await queries.updateDomain(tx, before.id, { isPrimary: false });
  const chosen = await choose(tx, actor, row);
  await purgeSite(tx);
  return present(chosen, place);
}

export async function removeDomain(tx: Tx, actor: Actor, { id }: { id: string }) {
  requireManager(actor);
  const row = (await queries.lockDomains(tx)).find((one) => one.id === id);
  if (!row) throw noSuchDomain();
  await queries.updateDomain(tx, id, { isPrimary: false }, { removed: true });
  await tell(tx, actor, "domain_removed", row);
  await settle(tx, actor);
}

/** Answers the name as it is known. */
export async function askDomain(db: Database, { domain }: { domain: string }) {
  const host = hostNameOf(domain);
  if (!host || !(await queries.isVerified(db, host)))
    throw new AppError("not_found", "No workspace has verified this domain.");
  return { domain: host };
}

/** Whose site is at a host, as its visitors may know it. */
export async function getCurrentHost(db: Database, host: string | undefined, { publicUrl }: Place) {
  if (host === undefined) return { site: null };
  const site = await readSite(db, { host }, queries.readSiteFacts).catch((raised: unknown) => {
    if (sqlState(raised) === "CO404") return null;
    throw raised;
  });
  if (!site) return { site: null };
  const { logo = null, favicon = null } = brandImages(site, originAt(publicUrl, host));
  const { slug, name, language } = site;
  const primaryColor = brandingOf(site.branding).primaryColor ?? null;
  return { site: { slug, name, language, primaryColor, logoUrl: logo, faviconUrl: favicon } };
}

type Happening = "domain_added" | "domain_verified" | "domain_lost" | "domain_removed" | "primary_domain_changed";

async function tell(tx: Tx, actor: AnyActor, what: Happening, { id, host }: queries.DomainRow) {
  await record(tx, actor, { action: `site.${what}`, subjectType: "site_domain", subjectId: id, detail: { host } });
  await emit(tx, { type: `site.${what}`, subjectId: id, payload: {} });
}
