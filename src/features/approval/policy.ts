import { type Actor, ROLES, type Role } from "@/platform/actor";
import { canonicalHash } from "@/platform/canonical-json";
import { siteHome } from "@/platform/host";

/** Who a step asks: a role or a higher one, or a client, who is no member. */
export type StepRole = Role | "Client";
export type Step = { role: StepRole };

type ItemState = "Draft" | "InReview" | "Approved" | "Published";
type ApprovalState = "Pending" | "Approved" | "Rejected" | "Superseded";
export type ItemEvent =
  | "submit"
  | "submitAlone"
  | "approve"
  | "approveLast"
  | "reject"
  | "saveVersion"
  | "changeAdaptation"
  | "archive"
  | "publish";
export type ApprovalEvent = "approve" | "reject" | "supersede";

/**
 * What each event makes of an item; where a state has no word for an event, the event is refused.
 * `approve` is a step with another after it, `approveLast` the last one, `submitAlone` a submission that asks nobody,
 * `changeAdaptation` a change to one that was submitted.
 */
export const ITEM_STATES = {
  Draft: {
    submit: "InReview",
    submitAlone: "Approved",
    saveVersion: "Draft",
    changeAdaptation: "Draft",
    archive: "Draft",
  },
  InReview: {
    approve: "InReview",
    approveLast: "Approved",
    reject: "Draft",
    saveVersion: "Draft",
    changeAdaptation: "Draft",
    archive: "Draft",
  },
  Approved: { saveVersion: "Draft", changeAdaptation: "Draft", publish: "Published", archive: "Approved" },
  Published: { saveVersion: "Draft", changeAdaptation: "Draft", publish: "Published", archive: "Published" },
} as const satisfies Record<ItemState, Partial<Record<ItemEvent, ItemState>>>;

/** The same of an approval. What was rejected or superseded stays so. */
export const APPROVAL_STATES = {
  Pending: { approve: "Approved", reject: "Rejected", supersede: "Superseded" },
  Approved: { supersede: "Superseded" },
  Rejected: {},
  Superseded: {},
} as const satisfies Record<ApprovalState, Partial<Record<ApprovalEvent, ApprovalState>>>;

/** The state after an event; undefined where the event is refused. */
export const nextItemState = (state: ItemState, event: ItemEvent): ItemState | undefined =>
  (ITEM_STATES[state] as Partial<Record<ItemEvent, ItemState>>)[event];

export const nextApprovalState = (state: ApprovalState, event: ApprovalEvent): ApprovalState | undefined =>
  (APPROVAL_STATES[state] as Partial<Record<ApprovalEvent, ApprovalState>>)[event];

const rank = (role: Role) => ROLES.indexOf(role);

/** A step asks for its role or a higher one; a client is no member, so that no role will do. */
export const mayDecide = (role: Role, step: StepRole | null) =>
  step !== null && step !== "Client" && rank(role) >= rank(step);

/** Four eyes: nobody decides on a version they wrote or submitted. */
export const isOwnWork = (actor: Pick<Actor, "userId">, work: { writtenBy: string; submittedBy: string }) =>
  actor.userId === work.writtenBy || actor.userId === work.submittedBy;

type Member = { userId: string; role: Role };

/**
 * The role that is missing for all steps to be decided by different people who neither wrote nor submitted;
 * null where nothing is. Whoever may decide a step may also decide one of a lesser role, so that serving the
 * highest steps first finds an assignment wherever there is one. A client's step waits for who has a review link.
 */
export function missingRole(steps: Step[], members: Member[], excluded: string[]): Role | null {
  const free = members.filter(({ userId }) => !excluded.includes(userId));
  const roles = steps
    .map(({ role }) => role)
    .filter((role) => role !== "Client")
    .sort((a, b) => rank(b) - rank(a));
  for (const role of roles) {
    const index = free.findIndex((member) => mayDecide(member.role, role));
    if (index < 0) return role;
    free.splice(index, 1);
  }
  return null;
}

type Version = { title: string; body: string; metadata: object; assets: unknown[] };
type Entry = {
  id: string | null;
  channelId: string | null;
  network?: string;
  parts: object[];
  contentHash: string;
};

/**
 * SHA-256 over the canonical JSON of all that may go out: the version, what people wrote for channels, and what
 * goes out by rule on the others. The order in which adaptations were named makes no difference.
 */
export function manifestHash({ title, body, metadata, assets }: Version, entries: Entry[]): string {
  const by = (key: (entry: Entry) => string) => (a: Entry, b: Entry) => (key(a) < key(b) ? -1 : 1);
  return canonicalHash({
    version: { title, body, metadata, assets },
    adaptations: entries
      .filter(({ id }) => id !== null)
      .sort(by(({ id }) => id!))
      .map(({ id, channelId, network, parts, contentHash }) => ({
        id,
        ...(channelId === null ? { network } : { channelId }),
        parts,
        contentHash,
      })),
    defaults: entries
      .filter(({ id }) => id === null)
      .sort(by(({ channelId }) => channelId!))
      .map(({ channelId, parts }) => ({ channelId, parts })),
  });
}

/** The lasting address of an item's page, whatever its slug will be: the site leads from here to the page. */
export const permalinkOf = (publicUrl: string, site: Parameters<typeof siteHome>[1], contentItemId: string) =>
  `${siteHome(publicUrl, site)}/${contentItemId}`;
