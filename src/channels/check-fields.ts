import type { Field, Finding, Limits, Publication } from "@/channels/adapter";
import { checkText } from "@/channels/check-parts";
import { lengthOf } from "@/channels/text";

/** What the part at a position is: one field each, and the rest is body. */
export const fieldAt = (fields: readonly Field[], position: number): Field =>
  fields[Math.min(position, fields.length - 1)]!;

/** What a network whose parts are not alike would refuse or cut. */
export function checkFields({ parts }: Publication, limits: Limits, label: string): Finding[] {
  const { fields = [], maxParts } = limits;
  const missing = fields.slice(parts.length).map(({ name }) => name);
  const body = fields.at(-1)!;
  const bodies = body.maxTotal === undefined ? [] : parts.slice(fields.length - 1);
  const size = bodies.reduce((sum, text) => sum + lengthOf(text, body), 0);
  const error = (code: string, message: string): Finding => ({ severity: "Error", code, message });
  return [
    ...(missing.length > 0 ? [error("field_missing", `${label} also takes: ${missing.join(", ")}.`)] : []),
    ...(parts.length > maxParts
      ? [error("too_many_parts", `${label} takes at most ${maxParts} parts; this has ${parts.length}.`)]
      : []),
    ...parts.flatMap((text, position) => checkText(text, position, fieldAt(fields, position), label)),
    ...(body.maxTotal !== undefined && size > body.maxTotal
      ? [
          error(
            "message_too_large",
            `The body comes to ${size} bytes; beyond ${body.maxTotal} mail clients cut it off.`,
          ),
        ]
      : []),
  ];
}

/** A subject or a title is one line: what follows a break in it would be another header, or is lost. */
export const checkLine = ({ parts }: Publication, { fields = [] }: Limits): Finding[] =>
  parts.slice(0, fields.length - 1).flatMap((text, position): Finding[] => {
    const { name } = fields[position]!;
    if (name === "excerpt" || !/[\r\n]/.test(text)) return [];
    return [{ severity: "Error", code: "line_broken", message: `The ${name} is one line.`, position }];
  });

/** An image of the library has no address that others can read for good. */
export const checkLibraryImages = ({ parts }: Publication, where: string): Finding[] =>
  parts.flatMap((text, position): Finding[] => {
    if (!/\]\(\s*<?asset:/.test(text)) return [];
    const message = `The text shows files of the library: put them into ${where} by hand.`;
    return [{ severity: "Warning", code: "library_images", message, position }];
  });
