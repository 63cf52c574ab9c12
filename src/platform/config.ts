import { isIP } from "node:net";
import { z } from "zod";
import { StartError } from "./errors";
import { inTheClear } from "./in-the-clear";

const url = (protocols: RegExp, expected: string) => z.url({ protocol: protocols, error: `Expected ${expected}.` });
const postgres = url(/^postgres(ql)?$/, "postgres://user:password@host:port/database");
const list = z
  .string()
  .default("")
  .transform((text) => text.split(/[,\s]+/).filter((entry) => entry !== ""));

/** A model's name and what is known of it: region, retention, and prices in US dollars for a million tokens in and out. */
const MODEL = /^[^\s;,]+(;(region=[a-z0-9-]{1,32}|retention=(none|some)|(in|out)=\d+(\.\d+)?))*$/;

const models = list.refine((entries) => entries.every((entry) => MODEL.test(entry)), {
  error: "Expected models such as mistralai/mistral-small;region=eu;retention=none, with commas between them.",
});

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
  DATABASE_BACKUP_URL: postgres.optional(),
  DATABASE_POOL_SIZE: z.coerce.number({ error: "Expected a number of connections." }).int().min(1).max(200).default(10),
  DATABASE_NAMED_STATEMENTS: z.enum(["true", "false"], { error: "Expected true or false." }).default("true"),
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
  DNS_SERVERS: list.refine(
    (servers) => servers.every((server) => isIP(server.replace(/:\d+$|^\[|\](:\d+)?$/g, "")) !== 0),
    "Expected addresses such as 9.9.9.9 or 127.0.0.1:5353, separated by commas.",
  ),
  SITE_PURGE_URL: url(/^https?$/, "the address of the cache itself, such as http://127.0.0.1:6081").optional(),
  RATE_LIMIT_STORE: z.enum(["memory", "postgres"], { error: "Expected memory or postgres." }).optional(),
  RATE_LIMIT_FACTOR: z.coerce.number({ error: "Expected a number, such as 1." }).positive().default(1),
  SESSION_MAX_DAYS: z.coerce.number({ error: "Expected a number of days." }).int().min(1).max(3_650).default(365),
  REQUIRE_TLS: z.enum(["true", "false"], { error: "Expected true or false." }).default("false"),
  SMTP_URL: url(/^smtps?$/, "smtp://user:password@host:port").optional(),
  SENDGRID_API_KEY: z.string().min(1).optional(),
  SENDGRID_WEBHOOK_KEY: z
    .string()
    .regex(/^[A-Za-z0-9+/]{80,}={0,2}$/, "Expected the verification key that SendGrid shows, in base64.")
    .optional(),
  MAIL_FROM: z.string().min(3).default("ContentOS <contentos@localhost>"),
  CLERK_SECRET_KEY: z.string().min(1).optional(),
  CLERK_JWT_KEY: z.string().min(1).optional(),
  CLERK_PUBLISHABLE_KEY: z
    .string()
    .regex(/^pk_(test|live)_[\w=+/-]+$/, "Expected pk_live_… or pk_test_….")
    .optional(),
  CLERK_ISSUER: url(/^https?$/, "an address such as https://clerk.example.com").optional(),
  CLERK_AUTHORIZED_PARTIES: list,
  CLERK_WEBHOOK_SECRET: z.string().min(1).optional(),
  CLERK_API_URL: url(/^https?$/, "an address such as https://api.clerk.com").optional(),
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
  OPENROUTER_API_KEY: z.string().min(1).optional(),
  OPENROUTER_BASE_URL: url(/^https?$/, "an address such as https://openrouter.ai/api/v1").optional(),
  AI_MODELS: models,
  AI_EMBEDDING_MODEL: z
    .string()
    .regex(MODEL, "Expected a model such as openai/text-embedding-3-small;region=us;in=0.02;out=0.")
    .optional(),
  AI_FALLBACK_BASE_URL: url(/^https?$/, "an address such as https://api.mistral.ai/v1").optional(),
  AI_FALLBACK_API_KEY: z.string().min(1).optional(),
  AI_FALLBACK_MODELS: models,
  AI_FALLBACK_AFTER_SECONDS: z.coerce.number({ error: "Expected a number of seconds." }).min(1).max(60).default(15),
  LINKEDIN_CLIENT_ID: z.string().min(1).optional(),
  LINKEDIN_CLIENT_SECRET: z.string().min(1).optional(),
  LINKEDIN_SCOPES: z
    .string()
    .default("openid profile w_member_social")
    .transform((text) => text.split(/[,\s]+/).filter(Boolean)),
  LINKEDIN_API_VERSION: z
    .string()
    .regex(/^20\d{4}$/, "Expected a year and a month, such as 202605.")
    .default("202605"),
  STRIPE_SECRET_KEY: z
    .string()
    .regex(/^[rs]k_(test|live)_\w+$/, "Expected sk_live_…, sk_test_…, or a restricted key such as rk_live_….")
    .optional(),
  STRIPE_WEBHOOK_SECRET: list,
  STRIPE_API_URL: url(/^https?$/, "an address such as https://api.stripe.com").optional(),
  STRIPE_TRIAL_DAYS: z.coerce.number({ error: "Expected a number of days." }).int().min(0).max(730).default(0),
  BILLING_DEFAULT_TIER: z
    .enum(["Free", "Team", "Agency", "Enterprise"], { error: "Expected Free, Team, Agency or Enterprise." })
    .optional(),
  BILLING_GRACE_DAYS: z.coerce.number({ error: "Expected a number of days." }).int().min(0).max(90).default(14),
  AUDIT_KEEP_DAYS: z.coerce.number({ error: "Expected a number of days, 30 at least." }).int().min(30).optional(),
  AUDIT_ANCHOR_BUCKET: z
    .string()
    .regex(/^[^\s/]{3,63}$/, "Expected a bucket's name alone; its address and keys are those of S3_.")
    .optional(),
  ERASURE_GRACE_DAYS: z.coerce.number({ error: "Expected a number of days." }).int().min(0).max(30).default(7),
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
  if (env.REQUIRE_TLS === "true") requireTls(env);
  const publicUrl = env.PUBLIC_URL?.replace(/\/$/, "") ?? `http://localhost:${env.PORT}`;
  return {
    port: env.PORT,
    host: env.HOST,
    publicUrl,
    database: {
      ownerUrl: env.DATABASE_URL,
      appUrl: env.DATABASE_APP_URL,
      authUrl: env.DATABASE_AUTH_URL,
      workerUrl: env.DATABASE_WORKER_URL,
      sessionUrl: env.DATABASE_SESSION_URL,
      backupUrl: env.DATABASE_BACKUP_URL,
      poolSize: env.DATABASE_POOL_SIZE,
      namedStatements: env.DATABASE_NAMED_STATEMENTS === "true",
    },
    dataDir: env.CONTENTOS_DATA_DIR,
    secret: env.CONTENTOS_SECRET,
    previousSecrets: env.CONTENTOS_PREVIOUS_SECRETS,
    region: env.CONTENTOS_REGION,
    logLevel: env.LOG_LEVEL,
    outboundAllow: env.OUTBOUND_ALLOW,
    trustedProxies: env.TRUSTED_PROXIES,
    dnsServers: env.DNS_SERVERS,
    sitePurgeUrl: env.SITE_PURGE_URL,
    rateLimitFactor: env.RATE_LIMIT_FACTOR,
    // With a database of its own, a deployment may have several processes.
    rateLimitStore: env.RATE_LIMIT_STORE ?? (env.DATABASE_URL || env.DATABASE_APP_URL ? "postgres" : "memory"),
    mail: { smtpUrl: env.SMTP_URL, sendGridApiKey: env.SENDGRID_API_KEY, from: env.MAIL_FROM },
    sendGridWebhookKey: env.SENDGRID_WEBHOOK_KEY,
    clerk: clerkOf(env, publicUrl),
    s3: s3Of(env),
    ai: aiOf(env),
    linkedin: linkedinOf(env),
    billing: billingOf(env),
    sessionMaxDays: env.SESSION_MAX_DAYS,
    erasureGraceDays: env.ERASURE_GRACE_DAYS,
    auditKeepDays: env.AUDIT_KEEP_DAYS,
    auditAnchorBucket: anchorBucketOf(env),
    workerConcurrency: env.WORKER_CONCURRENCY,
  };
}

