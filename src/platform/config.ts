import { z } from "zod";
import { StartError } from "./errors";

const url = (protocols: RegExp, expected: string) => z.url({ protocol: protocols, error: `Expected ${expected}.` });
const postgres = url(/^postgres(ql)?$/, "postgres://user:password@host:port/database");
const list = z
  .string()
  .default("")
  .transform((text) => text.split(/[,\s]+/).filter((entry) => entry !== ""));

/** Everything that the environment can say, with its defaults. The README's table is checked against it. */
const Environment = z.object({
  PORT: z.coerce.number({ error: "Expected a port, such as 3000." }).int().min(0).max(65_535).default(3000),
  HOST: z.string().min(1).default("127.0.0.1"),
  PUBLIC_URL: url(/^https?$/, "an address such as https://content.example.com").optional(),
  DATABASE_URL: postgres.optional(),
  DATABASE_APP_URL: postgres.optional(),
  DATABASE_AUTH_URL: postgres.optional(),
  DATABASE_WORKER_URL: postgres.optional(),
  DATABASE_SESSION_URL: postgres.optional(),
  DATABASE_POOL_SIZE: z.coerce.number({ error: "Expected a number of connections." }).int().min(1).max(200).default(10),
  CONTENTOS_DATA_DIR: z.string().min(1).default(".contentos"),
  CONTENTOS_SECRET: z
    .string()
    .min(32, "Expected at least 32 characters, such as the output of `openssl rand -base64 48`.")
    .optional(),
  CONTENTOS_PREVIOUS_SECRETS: list,
  CONTENTOS_REGION: z
    .string()
    .regex(/^[a-z0-9-]{1,32}$/, "Expected a short word, such as eu or us-east.")
    .default("local"),
  NODE_ENV: z.string().optional(),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
  OUTBOUND_ALLOW: list,
  TRUSTED_PROXIES: list,
  RATE_LIMIT_FACTOR: z.coerce.number({ error: "Expected a number, such as 1." }).positive().default(1),
  SMTP_URL: url(/^smtps?$/, "smtp://user:password@host:port").optional(),
  MAIL_FROM: z.string().min(3).default("ContentOS <contentos@localhost>"),
  S3_ENDPOINT: url(/^https?$/, "an address such as https://s3.eu-central-1.amazonaws.com").optional(),
  S3_PUBLIC_ENDPOINT: url(/^https?$/, "the address by which browsers reach the same storage").optional(),
  S3_BUCKET: z
    .string()
    .regex(/^[^\s/]{3,63}$/, "Expected a bucket's name alone, such as contentos-files; its address is S3_ENDPOINT.")
    .optional(),
  S3_REGION: z.string().min(1).default("us-east-1"),
  S3_ACCESS_KEY_ID: z.string().min(1).optional(),
  S3_SECRET_ACCESS_KEY: z.string().min(1).optional(),
  S3_FORCE_PATH_STYLE: z.enum(["true", "false"], { error: "Expected true or false." }).optional(),
  WORKER_CONCURRENCY: z.coerce.number({ error: "Expected a number of jobs." }).int().min(1).max(100).default(4),
});

export type Config = ReturnType<typeof parseConfig>;

/**
 * Reads the environment once.
 * @throws StartError that names each bad value and what was expected
 */
export function parseConfig(environment: Record<string, string | undefined>) {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ""),
  );
  const parsed = Environment.safeParse(given);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join(".")} is not right: ${issue.message}`);
    throw new StartError(faults.join(" "));
  }
  const env = parsed.data;
  const production = env.NODE_ENV === "production";
  if (production && !env.CONTENTOS_SECRET) {
    throw new StartError(
      "CONTENTOS_SECRET is not set, and production needs one of your own: set it to the output of `openssl rand -base64 48` and keep it.",
    );
  }
  return {
    port: env.PORT,
    host: env.HOST,
    publicUrl: env.PUBLIC_URL?.replace(/\/$/, "") ?? `http://localhost:${env.PORT}`,
    database: {
      ownerUrl: env.DATABASE_URL,
      appUrl: env.DATABASE_APP_URL,
      authUrl: env.DATABASE_AUTH_URL,
      workerUrl: env.DATABASE_WORKER_URL,
      sessionUrl: env.DATABASE_SESSION_URL,
      poolSize: env.DATABASE_POOL_SIZE,
    },
    dataDir: env.CONTENTOS_DATA_DIR,
    secret: env.CONTENTOS_SECRET,
    previousSecrets: env.CONTENTOS_PREVIOUS_SECRETS,
    region: env.CONTENTOS_REGION,
    logLevel: env.LOG_LEVEL,
    outboundAllow: env.OUTBOUND_ALLOW,
    trustedProxies: env.TRUSTED_PROXIES,
    rateLimitFactor: env.RATE_LIMIT_FACTOR,
    mail: { smtpUrl: env.SMTP_URL, from: env.MAIL_FROM },
    s3: s3Of(env),
    workerConcurrency: env.WORKER_CONCURRENCY,
  };
}

/** Undefined where files are kept in the data directory. */
function s3Of(env: z.output<typeof Environment>) {
  const needed = {
    S3_BUCKET: env.S3_BUCKET,
    S3_ACCESS_KEY_ID: env.S3_ACCESS_KEY_ID,
    S3_SECRET_ACCESS_KEY: env.S3_SECRET_ACCESS_KEY,
  };
  const missing = Object.entries(needed).flatMap(([name, value]) => (value === undefined ? [name] : []));
  const meant = missing.length < 3 || [env.S3_ENDPOINT, env.S3_PUBLIC_ENDPOINT, env.S3_FORCE_PATH_STYLE].some(Boolean);
  if (!meant) return undefined;
  if (missing.length > 0)
    throw new StartError(
      `Files are to be kept in S3, and ${missing.join(" and ")} is missing: set it, or no S3_ at all.`,
    );
  return {
    endpoint: env.S3_ENDPOINT,
    publicEndpoint: env.S3_PUBLIC_ENDPOINT,
    bucket: env.S3_BUCKET!,
    region: env.S3_REGION,
    accessKeyId: env.S3_ACCESS_KEY_ID!,
    secretAccessKey: env.S3_SECRET_ACCESS_KEY!,
    // Amazon names the bucket in the host; most others, and all on localhost, in the path.
    forcePathStyle: env.S3_FORCE_PATH_STYLE ? env.S3_FORCE_PATH_STYLE === "true" : env.S3_ENDPOINT !== undefined,
  };
}

/** The names of all settings, for the test that compares them with the README. */
export const SETTINGS = Object.keys(Environment.shape);
