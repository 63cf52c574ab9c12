import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { sources } from "./sources";

/** Addresses that must carry a token in their query, and why. */
const IN_THE_QUERY: Record<string, string> = {
  "src/features/assets/files/reader.ts": "a file of one's own: what shows it is no script of a page",
  "src/platform/storage/folder.ts": "a part of an upload, signed as buckets sign one",
  "src/features/notifications/mails.tsx": "RFC 8058: mail programs post to the address as it is; it stops mails alone",
  "src/features/auth/sso/saml/receiver.ts": "a step within the browser that asked, good once, for a minute",
};

const files = [...sources()];

describe("a token in an address", () => {
  test("stands behind the #, or is one of the few that can't", () => {
    expect(files.length).toBeGreaterThan(500);
    const written = files.filter(([, code]) => /\?(?:token|code|key|secret|credential)=\$\{/.test(code));
    expect(written.map(([path]) => path)).toEqual(Object.keys(IN_THE_QUERY).sort());
  });

  test("is taken from behind the # by each page that a link with one opens", () => {
    const links = files.flatMap(([, code]) => [...code.matchAll(/\}(\/[\w/-]+)#(?:token=)?\$\{/g)]);
    const pages = links.map(([, page]) => page!);
    expect(pages.sort()).toEqual(["/invitations/accept", "/reset-password", "/review", "/verify-email"]);
    for (const page of pages) {
      const screen = /"@\/(screens\/[\w-]+)"/.exec(readFileSync(`src/app${page}/page.tsx`, "utf8"))![1];
      const reads = page === "/review" ? "window.location.hash" : "useLinkToken()";
      expect(readFileSync(`src/${screen}.tsx`, "utf8"), page).toContain(reads);
    }
  });
});
