import type { AnyActor } from "@/platform/actor";
import type { DOMAIN_PROBLEMS, DOMAIN_STATUSES } from "./contract";

export type DomainStatus = (typeof DOMAIN_STATUSES)[number];
/** What DNS said: the record is there, it is not, or nothing was answered and so nothing is known. */
export type Finding = "Found" | (typeof DOMAIN_PROBLEMS)[number];
/** Who asked: a person, or the daily job. Only the job counts what is missing, so that nobody loses a domain by clicking. */
export type Asker = "Person" | "Clock";

export const canManageDomains = ({ role }: AnyActor) => role === "Admin";

/** A domain is lost when so many checks in a row by the clock did not find its record. */
export const FAILURES_TO_LOSE = 3;

type Step = { to: DomainStatus; counts: boolean };
const stay = (to: DomainStatus): Step => ({ to, counts: false });

/** Every state, what a check finds, and what becomes of it. What `counts` leads to Lost at the last failure. */
export const STATES: Record<DomainStatus, Record<Finding, Step>> = {
  Pending: { Found: stay("Verified"), RecordMissing: stay("Pending"), NoAnswer: stay("Pending") },
  Verified: { Found: stay("Verified"), RecordMissing: { to: "Verified", counts: true }, NoAnswer: stay("Verified") },
  Lost: { Found: stay("Verified"), RecordMissing: stay("Lost"), NoAnswer: stay("Lost") },
};

type Standing = { status: DomainStatus; failures: number };

export function afterCheck({ status, failures }: Standing, finding: Finding, by: Asker): Standing {
  const { to, counts } = STATES[status][finding];
  if (finding === "Found") return { status: to, failures: 0 };
  if (!counts || by !== "Clock") return { status: to, failures };
  const more = failures + 1;
  return more >= FAILURES_TO_LOSE ? { status: "Lost", failures: more } : { status: to, failures: more };
}

const DAY_MS = 24 * 60 * 60 * 1000;
/** Sooner where something is wrong, so that a host that has changed hands is free within a day and a half. */
export const nextCheckMs = ({ failures }: Standing) => (failures === 0 ? DAY_MS : DAY_MS / 4);

const PREFIX = "contentos=";
export const recordName = (host: string) => `_contentos.${host}`;
export const recordValue = (token: string) => `${PREFIX}${token}`;

/** @param texts what stands at the record's name; null where DNS gave no answer */
export function findingOf(texts: string[] | null, token: string): Finding {
  if (texts === null) return "NoAnswer";
  return texts.includes(recordValue(token)) ? "Found" : "RecordMissing";
}
