import type { z } from "@hono/zod-openapi";

/** What contracts say of fields in words of their own, by the rule that they state. */
export const SENTENCES = {
  color: "A colour in hex, such as #0a7d5a.",
  slug: "Lower-case letters, digits and single hyphens.",
  language: "A BCP 47 language tag, such as en or de-AT.",
  time_zone: "An IANA time zone, such as Europe/Berlin.",
  time: "Such a time does not exist.",
  day: "Such a day does not exist.",
  six_digits: "A code has six digits.",
  domain: "Give a domain, such as example.com.",
  host: "The name of a public host alone, such as www.client.example: no address in numbers, no path, no port.",
  issuer: "Give the issuer's address, such as https://login.example.com.",
  https: "Give an address that begins with https://.",
  region: "A short word, such as eu.",
  quiet_hours: "Quiet hours have a beginning and an end, or neither.",
  title_or_template: "Give a title, or a template that has one.",
  once: "Name each channel or network once.",
} as const;

/** Rules that every schema may state. */
const COMMON = [
  "required",
  "too_short",
  "too_long",
  "too_few",
  "too_many",
  "too_small",
  "too_large",
  "unknown_field",
  "choice",
  "email",
  "address",
  "type",
  "past",
  "before_start",
  "common_password",
  "public_address",
  "own_host",
] as const;

export type IssueRule = (typeof COMMON)[number] | keyof typeof SENTENCES;
export const ISSUE_RULES = [...COMMON, ...(Object.keys(SENTENCES) as (keyof typeof SENTENCES)[])] as const;

/** One thing that was wrong with an input; `path` is as in the body, such as `approvalSteps.0.role`. */
export type Issue = {
  path: string;
  message: string;
  /** What was broken, for who says it in other words, and what the rule asks for, such as `max`. */
  rule?: IssueRule | undefined;
  values?: Record<string, string | number> | undefined;
};

const BY_SENTENCE = new Map(Object.entries(SENTENCES).map(([rule, sentence]) => [sentence as string, rule]));

/** What Zod found, with the rule by which it can be said in other words; without one where only its sentence tells. */
export function issuesFrom(found: readonly z.core.$ZodIssue[]): Issue[] {
  return found.flatMap((issue): Issue[] => {
    if (issue.code === "unrecognized_keys") {
      const told = { message: "This field is not known here.", rule: "unknown_field" } as const;
      return issue.keys.map((key) => ({ path: [...issue.path, key].join("."), ...told }));
    }
    return [{ path: issue.path.join("."), message: issue.message, ...ruleOf(issue) }];
  });
}

type Ruled = Pick<Issue, "rule" | "values">;

function ruleOf(issue: z.core.$ZodIssue): Ruled {
  const stated = BY_SENTENCE.get(issue.message) as IssueRule | undefined;
  if (stated) return { rule: stated };
  switch (issue.code) {
    case "too_small":
      return tooLittle(issue.origin, Number(issue.minimum));
    case "too_big":
      return tooMuch(issue.origin, Number(issue.maximum));
    case "invalid_type":
      return { rule: issue.message.endsWith("received undefined") ? "required" : "type" };
    case "invalid_value":
      return { rule: "choice", values: { choices: issue.values.join(", ") } };
    case "invalid_format":
      if (issue.format === "email") return { rule: "email" };
      if (issue.format === "url") return { rule: "address" };
      return {};
    default:
      return {};
  }
}

function tooLittle(origin: string, min: number): Ruled {
  if (origin === "string") return min <= 1 ? { rule: "required" } : { rule: "too_short", values: { min } };
  return { rule: origin === "array" ? "too_few" : "too_small", values: { min } };
}

function tooMuch(origin: string, max: number): Ruled {
  if (origin === "string") return { rule: "too_long", values: { max } };
  return { rule: origin === "array" ? "too_many" : "too_large", values: { max } };
}