/** @throws StartError that names each setting by whose address something would go unencrypted */
function requireTls(env: z.output<typeof Environment>) {
  const open = Object.entries(env).flatMap(([name, value]) =>
    typeof value === "string" && inTheClear(value) ? [name] : [],
  );
  if (open.length > 0)
    throw new StartError(
      `REQUIRE_TLS is set, and ${open.join(" and ")} would go unencrypted: give https, smtps or ?requireTLS=true, and ?sslmode=verify-full for Postgres.`,
    );
}

/** A publishable key is its instance's address in base64, with a dollar sign at the end. */
function clerkOf(env: z.output<typeof Environment>, publicUrl: string) {
  const [, , encoded] = env.CLERK_PUBLISHABLE_KEY?.split("_") ?? [];
  const host = encoded && Buffer.from(encoded, "base64").toString().replace(/\$$/, "");
  return {
    secretKey: env.CLERK_SECRET_KEY,
    // In one line, as some hosts keep it.
    jwtKey: env.CLERK_JWT_KEY?.replaceAll("\\n", "\n"),
    issuer: env.CLERK_ISSUER?.replace(/\/$/, "") ?? (host ? `https://${host}` : undefined),
    authorizedParties:
      env.CLERK_AUTHORIZED_PARTIES.length > 0 ? env.CLERK_AUTHORIZED_PARTIES : [new URL(publicUrl).origin],
    webhookSecret: env.CLERK_WEBHOOK_SECRET,
    apiUrl: env.CLERK_API_URL,
  };
}

