import type { Asset } from "@contentos/sdk";

export type Kind = Asset["kind"];
/** What the library may hold; archives are for imports only. */
export const ASSET_KINDS: Kind[] = ["Image", "Video", "Audio", "Document", "Text"];
