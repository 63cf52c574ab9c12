import { franc } from "franc-min";

const CODES: Record<string, string> = { eng: "en", deu: "de", spa: "es", fra: "fr", ita: "it", por: "pt", nld: "nl" };
/** What a detection looks at: it knows by then. In characters. */
const SAMPLE = 4_000;
/** Of less it can't be sure. In characters. */
const LEAST = 120;

/** Undefined where a text is too short to tell; another language than those above is "und". */
export function detected(text: string): string | undefined {
  if (text.length < LEAST) return undefined;
  const found = franc(text.slice(0, SAMPLE));
  return found === "und" ? undefined : (CODES[found] ?? "und");
}
