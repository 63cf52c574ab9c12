import { createRoute } from "@hono/zod-openapi";
import { body, idParams, json, memberProblems, SIGNED_IN, z } from "@/platform/contract";

const terms = {
  requireSecondFactor: z.boolean().openapi({ description: "Of everybody, whichever way they sign in." }),
  requireSso: z
    .boolean()
    .openapi({ description: "Of members whose address is in a verified domain. The owner may come by two factors." }),
  sessionHours: z
    .int()
    .min(1)
    .max(8_760)
    .nullable()
    .openapi({ description: "How long after a sign-in one has to sign in anew; null: as long as sessions live." }),
  idleMinutes: z.int().min(15).max(43_200).nullable().openapi({
    description:
      "After how long without a request one has to sign in anew. It is looked at when a session is refreshed, and so takes up to a quarter of an hour more.",
  }),
  keyDays: z.int().min(1).max(3_650).nullable().openapi({
    description: "How long an API key works after it was made or rotated, also one that is there already.",
  }),
  tokenSeconds: z
    .int()
    .min(30)
    .max(900)
    .nullable()
    .openapi({ description: "The most that a token may live which a key was changed for; null: 900." }),
};
const example = {
  requireSecondFactor: true,
  requireSso: false,
  sessionHours: 12,
  idleMinutes: 60,
  keyDays: 365,
  tokenSeconds: null,
};

export const SecurityPolicy = z.object(terms).openapi("SecurityPolicy", { example });
const { requireSecondFactor, requireSso, sessionHours, ...later } = terms;
/** What came later may be left out, and stays as it is: who doesn't know of it must not weaken it. */
const WriteSecurityPolicy = z
  .strictObject({ requireSecondFactor, requireSso, sessionHours, ...z.object(later).partial().shape })
  .openapi("WriteSecurityPolicy", { example });

export type SecurityPolicyInput = z.output<typeof WriteSecurityPolicy>;

export const getSecurityPolicy = createRoute({
  method: "get",
  path: "/workspaces/{id}/security",
  operationId: "getSecurityPolicy",
  summary: "What the workspace asks of those who enter it",
  tags: ["auth"],
  security: SIGNED_IN,
  request: { params: idParams },
  responses: { 200: json("As it is set.", SecurityPolicy), ...memberProblems() },
});

export const writeSecurityPolicy = createRoute({
  method: "put",
  path: "/workspaces/{id}/security",
  operationId: "writeSecurityPolicy",
  summary: "Say what the workspace asks of those who enter it; it binds from the next request on",
  tags: ["auth"],
  security: SIGNED_IN,
  request: { params: idParams, body: body(WriteSecurityPolicy) },
  responses: {
    200: json("As it is set now.", SecurityPolicy),
    ...memberProblems("second_factor_required", "sso_not_configured"),
  },
});
