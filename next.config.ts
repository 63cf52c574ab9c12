import type { NextConfig } from "next";

const config: NextConfig = {
  // Types are checked by `npm run check`, with the same compiler for all of the code.
  typescript: { ignoreBuildErrors: true },
  poweredByHeader: false,
  serverExternalPackages: ["pg", "graphile-worker", "better-auth", "@node-rs/argon2", "pino", "node-pg-migrate"],
};

export default config;
