import { AppError } from "@/platform/errors";

/** Letters that people write otherwise, thinking that this makes a password better. */
const LEET: Record<string, string> = { "0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", $: "s" };
/** Shorter words are in many a good password. */
const LEAST_WORD = 4;
/** What anybody thinks of here first (OWASP ASVS 5.0, V6.2.11); beside these, a person's own address and name. */
const OURS = ["contentos", "content os", "content-os", "content_os"];

let list: Promise<ReadonlySet<string>> | undefined;

/** Some 49,000 of the most common passwords of breaches (@zxcvbn-ts/language-common, MIT): looked up here, told nobody. */
const commonPasswords = () => {
  list ??= import("@zxcvbn-ts/language-common").then(
    ({ dictionary }) => new Set(dictionary["passwords-common"] as string[]),
  );
  return list;
};

const withoutEnds = (text: string) => text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, "");
const unleet = (text: string) => text.replace(/[013457@$]/g, (sign) => LEET[sign]!);

/** What a password comes down to: `Sunshine2024!` is sunshine, `P4ssw0rd!!!` password, `qwertyqwerty` qwerty. */
function coresOf(password: string): string[] {
  const text = password.normalize("NFKC").toLowerCase().trim();
  const cores = [text, withoutEnds(text), unleet(text), withoutEnds(unleet(text)), unleet(withoutEnds(text))];
  return [...cores, ...cores.map((core) => /^(.+?)\1+$/u.exec(core)?.[1] ?? core)];
}

/**
 * Refuses what is tried first: the common ones, also with digits around them, and one's own address or name.
 * NIST SP 800-63B, 5.1.1.2.
 * @param path of the field, for the answer
 * @throws AppError `invalid_request`
 */
export async function refuseCommon(password: string, path: string, { email, name }: { email: string; name: string }) {
  const common = await commonPasswords();
  const own = new Set(
    [...OURS, email, email.split("@")[0]!, name].map((text) => text.trim().toLowerCase()).filter(Boolean),
  );
  const known = coresOf(password).some(
    (core) => own.has(core) || (core.length >= LEAST_WORD && common.has(core)) || new Set(core).size === 1,
  );
  if (!known) return;
  const message = "This is among the first that are tried: take a few words in a row instead.";
  throw new AppError("invalid_request", message, { issues: [{ path, message, rule: "common_password" }] });
}
