import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { sentences } from "./de/sentences";

const ROOTS = ["src/features", "src/channels", "src/http", "src/platform"];
/** What nobody reads in the application: contracts, prompts, mails, other systems' protocols, and what stops a start. */
const ELSEWHERE =
  /\.test\.tsx?$|\/ui\/|(contract|routes|mails|shapes|beacon|document|config|issue-rules|writing)\.ts$|\/(prompts|scim|seo|gateway\/models)\/|notifications\/(bounces|words|slack-words)|stripe\/hook|exporting\.ts|privacy\/.*jobs\.ts$|http\/(authentication|limits)\.ts$/;
/** Codes of which the German of `problems.json` says all that there is to say, or which no screen can meet. */
const BY_CODE =
  "invalid_json invalid_cursor invalid_credentials workspace_required unauthenticated totp_required totp_invalid totp_off totp_on passkey_invalid key_not_allowed key_scope key_required cross_site_request signature_invalid account_suspended refresh_token_reused second_factor_required sso_required reauthentication_required proof_required method_not_allowed email_taken reset_token_invalid verification_token_invalid sso_not_configured domain_not_verified slug_taken already_member owner_protected invitation_invalid invitation_for_another_address idempotency_key_reused unsupported_media_type rate_limited range_not_satisfiable cursor_expired stream_unavailable overloaded disk_full document_changed name_mismatch workspace_read_only plan_limit internal passcode_required export_not_ready";
/** Told to a model, by the operator's command line, in a mail, to a browser's presence alone, or as a half of what is told whole. */
const NOT_TOLD = [
  /is not in the source: leave it out\.$|is lost or changed: \{\}\.$|\} are needed\.$|^It (is empty|is not (valid )?JSON|has \{\} characters: at most 200)\.$/,
  /^You are invited to the workspace|^Open this link within|^If you did not expect this|^Its owner has asked that|^\{\}, of whoever operates/,
  /^There is no such workspace\.$|whoever enters needs one|is a member there already|forbids support to enter|is in there already/,
  /say that you are viewing|S3_BUCKET\.$|S3_REGION\.$|S3_ENDPOINT, or start it|^There is no such (object|upload, or it is over)\.$|CLERK_SECRET_KEY/,
  /^This is not \{\} bytes long|^No workspace has verified this domain/,
  /^\{\} \{\}\.$|^There is no \{\}\.$/,
  /since the clocks go back\. $|^The first is meant|straight to \{\}\. $|^The next valid time/,
];
const WITHIN_A_REFUSAL = /new AppError\(\s*"(\w+)",[^"`]*$/;
/** Neither said to people nor kept for them. */
const OF_PROGRAMS =
  /new (Error|TypeError|RangeError|StartError)\(\s*$|\b(log|logger)\.\w+\([^)]*$|(description|summary|example|title):\s*$/;

const LITERAL = /"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\.)*)`/g;
const IN_BRACES = /\$\{(?:[^{}]|\{[^{}]*\})*\}/g;
const isSentence = (text: string) => /^([A-Z“]|\{\})/.test(text) && /([.!?:]$|\. )/.test(text) && text.includes(" ");

type Said = { file: string; text: string };

/** Sentences in the source of a service, with `{}` for what differs. */
function saidIn(file: string): Said[] {
  const source = readFileSync(file, "utf8").replace(/\/\*[\s\S]*?\*\//g, (comment) => " ".repeat(comment.length));
  return [...source.matchAll(LITERAL)].flatMap(({ 1: plain, 2: template, index }) => {
    const text = (plain ?? template ?? "").replace(IN_BRACES, "{}").replaceAll("\\`", "`").replaceAll('\\"', '"');
    const before = source.slice(Math.max(0, index - 120), index);
    const code = WITHIN_A_REFUSAL.exec(before)?.[1];
    if (!isSentence(text) || OF_PROGRAMS.test(before)) return [];
    return code && BY_CODE.split(" ").includes(code) ? [] : [{ file, text }];
  });
}

const files = ROOTS.flatMap((root) =>
  readdirSync(root, { recursive: true, encoding: "utf8" }).map((file) => `${root}/${file}`),
).filter((file) => file.endsWith(".ts") && !ELSEWHERE.test(file));
const said = files.flatMap(saidIn);

const bare = (english: string) => english.replace(/\{\w+\}/g, "{}");
const known = new Set(Object.keys(sentences).map(bare));

describe("what services say to people, and keep for them", () => {
  it("has words in German, sentence by sentence", () => {
    const missing = said.filter(({ text }) => !known.has(text) && !NOT_TOLD.some((way) => way.test(text)));
    expect(missing.map(({ file, text }) => `${file}: ${text}`)).toEqual([]);
  });

  it("is found in the sources", () => {
    expect(said.length).toBeGreaterThan(300);
    expect(said).toContainEqual({
      file: "src/features/distribution/publisher.ts",
      text: "It could not go out within {} minutes of its time: reschedule or cancel.",
    });
  });
});
