import type { ShownRow } from "./queries";

export const presentItem = (row: ShownRow) => ({
  ...row,
  currentVersion: { versionNumber: row.currentVersionNumber, contentHash: row.currentContentHash },
});