/** Undefined where the operator has no app at LinkedIn, so that it is offered to nobody. */
function linkedinOf(env: z.output<typeof Environment>) {
  const { LINKEDIN_CLIENT_ID: clientId, LINKEDIN_CLIENT_SECRET: clientSecret } = env;
  if (!clientId !== !clientSecret) {
    const missing = clientId ? "LINKEDIN_CLIENT_SECRET" : "LINKEDIN_CLIENT_ID";
    throw new StartError(`An app at LinkedIn is to be used, and ${missing} is missing: set both, or neither.`);
  }
  if (!clientId || !clientSecret) return undefined;
  return { clientId, clientSecret, scopes: env.LINKEDIN_SCOPES, version: env.LINKEDIN_API_VERSION };
}

function aiOf(env: z.output<typeof Environment>) {
  const fallback = {
    apiKey: env.AI_FALLBACK_API_KEY,
    baseUrl: env.AI_FALLBACK_BASE_URL,
    models: env.AI_FALLBACK_MODELS,
  };
  if (fallback.models.length === 0 && (fallback.apiKey || fallback.baseUrl))
    throw new StartError("A second endpoint for AI is set, and not which models it has: set AI_FALLBACK_MODELS.");
  return {
    apiKey: env.OPENROUTER_API_KEY,
    baseUrl: env.OPENROUTER_BASE_URL,
    models: env.AI_MODELS,
    embeddingModel: env.AI_EMBEDDING_MODEL,
    fallback,
    fallbackAfterMs: env.AI_FALLBACK_AFTER_SECONDS * 1_000,
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

/** Whoever doesn't sell plans gives everybody the greatest; whoever does gives the free one to those who don't pay. */
function billingOf(env: z.output<typeof Environment>) {
  const { STRIPE_SECRET_KEY: secretKey, STRIPE_WEBHOOK_SECRET: webhookSecrets } = env;
  if ((secretKey === undefined) !== (webhookSecrets.length === 0)) {
    const missing = secretKey ? "STRIPE_WEBHOOK_SECRET" : "STRIPE_SECRET_KEY";
    throw new StartError(`Plans are to be sold by Stripe, and ${missing} is missing: set both, or neither.`);
  }
  return {
    defaultTier: env.BILLING_DEFAULT_TIER ?? (secretKey ? ("Free" as const) : ("Enterprise" as const)),
    graceDays: env.BILLING_GRACE_DAYS,
    stripe: secretKey ? { secretKey, apiUrl: env.STRIPE_API_URL, trialDays: env.STRIPE_TRIAL_DAYS } : null,
    webhookSecrets,
  };
}

function anchorBucketOf({ AUDIT_ANCHOR_BUCKET: bucket, S3_BUCKET }: z.output<typeof Environment>) {
  if (bucket && !S3_BUCKET)
    throw new StartError("AUDIT_ANCHOR_BUCKET is set, and no S3 is: set S3_BUCKET and its keys as well.");
  return bucket;
}

/** The names of all settings, for the test that compares them with the README. */
export const SETTINGS = Object.keys(Environment.shape);
