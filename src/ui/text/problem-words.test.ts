import { Problem, type ProblemCode } from "@contentos/sdk";
import { describe, expect, it } from "vitest";
import { z } from "@/platform/contract";
import { ERROR_STATUS, REASONS } from "@/platform/errors";
import { ISSUE_RULES, issuesFrom } from "@/platform/issue-rules";
import { messages as german } from "./de/messages";
import { retell } from "./de/sentences";
import { messages as english } from "./en/messages";
import { reworded } from "./problem-words";

const IN_GERMAN = { language: "de", locale: "de-DE", problems: german.problems } as const;
const IN_ENGLISH = { language: "en", locale: "en-GB", problems: english.problems } as const;
/** What the API can answer, and what is said where it doesn't. */
const CODES = [...Object.keys(ERROR_STATUS), "unreachable", "unexpected_answer"] as ProblemCode[];

const said = (code: ProblemCode, members = {}, retryAfterMs = 0) =>
  reworded(new Problem(409, code, "What the server says.", [], members, retryAfterMs), IN_GERMAN).message;

describe.each([
  ["en", english],
  ["de", german],
] as const)("what went wrong, in %s", (_language, { problems }) => {
  it("has words for every code that there is, and for no other", () => {
    expect(Object.keys(problems.codes).sort()).toEqual([...CODES].sort());
  });

  it("has words for every rule that a field can break, and for no other", () => {
    expect(Object.keys(problems.rules).sort()).toEqual([...ISSUE_RULES].sort());
  });

  it("knows every reason", () => {
    const all = Object.values(problems.codes).join("\n");
    for (const reason of REASONS) expect(all).toContain(`${reason} {`);
  });
});

describe("a refusal in the reader's language", () => {
  it("is said by its code, without a gap where nothing more is told", () => {
    for (const code of CODES) {
      expect(said(code)).not.toBe("What the server says.");
      expect(said(code)).not.toMatch(/[{}]|problems\./);
    }
  });

  it("says by its reason who may, and by Retry-After when", () => {
    expect(said("forbidden", { reason: "needs_admin" })).toBe("Das tun nur Admins: Fragen Sie einen Ihres Workspace.");
    expect(said("forbidden", { reason: "of a newer server" })).toBe(said("forbidden"));
    expect(said("rate_limited", {}, 1_500)).toContain("in 2 Sekunden");
  });

  it("keeps the server's words for a code that is not known here, and in the server's own language", () => {
    const newer = new Problem(409, "of_a_newer_server" as ProblemCode, "Do this.");
    expect(reworded(newer, IN_GERMAN).message).toBe("Do this.");
    const exact = new Problem(409, "in_use", "Items belong to this campaign (3): archive it.");
    expect(reworded(exact, IN_ENGLISH).message).toBe(exact.message);
    expect(reworded(new Problem(409, "in_use", "in_use"), IN_ENGLISH).message).toBe(english.problems.codes.in_use);
  });

  it("is said by its sentence where that is known, which tells more than its code; and so is what a field lacks", () => {
    const sentence = "Items belong to this campaign (3): archive it, or move them first.";
    const issue = { path: "assigneeId", message: "No member of this workspace has this id." };
    const told = reworded(new Problem(409, "in_use", sentence, [issue]), { ...IN_GERMAN, retell });
    expect(told.message).toMatch(/^Zu dieser Kampagne gehören Beiträge \(3\)/);
    expect(told.issues[0]?.message).toBe("Diese Person ist kein Mitglied dieses Workspace.");
    expect(reworded(new Problem(409, "in_use", sentence), { ...IN_ENGLISH, retell }).message).toBe(sentence);
  });

  it("keeps what programs go by", () => {
    const problem = new Problem(409, "version_conflict", "…", [], { current: { versionNumber: 3 } }, 2_000);
    expect(reworded(problem, IN_GERMAN)).toMatchObject({
      ...{ status: 409, code: "version_conflict", retryAfterMs: 2_000 },
      members: { current: { versionNumber: 3 } },
    });
  });

  it("says of each field what its schema asked for", () => {
    const schema = z.strictObject({
      name: z.string().min(1),
      pass: z.string().min(12),
      tagline: z.string().max(3),
      role: z.enum(["Admin", "Viewer"]),
      tags: z.array(z.string()).max(1),
      count: z.int().max(5),
      mail: z.email(),
      gone: z.string(),
      own: z.string().refine(() => false, "Words of its own."),
    });
    const given = { name: "", pass: "short", tagline: "long", role: "Boss", tags: ["a", "b"], count: 6, mail: "no" };
    const { error } = schema.safeParse({ ...given, own: "", surplus: 1 });
    const problem = new Problem(400, "invalid_request", "Correct these fields.", issuesOf(error!));
    const told = Object.fromEntries(reworded(problem, IN_GERMAN).issues.map(({ path, message }) => [path, message]));
    expect(told).toEqual({
      name: "Füllen Sie das aus.",
      pass: "Mindestens 12 Zeichen.",
      tagline: "Höchstens 3 Zeichen.",
      role: "Eines von Admin, Viewer.",
      tags: "Höchstens 1 davon.",
      count: "Höchstens 5.",
      mail: "Eine E-Mail-Adresse wie ada@example.com.",
      gone: "Füllen Sie das aus.",
      own: "Words of its own.",
      surplus: "Dieses Feld gibt es hier nicht.",
    });
  });
});

/** As they come over the wire. */
const issuesOf = (error: z.ZodError) => JSON.parse(JSON.stringify(issuesFrom(error.issues)));
