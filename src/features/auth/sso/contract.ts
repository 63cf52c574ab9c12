import { createRoute } from "@hono/zod-openapi";
import {
  body,
  Id,
  idParams,
  json,
  memberProblems,
  PUBLIC,
  problems,
  SIGNED_IN,
  Timestamp,
  z,
} from "@/platform/contract";
import { SENTENCES } from "@/platform/issue-rules";
import { SignedIn } from "../contract";
import { RecoveryCode, TotpCode } from "../factors/contract";

const Email = z
  .string()
  .trim()
  .toLowerCase()
  .max(254)
  .pipe(z.email("Give an e-mail address, such as kim@example.com."))
  .openapi({ example: "kim@example.com" });

const Ssologin = z
  .strictObject({
    token: z.string().min(1).max(8_000).openapi({ description: "A session token of Clerk's." }),
    totp: TotpCode.optional(),
    recoveryCode: RecoveryCode.optional(),
  })
  .openapi("Ssologin", { example: { token: "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ1c2VyXzEifQ.c2lnbmF0dXJl" } });
const ClerkEvent = z.record(z.string(), z.unknown()).openapi("ClerkEvent", {
  example: { type: "user.deleted", data: { id: "user_29w83sxmDNGwOuEthce5gg56FcC", deleted: true } },
});
const StartSso = z
  .strictObject({ email: Email, next: z.string().max(2_000).optional() })
  .openapi("StartSso", { example: { email: "kim@example.com", next: "/w/acme/content" } });
export const SsoStarted = z
  .object({ url: z.string() })
  .openapi("SsoStarted", { example: { url: "https://login.example.com/authorize?client_id=contentos" } });
const callbackQuery = z.object({
  state: z.string().max(200).optional().openapi({ description: "As it was sent along." }),
  code: z.string().max(4_000).optional().openapi({ description: "What is changed for who it is." }),
  iss: z.string().max(400).optional().openapi({ description: "Who answers." }),
  error: z.string().max(400).optional().openapi({ description: "Why nobody was signed in." }),
});

/** https, or a host of the operator's own that the outbound fetch is allowed to reach. */
const Issuer = z
  .url({ protocol: /^https?$/, error: SENTENCES.issuer })
  .max(400)
  .openapi({ example: "https://login.example.com" });
const Domain = z
  .string()
  .trim()
  .toLowerCase()
  .max(253)
  .regex(/^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/, SENTENCES.domain)
  .openapi({ example: "example.com" });
const DefaultRole = z.enum(["Editor", "Writer", "Viewer"]);

export const SsoDomain = z
  .object({
    id: Id,
    domain: z.string(),
    recordName: z.string(),
    recordValue: z.string(),
    verifiedAt: z.union([Timestamp, z.null()]),
  })
  .openapi("SsoDomain", {
    example: {
      id: "3c9d2b1a-0000-4000-8000-000000000003",
      domain: "example.com",
      recordName: "_contentos.example.com",
      recordValue: "contentos-domain=q83vEjRWeJCrze8SNFZ4kA",
      verifiedAt: null,
    },
  });
const CONNECTION = {
  protocol: "Oidc" as const,
  issuer: "https://login.example.com",
  clientId: "contentos",
  ssoUrl: null,
  sloUrl: null,
  certificates: [],
  idpInitiated: false,
  defaultRole: "Writer" as const,
  updatedAt: "2026-11-22T09:00:00.000Z",
};
const Certificate = z.object({ fingerprint: z.string(), subject: z.string(), validUntil: Timestamp });
const SsoConnection = z
  .object({
    protocol: z.enum(["Oidc", "Saml"]),
    issuer: z.string().openapi({ description: "With SAML, the provider's entity id." }),
    clientId: z.string().nullable().openapi({ description: "Of OpenID Connect." }),
    ssoUrl: z.string().nullable().openapi({ description: "Of SAML: where the provider takes requests, by redirect." }),
    sloUrl: z.string().nullable().openapi({ description: "Of SAML: where it takes requests to sign out." }),
    certificates: z
      .array(Certificate)
      .openapi({ description: "Of SAML: what the provider signs with. The fingerprint is SHA-256." }),
    idpInitiated: z.boolean().openapi({ description: "Of SAML: whether sign-ins may begin at the provider." }),
    defaultRole: DefaultRole,
    updatedAt: Timestamp,
  })
  .openapi("SsoConnection", { example: CONNECTION });
