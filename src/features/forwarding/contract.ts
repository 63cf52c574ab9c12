import { createRoute } from "@hono/zod-openapi";
import {
  body,
  creates,
  Id,
  idParams,
  inWorkspace,
  json,
  line,
  memberProblems,
  SIGNED_IN,
  Timestamp,
  z,
} from "@/platform/contract";
import { SENTENCES } from "@/platform/issue-rules";

/** How many destinations a workspace has at most. */
export const MOST_DESTINATIONS = 5;

const Url = z.url({ protocol: /^https?$/, error: SENTENCES.https }).max(2000);
const ReceiverUrl = Url.openapi({
  description: "https, or http where the deployment allows that host.",
  example: "https://splunk.example.com:8088/services/collector/event",
});
const Endpoint = Url.optional().openapi({
  description: "Of the S3; Amazon's where it is left out.",
  example: "https://s3.example.com",
});
/** What a header can carry. */
const Credential = z
  .string()
  .min(1)
  .max(2000)
  .regex(/^[\x21-\x7e]+$/, "Letters, digits and signs, without spaces.");
const Region = z
  .string()
  .regex(/^[a-z0-9-]{1,40}$/, "A region's name, such as eu-central-1.")
  .openapi({ example: "eu-central-1" });
const Bucket = z
  .string()
  .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, "A bucket's name: 3 to 63 small letters, digits, dots and hyphens.")
  .openapi({ example: "acme-audit" });
const Prefix = z
  .string()
  .max(200)
  .regex(/^[A-Za-z0-9_-]+(\/[A-Za-z0-9_-]+)*$/, "Folders without a slash at either end, such as logs/contentos.")
  .openapi({ example: "logs/contentos" });
const Name = line(80);
const From = z.enum(["Beginning", "Now"]).default("Beginning").openapi({
  description: "Beginning: with every row that is kept. Now: with the next one.",
});

const destination = z.object({
  id: Id,
  name: z.string(),
  kind: z.enum(["Bucket", "Splunk", "JsonLines"]),
  url: z.string().nullable(),
  region: z.string().nullable(),
  bucket: z.string().nullable(),
  prefix: z.string().nullable(),
  hint: z.string().openapi({ description: "The end of the access key or the token. The rest is never told." }),
  status: z.enum(["Enabled", "Paused"]),
  pauseReason: z.enum(["Manual", "Failing"]).nullable().openapi({
    description: "Failing: nothing was taken for three days.",
  }),
  pausedAt: Timestamp.nullable(),
  sentSequence: z.int().openapi({ description: "The place in the chain up to which everything was taken." }),
  sentAt: Timestamp.nullable(),
  behind: z.int().openapi({ description: "Sealed rows that were not taken yet." }),
  failures: z.int().openapi({ description: "Tries that failed since something was taken." }),
  failingSince: Timestamp.nullable(),
  lastError: z.string().nullable(),
  nextAt: Timestamp.nullable().openapi({ description: "When it is tried again, after a failure." }),
  test: z.object({
    askedAt: Timestamp.nullable(),
    testedAt: Timestamp.nullable().openapi({ description: "When the last test came to its end." }),
    error: z.string().nullable().openapi({ description: "Null where the test was taken." }),
  }),
  createdBy: Id,
  createdAt: Timestamp,
  updatedAt: Timestamp,
});

export const ForwardingDestination = destination.openapi("ForwardingDestination", {
  example: {
    id: "6e1f2a3b-0000-4000-8000-000000000007",
    name: "Our archive",
    kind: "Bucket",
    url: "https://s3.example.com",
    region: "eu-central-1",
    bucket: "acme-audit",
    prefix: "logs/contentos",
    hint: "…7QX2",
    status: "Enabled",
    pauseReason: null,
    pausedAt: null,
    sentSequence: 1204,
    sentAt: "2026-11-27T09:00:00.000Z",
    behind: 0,
    failures: 0,
    failingSince: null,
    lastError: null,
    nextAt: null,
    test: { askedAt: "2026-11-22T09:00:00.000Z", testedAt: "2026-11-22T09:00:01.000Z", error: null },
    createdBy: "5f0c2f0a-61f5-4f0e-8a0d-2c7a7c1f0b02",
    createdAt: "2026-11-22T09:00:00.000Z",
    updatedAt: "2026-11-22T09:00:00.000Z",
  },
});
export const ForwardingDestinations = z
  .object({ items: z.array(ForwardingDestination) })
  .openapi("ForwardingDestinations");

