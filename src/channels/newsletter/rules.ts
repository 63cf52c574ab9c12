import type { ChannelRules, Finding, Publication } from "@/channels/adapter";
import { checkFields, checkLibraryImages, checkLine } from "@/channels/check-fields";
import { fieldsPreview } from "@/channels/copied-preview";
import { limits, SUBJECT_SHOWN } from "@/channels/newsletter/limits";
import { countGraphemes } from "@/channels/text";

function warnings({ parts: [subject = ""] }: Publication): Finding[] {
  const length = countGraphemes(subject);
  const message = `The subject has ${length} characters; many inboxes show ${SUBJECT_SHOWN}.`;
  return length > SUBJECT_SHOWN ? [{ severity: "Warning", code: "subject_long", message, position: 0 }] : [];
}

/** A message to be sent by whatever sends the newsletter: its subject, what inboxes show beside it, and its body in Markdown. */
export const newsletterRules: ChannelRules = {
  network: "newsletter",
  label: "Newsletter",
  limits,
  validate: (publication) => [
    ...checkFields(publication, limits, "A newsletter"),
    ...checkLine(publication, limits),
    ...checkLibraryImages(publication, "your newsletter"),
    ...warnings(publication),
  ],
  preview: fieldsPreview(limits),
};
