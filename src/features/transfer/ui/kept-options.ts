import type { ImportOptions } from "@contentos/sdk";

const nameOf = (assetId: string) => `contentos.import.${assetId}`;

/** What a file was tried with: the import itself is to be done in the same way. */
export const keepOptions = (assetId: string, options: ImportOptions) =>
  sessionStorage.setItem(nameOf(assetId), JSON.stringify(options));

export const keptOptions = (assetId: string): ImportOptions =>
  JSON.parse(sessionStorage.getItem(nameOf(assetId)) ?? "{}");
