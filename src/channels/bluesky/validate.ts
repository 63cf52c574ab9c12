import type { Finding, Publication } from "@/channels/adapter";
import { limits } from "@/channels/bluesky/limits";
import { checkParts } from "@/channels/check-parts";

/** Counted as Bluesky's servers count: graphemes by Intl.Segmenter, bytes in UTF-8, links at their full length. */
export const validate = (publication: Publication): Finding[] => checkParts(publication, limits, "Bluesky");