const HERE = "https://contentos.example.com/api/v1/auth/sso/saml/5f0c2f0a-61f5-4f0e-8a0d-2c7a7c1f0b01";
const SAML_HERE = {
  entityId: `${HERE}/metadata`,
  acsUrl: `${HERE}/acs`,
  sloUrl: `${HERE}/slo`,
  metadataUrl: `${HERE}/metadata`,
  certificates: [
    {
      fingerprint: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
      subject: "CN=contentos.example.com",
      validUntil: "2036-11-22T09:00:00.000Z",
      pem: "-----BEGIN CERTIFICATE-----\n…\n-----END CERTIFICATE-----\n",
    },
  ],
};
export const SsoSettings = z
  .object({
    connection: z.union([SsoConnection, z.null()]),
    domains: z.array(SsoDomain),
    redirectUri: z.string().openapi({ description: "What a provider of OpenID Connect has to be told." }),
    saml: z
      .object({
        entityId: z.string(),
        acsUrl: z.string(),
        sloUrl: z.string(),
        metadataUrl: z.string(),
        certificates: z.array(Certificate.extend({ pem: z.string() })).openapi({
          description:
            "Ours, newest first: for that one assertions may be encrypted, and by any requests may be signed.",
        }),
      })
      .openapi({ description: "What a SAML provider has to be told; all of it is in the metadata." }),
  })
  .openapi("SsoSettings", {
    example: {
      connection: CONNECTION,
      domains: [],
      redirectUri: "https://contentos.example.com/api/v1/auth/sso/callback",
      saml: SAML_HERE,
    },
  });
const WriteSaml = z
  .strictObject({
    metadata: z
      .string()
      .max(500_000)
      .optional()
      .openapi({ description: "The provider's metadata (XML). Without it, the fields after this one." }),
    entityId: z.string().trim().min(1).max(400).optional(),
    ssoUrl: z
      .url({ protocol: /^https?$/, error: "Give an address with https." })
      .max(2_000)
      .optional(),
    sloUrl: z
      .url({ protocol: /^https?$/, error: "Give an address with https." })
      .max(2_000)
      .nullish()
      .openapi({ description: "Where the provider takes requests to sign out, by redirect." }),
    certificates: z
      .array(z.string().max(20_000))
      .min(1)
      .max(10)
      .optional()
      .openapi({ description: "PEM, or the base64 within. Two while the provider changes its key." }),
    idpInitiated: z
      .boolean()
      .default(false)
      .openapi({ description: "Whether sign-ins may begin at the provider, without having been asked for here." }),
    defaultRole: DefaultRole,
  })
  .refine(({ metadata, ...fields }) => (metadata === undefined) === (fields.entityId !== undefined), {
    path: ["metadata"],
    message: "Give either the metadata, or entity id, sign-in address and certificates.",
  })
  .openapi("WriteSaml", {
    example: { metadata: "<md:EntityDescriptor …>", idpInitiated: false, defaultRole: "Writer" },
  });
const WriteSso = z
  .strictObject({
    issuer: Issuer,
    clientId: z.string().trim().min(1).max(400),
    clientSecret: z
      .string()
      .min(1)
      .max(1_000)
      .optional()
      .openapi({ description: "It is never shown again; left out, the one before stays." }),
    defaultRole: DefaultRole,
  })
  .openapi("WriteSso", {
    example: {
      issuer: "https://login.example.com",
      clientId: "contentos",
      clientSecret: "as the provider gave it",
      defaultRole: "Writer",
    },
  });
const AddDomain = z.strictObject({ domain: Domain }).openapi("AddSsoDomain", { example: { domain: "example.com" } });
const domainParams = z.strictObject({ id: Id, domainId: Id });

export type WriteSsoInput = z.output<typeof WriteSso>;
export type WriteSamlInput = z.output<typeof WriteSaml>;

const tags = ["auth"];

export const ssologin = createRoute({
  method: "post",
  path: "/auth/ssologin",
  operationId: "ssologin",
  summary: "Change a session token of Clerk's for a session",
  description:
    "An account is linked by its address, where Clerk and ContentOS both know it to be confirmed. Who has turned a second factor on is asked for it, unless Clerk has seen one.",
  tags,
  security: PUBLIC,
  request: { body: body(Ssologin) },
  responses: {
    200: json("Signed in; cookies are set as well.", SignedIn),
    ...problems(
      "unauthenticated",
      "totp_required",
      "totp_invalid",
      "sso_refused",
      "account_suspended",
      "sso_not_configured",
    ),
  },
});

export const hearClerk = createRoute({
  method: "post",
  path: "/auth/clerk/webhook",
  operationId: "hearClerk",
  summary: "What Clerk tells of its users, signed (svix)",
  description: "`user.deleted` ends the sessions of the person and takes the link away. All else is passed over.",
  tags,
  security: PUBLIC,
  request: { body: body(ClerkEvent) },
  responses: { 204: { description: "Heard." }, ...problems("unauthenticated", "sso_not_configured") },
});

