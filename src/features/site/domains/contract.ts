import { createRoute } from "@hono/zod-openapi";
import {
  body,
  creates,
  Id,
  idParams,
  inWorkspace,
  json,
  memberProblems,
  orNull,
  PUBLIC,
  page,
  problems,
  SIGNED_IN,
  Timestamp,
  z,
} from "@/platform/contract";
import { hostNameOf } from "@/platform/host";
import { SENTENCES } from "@/platform/issue-rules";

export const DOMAIN_STATUSES = ["Pending", "Verified", "Lost"] as const;
export const DOMAIN_PROBLEMS = ["RecordMissing", "NoAnswer"] as const;

const Host = z
  .string()
  .max(300)
  .transform((written, context) => {
    const host = hostNameOf(written);
    if (host !== undefined) return host;
    context.addIssue({
      code: "custom",
      message: SENTENCES.host,
    });
    return z.NEVER;
  })
  .openapi({
    type: "string",
    description: "A host's name; letters of any script are taken.",
    example: "www.client.example",
  });

const DnsRecord = z
  .object({ type: z.enum(["TXT", "CNAME"]), name: z.string(), value: z.string() })
  .openapi("DnsRecord");

export const Domain = z
  .object({
    id: Id,
    host: z.string(),
    status: z.enum(DOMAIN_STATUSES),
    primary: z.boolean(),
    url: z.string(),
    /** Shows that whoever set it decides on the host. It stays as long as the host is used. */
    proof: DnsRecord,
    /** Leads visitors here; where the host can have no CNAME, an A record does. */
    route: DnsRecord,
    problem: z.enum(DOMAIN_PROBLEMS).nullable(),
    checkedAt: orNull(Timestamp),
    verifiedAt: orNull(Timestamp),
    createdAt: Timestamp,
  })
  .openapi("Domain", {
    example: {
      id: "4d1c2b3a-0000-4000-8000-000000000016",
      host: "www.client.example",
      status: "Pending",
      primary: false,
      url: "https://www.client.example",
      proof: {
        type: "TXT",
        name: "_contentos.www.client.example",
        value: "contentos=u0Vq0mX3z6o0Hk0y4m7sJmR7v0dGQWfW3m8b2n1c9aE",
      },
      route: { type: "CNAME", name: "www.client.example", value: "content.example.com" },
      problem: null,
      checkedAt: null,
      verifiedAt: null,
      createdAt: "2026-11-27T09:00:00.000Z",
    },
  });
export const DomainPage = page(Domain).openapi("DomainPage");

/** What anyone may know who opens a workspace's own host. */
const HostSite = z
  .object({
    slug: z.string(),
    name: z.string(),
    language: z.string(),
    primaryColor: z.string().nullable(),
    logoUrl: z.string().nullable(),
    faviconUrl: z.string().nullable(),
  })
  .openapi("HostSite");
export const CurrentHost = z.object({ site: orNull(HostSite) }).openapi("CurrentHost", {
  example: {
    site: {
      slug: "acme",
      name: "Acme",
      language: "en",
      primaryColor: "#0a7d5a",
      logoUrl: "https://www.client.example/assets/2f6f1c5e-8f39-4b52-8f0e-0d4f6d3f5a10-320.webp",
      faviconUrl: null,
    },
  },
});

export const AddDomain = z
  .strictObject({ host: Host })
  .openapi("AddDomain", { example: { host: "www.client.example" } });
export const AskDomain = z.strictObject({
  domain: z
    .string()
    .max(300)
    .openapi({ description: "The host that a certificate is wanted for.", example: "www.client.example" }),
});

const base = { tags: ["site"], security: SIGNED_IN };
const params = { headers: inWorkspace, params: idParams };

export const listDomains = createRoute({
  ...base,
  operationId: "listDomains",
  method: "get",
  path: "/site/domains",
  summary: "List the site's own domains with the records to set",
  request: { headers: inWorkspace },
  responses: { 200: json("All of them, the oldest first", DomainPage), ...memberProblems() },
});

export const addDomain = createRoute({
  ...base,
  operationId: "addDomain",
  method: "post",
  path: "/site/domains",
  summary: "Claim a domain, and learn which records prove it",
  request: { headers: creates, body: body(AddDomain) },
  responses: {
    201: json("The domain, to be verified", Domain),
    ...memberProblems("domain_taken", "domain_limit", "idempotency_key_reused", "invalid_json"),
  },
});

export const verifyDomain = createRoute({
  ...base,
  operationId: "verifyDomain",
  method: "post",
  path: "/site/domains/{id}/verify",
  summary: "Look for the domain's record now",
  request: params,
  responses: { 200: json("The domain, and what was found", Domain), ...memberProblems("domain_taken") },
});

export const makeDomainPrimary = createRoute({
  ...base,
  operationId: "makeDomainPrimary",
  method: "post",
  path: "/site/domains/{id}/primary",
  summary: "Make a verified domain the site's address",
  request: params,
  responses: { 200: json("The domain", Domain), ...memberProblems("domain_unverified") },
});

export const removeDomain = createRoute({
  ...base,
  operationId: "removeDomain",
  method: "delete",
  path: "/site/domains/{id}",
  summary: "Remove a domain; the site is then found at its other addresses",
  request: params,
  responses: { 204: { description: "Removed" }, ...memberProblems() },
});

export const askDomain = createRoute({
  tags: ["site"],
  security: PUBLIC,
  operationId: "askDomain",
  method: "get",
  path: "/site/domains/ask",
  summary: "Tell a proxy whether a host may have a certificate",
  request: { query: AskDomain },
  responses: {
    200: json(
      "It is verified",
      z.object({ domain: z.string() }).openapi("KnownDomain", { example: { domain: "www.client.example" } }),
    ),
    ...problems("not_found"),
  },
});

export const getCurrentHost = createRoute({
  tags: ["site"],
  security: PUBLIC,
  operationId: "getCurrentHost",
  method: "get",
  path: "/site/host",
  summary: "Read whose site the host is that is asked; null at the deployment's own",
  responses: { 200: json("The site, as anyone may know it", CurrentHost), ...problems() },
});
