import {
  type GuestClaim,
  isUuid,
  type JobClaim,
  type KeyClaim,
  type MemberClaim,
  type SessionClaim,
} from "@/platform/actor";
import type { Statement } from "./pipeline";

/** By what a visitor asks for a site: its slug, or a host that is its own. */
export type SiteClaim = { slug: string } | { host: string };

export type Opening = GuestClaim & {
  /** By which wrong passcodes are counted. */
  addressHash: string;
  passcodeProof: string | null;
  name: string;
  email: string | null;
};

/** An id that is no UUID names nothing, as one that doesn't exist. */
function uuid(id: string) {
  if (!isUuid(id)) throw Object.assign(new Error("Not a lower-case UUID"), { code: "CO404" });
  return id;
}

const sessionEntry = ({ sessionId, workspaceId }: SessionClaim): Statement => ({
  text: "select app.enter_session($1, $2) as entered",
  values: [uuid(sessionId), workspaceId === undefined ? null : uuid(workspaceId)],
});
const keyEntry = ({ keyProof, workspaceId, scope }: KeyClaim): Statement => ({
  text: "select app.enter_key($1, $2, $3) as entered",
  values: [keyProof, workspaceId === undefined ? null : uuid(workspaceId), scope],
});
export const memberEntry = (claim: MemberClaim) => ("keyProof" in claim ? keyEntry(claim) : sessionEntry(claim));
export const personEntry = (sessionId: string): Statement => ({
  text: "select app.enter_person($1) as entered",
  values: [uuid(sessionId)],
});
export const jobEntry = ({ jobId, workerId }: JobClaim): Statement => ({
  text: "select app.enter_job($1, $2) as entered",
  values: [jobId, workerId],
});
export const jobForEntry = ({ jobId, workerId }: JobClaim): Statement => ({
  text: "select app.enter_job_for($1, $2) as entered",
  values: [jobId, workerId],
});
export const visitorEntry = (site: SiteClaim): Statement =>
  "host" in site
    ? { text: "select app.enter_visitor_of_host($1) as entered", values: [site.host] }
    : { text: "select app.enter_visitor($1) as entered", values: [site.slug] };

/** From here to the end of the transaction, the log-in has what is granted to clients, and nothing of its own. */
const AS_GUEST = "set_config('role', 'contentos_guest', true)";
export const guestEntry = ({ tokenHash, guestTokenHash }: GuestClaim): Statement => ({
  text: `select app.enter_guest($1, $2) as entered, ${AS_GUEST}`,
  values: [tokenHash, guestTokenHash],
});
export const openingEntry = ({
  tokenHash,
  addressHash,
  passcodeProof,
  name,
  email,
  guestTokenHash,
}: Opening): Statement => ({
  text: `select app.open_review($1, $2, $3, $4, $5, $6) as entered, ${AS_GUEST}`,
  values: [tokenHash, addressHash, passcodeProof, name, email, guestTokenHash],
});
