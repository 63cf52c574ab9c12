import type { Finding, Publication } from "@/channels/adapter";
import { checkImages } from "@/channels/check-parts";
import { textsOf } from "@/channels/default-parts";
import { limits } from "@/channels/site/limits";

/** A page can stand without a text, but hardly on purpose; without a title it has no address. */
export function validate(publication: Publication): Finding[] {
  const findings: Finding[] = [];
  if (publication.title.trim() === "") {
    findings.push({ severity: "Error", code: "title_missing", message: "A page needs a title." });
  }
  if (textsOf(publication, limits).every((text) => text.trim() === "")) {
    findings.push({ severity: "Warning", code: "body_empty", message: "The page has no text." });
  }
  return [...findings, ...checkImages(publication, limits, "Site")];
}
