import type { NextConfig } from "next";

const config: NextConfig = {
  // Types are checked by `npm run check`, with the same compiler for all of the code.
  typescript: { ignoreBuildErrors: true },
  poweredByHeader: false,
  turbopack: {
    rules: {
      "*.json": {
        condition: { path: /^src\/ui\/text\/[a-z]+\/[a-z]+\.json$/ },
        loaders: ["./scripts/compile-messages.cjs"],
        as: "*.json",
      },
    },
    resolveAlias: { "use-intl/format-message": "use-intl/format-message/format-only" },
  },
  experimental: {
    // The first page that most people see: its parts come in few files, which pack better.
    turbopackChunking: { priorityRoutes: [/^\/w\/\[slug\]\/content$/], priorityBoost: 4 },
  },
  serverExternalPackages: ["pg", "graphile-worker", "better-auth", "@node-rs/argon2", "pino", "node-pg-migrate"],
};

export default config;