export const startSso = createRoute({
  method: "post",
  path: "/auth/sso/start",
  operationId: "startSso",
  summary: "Begin to sign in by the identity provider of one's organisation",
  tags,
  security: PUBLIC,
  request: { body: body(StartSso) },
  responses: {
    200: json("Where to send the browser, within ten minutes.", SsoStarted),
    ...problems("sso_refused", "sso_not_configured"),
  },
});

export const finishSso = createRoute({
  method: "get",
  path: "/auth/sso/callback",
  operationId: "finishSso",
  summary: "Where the identity provider sends the browser back to",
  tags,
  security: PUBLIC,
  request: { query: callbackQuery },
  responses: {
    302: { description: "To where the sign-in began, or to the sign-in page with a refusal." },
    ...problems(),
  },
});

export const finishSaml = createRoute({
  method: "get",
  path: "/auth/sso/done",
  operationId: "finishSaml",
  summary: "Where a browser is sent on to once a SAML provider's answer was taken",
  tags,
  security: PUBLIC,
  request: {
    query: z.object({ code: z.string().max(200).optional().openapi({ description: "Good once, for a minute." }) }),
  },
  responses: {
    302: { description: "To where the sign-in began, or to the sign-in page with a refusal." },
    ...problems(),
  },
});

export const SsoLoggedOut = z
  .object({
    url: z.string().nullable().openapi({ description: "Where to send the browser; null: nowhere." }),
  })
  .openapi("SsoLoggedOut", { example: { url: "https://login.example.com/logout?SAMLRequest=…" } });

export const logoutSso = createRoute({
  method: "post",
  path: "/auth/logout/sso",
  operationId: "logoutSso",
  summary: "Sign out, and learn where to sign out of the provider as well",
  description:
    "The session is ended at once. A SAML provider that takes requests to sign out is asked by the browser, which it sends back to the sign-in page.",
  tags,
  security: SIGNED_IN,
  responses: { 200: json("Signed out here.", SsoLoggedOut), ...problems("unauthenticated", "cross_site_request") },
});

export const getSso = createRoute({
  method: "get",
  path: "/workspaces/{id}/sso",
  operationId: "getSso",
  summary: "The workspace's single sign-on",
  tags,
  security: SIGNED_IN,
  request: { params: idParams },
  responses: { 200: json("As it is set.", SsoSettings), ...memberProblems() },
});

export const writeSso = createRoute({
  method: "put",
  path: "/workspaces/{id}/sso",
  operationId: "writeSso",
  summary: "Set the workspace's identity provider; it is asked first",
  tags,
  security: SIGNED_IN,
  request: { params: idParams, body: body(WriteSso) },
  responses: { 200: json("As it is set now.", SsoSettings), ...memberProblems("sso_refused") },
});

export const writeSaml = createRoute({
  method: "put",
  path: "/workspaces/{id}/sso/saml",
  operationId: "writeSaml",
  summary: "Set the workspace's identity provider, by SAML 2.0",
  description:
    "Assertions have to be signed, by RSA with SHA-256 or more, and answer a request of ours unless `idpInitiated` is set. Other keys or another entity id end the sessions that the provider opened before.",
  tags,
  security: SIGNED_IN,
  request: { params: idParams, body: body(WriteSaml) },
  responses: { 200: json("As it is set now.", SsoSettings), ...memberProblems() },
});

export const removeSso = createRoute({
  method: "delete",
  path: "/workspaces/{id}/sso",
  operationId: "removeSso",
  summary: "Take the workspace's identity provider away",
  tags,
  security: SIGNED_IN,
  request: { params: idParams },
  responses: { 204: { description: "Its sessions open nothing any more." }, ...memberProblems() },
});

export const addSsoDomain = createRoute({
  method: "post",
  path: "/workspaces/{id}/sso/domains",
  operationId: "addSsoDomain",
  summary: "Name a domain whose people sign in by the provider",
  tags,
  security: SIGNED_IN,
  request: { params: idParams, body: body(AddDomain) },
  responses: { 200: json("With the TXT record that proves it.", SsoDomain), ...memberProblems("conflict") },
});

export const verifySsoDomain = createRoute({
  method: "post",
  path: "/workspaces/{id}/sso/domains/{domainId}/verify",
  operationId: "verifySsoDomain",
  summary: "Look for a domain's TXT record",
  tags,
  security: SIGNED_IN,
  request: { params: domainParams },
  responses: {
    200: json("Verified.", SsoDomain),
    ...memberProblems("domain_not_verified", "domain_taken"),
  },
});

export const removeSsoDomain = createRoute({
  method: "delete",
  path: "/workspaces/{id}/sso/domains/{domainId}",
  operationId: "removeSsoDomain",
  summary: "Remove a domain",
  tags,
  security: SIGNED_IN,
  request: { params: domainParams },
  responses: { 204: { description: "Removed." }, ...memberProblems() },
});
