import { z } from "@/platform/contract";
import { MAX_NAME_CHARS } from "./file-types";

export const PURPOSES = ["Asset", "Import"] as const;
export const KINDS = ["Image", "Video", "Audio", "Document", "Text", "Archive"] as const;

/** A name and no path: neither slashes, nor what a terminal, a header or a right-to-left mark would make of it. */
const SPEAKABLE = /^[^/\\\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]+$/u;

export const FileName = z
  .string()
  .trim()
  .min(1)
  .max(MAX_NAME_CHARS)
  // No pattern of the document, which knows no flags.
  .refine((name) => SPEAKABLE.test(name), "A name without slashes and control characters.")
  .refine((name) => !/^\.+$/.test(name), "A name, and not only dots.");
export const AltText = z.string().trim().max(1_000);