const receiver = { name: Name, url: ReceiverUrl, token: Credential, from: From };
export const CreateForwardingDestination = z
  .discriminatedUnion(
    "kind",
    [
      z.strictObject({
        kind: z.literal("Bucket"),
        name: Name,
        url: Endpoint,
        region: Region.default("us-east-1"),
        bucket: Bucket,
        prefix: Prefix.optional(),
        accessKeyId: Credential,
        secretAccessKey: Credential,
        from: From,
      }),
      z.strictObject({ kind: z.literal("Splunk"), ...receiver }),
      z.strictObject({ kind: z.literal("JsonLines"), ...receiver }),
    ],
    { error: "Bucket, Splunk or JsonLines." },
  )
  .openapi("CreateForwardingDestination", {
    example: {
      kind: "Splunk",
      name: "Our SIEM",
      url: "https://splunk.example.com:8088/services/collector/event",
      token: "12345678-1234-1234-1234-1234567890AB",
      from: "Beginning",
    },
  });

export const UpdateForwardingDestination = z
  .strictObject({
    name: Name.optional(),
    url: ReceiverUrl.optional(),
    region: Region.optional(),
    bucket: Bucket.optional(),
    prefix: Prefix.nullable().optional(),
    token: Credential.optional().openapi({ description: "Of a receiver. Another address needs it anew." }),
    accessKeyId: Credential.optional(),
    secretAccessKey: Credential.optional().openapi({
      description: "Of a bucket, both keys together. Another address or bucket needs them anew.",
    }),
    enabled: z.boolean().optional().openapi({
      description: "False pauses it. True resumes it where it stopped, so that nothing is missing.",
    }),
  })
  .openapi("UpdateForwardingDestination", { example: { enabled: true } });

const base = { tags: ["forwarding"], security: SIGNED_IN };
const HERE = "/forwarding/destinations";

export const listForwardingDestinations = createRoute({
  ...base,
  operationId: "listForwardingDestinations",
  method: "get",
  path: HERE,
  summary: "List where the audit log is sent on to, and how far each has come",
  request: { headers: inWorkspace },
  responses: { 200: json("All of them, oldest first", ForwardingDestinations), ...memberProblems() },
});

export const createForwardingDestination = createRoute({
  ...base,
  operationId: "createForwardingDestination",
  method: "post",
  path: HERE,
  summary: "Have the audit log sent on to a bucket or a receiver",
  description:
    "At least once and in the order of the chain. Each line has `workspaceId`, `sequence`, `kind`, `sealedAt`, `previous`, `hash` and `row`: the hash is the SHA-256 of `previous`, `sequence`, `kind`, `sealedAt` and `row` as canonical JSON (RFC 8785).",
  request: { headers: creates, body: body(CreateForwardingDestination) },
  responses: {
    201: json("The destination, without its secret", ForwardingDestination),
    ...memberProblems("too_many", "idempotency_key_reused"),
  },
});

export const getForwardingDestination = createRoute({
  ...base,
  operationId: "getForwardingDestination",
  method: "get",
  path: `${HERE}/{id}`,
  summary: "Read a destination and how far it has come",
  request: { headers: inWorkspace, params: idParams },
  responses: { 200: json("The destination", ForwardingDestination), ...memberProblems() },
});

export const updateForwardingDestination = createRoute({
  ...base,
  operationId: "updateForwardingDestination",
  method: "put",
  path: `${HERE}/{id}`,
  summary: "Change a destination, pause it or resume it",
  request: { headers: inWorkspace, params: idParams, body: body(UpdateForwardingDestination) },
  responses: { 200: json("The destination", ForwardingDestination), ...memberProblems() },
});

export const removeForwardingDestination = createRoute({
  ...base,
  operationId: "removeForwardingDestination",
  method: "delete",
  path: `${HERE}/{id}`,
  summary: "Send nothing there any more",
  request: { headers: inWorkspace, params: idParams },
  responses: { 204: { description: "Removed, and its secret with it" }, ...memberProblems() },
});

export const testForwardingDestination = createRoute({
  ...base,
  operationId: "testForwardingDestination",
  method: "post",
  path: `${HERE}/{id}/test`,
  summary: "Send a test, also to a destination that is paused",
  request: { headers: creates, params: idParams },
  responses: {
    202: json("The destination: read it again to see what came of it", ForwardingDestination),
    ...memberProblems("idempotency_key_reused"),
  },
});
