import { testAnchors } from "./anchors";
import { testIdentity } from "./app";
import type { TestDatabase } from "./database";
import { testShredding } from "./shredding";

/** What jobs write down and send outside of the database; into nowhere, where a test doesn't look. */
export const testOutside = (t: TestDatabase) => ({
  anchors: testAnchors(),
  auditKeepDays: undefined,
  erasures: { add: async () => {}, list: async () => [] },
  shredding: testShredding(),
  mailer: { off: true, send: async () => {} },
  identity: { documentSigner: () => testIdentity(t).documentSigner() },
});
