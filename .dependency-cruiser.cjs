/** Imports run downwards only: entry → app, api, jobs, reactions → features → channels → platform; features → http → db → platform. */
const rule = (name, from, to) => ({ name, severity: "error", from, to });

/** A room may call rooms of a lower rank only, and only through their front doors. */
const RANKS = [
  ["audit"],
  ["billing"],
  ["auth", "workspaces", "events"],
  ["assets", "forwarding", "webhooks"],
  ["channels"],
  ["personas"],
  ["planning"],
  ["content"],
  ["ai", "approval", "comments"],
  ["distribution"],
  ["site"],
  ["analytics", "review", "search"],
  ["assistant"],
  ["transfer"],
  ["notifications", "privacy", "retention"],
];

const TESTS = "\\.test\\.tsx?$";
const rankRules = RANKS.map((rooms, rank) =>
  rule(
    `rank-${rank}-never-looks-up`,
    { path: `^src/features/(${rooms.join("|")})/`, pathNot: TESTS },
    {
      path: "^src/features/",
      pathNot: ["^src/features/$1/", `^src/features/(${RANKS.slice(0, rank).flat().join("|") || "none"})/`],
    },
  ),
);

const MOUNTS = "^src/app/(api|s|\\.well-known)/";

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    rule("no-cycles", {}, { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } }),
    rule(
      "platform-imports-nothing-of-ours",
      { path: "^src/platform/", pathNot: TESTS },
      { path: "^src/", pathNot: "^src/platform/" },
    ),
    rule(
      "db-stands-on-platform",
      { path: "^src/db/", pathNot: TESTS },
      { path: "^src/", pathNot: "^src/(db|platform)/" },
    ),
    rule(
      "http-stands-on-db",
      { path: "^src/http/", pathNot: TESTS },
      { path: "^src/", pathNot: "^src/(http|db|platform)/" },
    ),
    rule(
      "features-never-look-up",
      { path: "^src/features/", pathNot: TESTS },
      { path: "^src/(app|screens|api|jobs|reactions|entry)/" },
    ),
    rule(
      "channels-know-only-platform",
      { path: "^src/channels/", pathNot: TESTS },
      { path: "^src/", pathNot: "^src/(channels|platform)/" },
    ),
    rule(
      "a-network-is-named-in-its-own-folder",
      { path: "^src/channels/([^/]+)/", pathNot: TESTS },
      { path: "^src/channels/[^/]+/", pathNot: "^src/channels/$1/" },
    ),
    rule(
      "through-the-front-door",
      { path: "^src/features/([^/]+)/", pathNot: TESTS },
      { path: "^src/features/[^/]+/", pathNot: ["^src/features/$1/", "^src/features/[^/]+/(index|contract)\\.ts$"] },
    ),
    ...rankRules,
    rule(
      "sql-only-in-queries",
      { path: "^src/", pathNot: ["^src/db/", "/queries(\\.ts$|/)", "^src/features/auth/identity\\.ts$", TESTS] },
      { path: "^src/db/schema/|^node_modules/drizzle-orm" },
    ),
    rule(
      "own-tables-only",
      { path: "^src/features/([^/]+)/", pathNot: TESTS },
      { path: "^src/db/schema/", pathNot: "^src/db/schema/($1|columns)\\.ts$" },
    ),
    rule(
      "browser-stays-outside",
      {
        path: ["^src/ui/", "^src/screens/", "^src/features/[^/]+/ui/", "^src/features/.+/contract\\.ts$"],
        // The public site is rendered on the server alone.
        pathNot: "^src/features/site/ui/",
      },
      {
        path: ["^src/db/", "^src/.*/(service|queries|routes|jobs|index)\\.ts$"],
        dependencyTypesNot: ["type-only"],
      },
    ),
    rule(
      "pages-are-thin",
      { path: "^src/app/", pathNot: MOUNTS },
      { path: "^src/", pathNot: "^src/(app|screens|ui|platform)/" },
    ),
    // Where Next serves the API, its route handlers are what starts the process: composition roots, as those of entry are.
    rule("mounts-only-mount", { path: MOUNTS }, { path: "^src/", pathNot: "^src/entry/serverless\\.ts$" }),
    rule(
      "nothing-starts-the-process-again",
      { path: "^src/", pathNot: ["^src/entry/", MOUNTS, TESTS] },
      { path: "^src/entry/" },
    ),
    // Not on Node either: it runs in browsers.
    rule(
      "a-package-stands-alone",
      { path: "^packages/([^/]+)/", pathNot: [TESTS, "/test-server\\.ts$"] },
      { pathNot: "^packages/$1/" },
    ),
    rule(
      "packages-through-their-door",
      { path: "^src/" },
      { path: "^packages/", pathNot: "^packages/[^/]+/src/index\\.ts$" },
    ),
    rule("not-to-tests", { path: "^src/", pathNot: TESTS }, { path: "^(tests|bench)/" }),
  ],
  options: {
    // TypeScript 7 has no classic JS API: with the default parser nothing is read, and nothing found.
    parser: "swc",
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^packages/[^/]+/dist/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
  },
};
