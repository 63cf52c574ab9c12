import { createRoute } from "@hono/zod-openapi";
import { ADAPTABLE, type Adaptable } from "@/channels/network-names";
import {
  body,
  creates,
  Id,
  idParams,
  inWorkspace,
  json,
  memberProblems,
  page,
  SIGNED_IN,
  Timestamp,
  z,
} from "@/platform/contract";

const PartImage = z.strictObject({ assetId: Id, altText: z.string().trim().max(2_000) });
export const Part = z.strictObject({
  text: z.string().min(1).max(10_000),
  images: z.array(PartImage).min(1).max(10).optional().openapi({ description: "Images of the library, in order." }),
});
/** What an adaptation can be for without a channel that is connected. */
export const AdaptableNetwork = z.enum(ADAPTABLE).openapi("AdaptableNetwork", {
  description: "What an item can be adapted for without a connected channel, to be copied there by hand.",
});

type Target = { channelId?: string | undefined; network?: Adaptable | undefined };
/** Exactly one of them. */
export const isOneTarget = ({ channelId, network }: Target) => (channelId === undefined) !== (network === undefined);
export const ONE_TARGET =
  "Give either channelId, for a connected channel, or network, for one that the text is copied to.";

const Parts = z.array(Part).min(1).max(50);

/** With the hash of what an image was when it was named. */
export const StoredPart = z.object({
  text: z.string(),
  images: z.array(PartImage.extend({ sha256: z.string() })).optional(),
});
export type StoredPart = z.output<typeof StoredPart>;

export const Adaptation = z
  .object({
    id: Id,
    contentItemId: Id,
    versionNumber: z.int(),
    channelId: Id.nullable().openapi({ description: "Null where it is for a network without a channel here." }),
    network: z.string().openapi({ description: "Of its channel, or the one that it is copied to." }),
    isCurrent: z
      .boolean()
      .openapi({ description: "Whether the version that it was made of is still the current one." }),
    parts: z.array(StoredPart),
    contentHash: z.string(),
    findings: z.array(
      z.object({
        severity: z.enum(["Error", "Warning"]),
        code: z.string(),
        message: z.string(),
        position: z.int().optional(),
      }),
    ),
    createdBy: Id,
    createdAt: Timestamp,
    updatedAt: Timestamp,
  })
  .openapi("Adaptation", {
    example: {
      id: "6e2d3c4b-0000-4000-8000-000000000001",
      contentItemId: "2f6f1c5e-8f39-4b52-8f0e-0d4f6d3f5a10",
      versionNumber: 2,
      channelId: "9d3c1b2a-0000-4000-8000-000000000001",
      network: "bluesky",
      isCurrent: true,
      parts: [{ text: "Spring is here." }],
      contentHash: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
      findings: [],
      createdBy: "5f0c2f0a-61f5-4f0e-8a0d-2c7a7c1f0b02",
      createdAt: "2026-11-22T09:00:00.000Z",
      updatedAt: "2026-11-22T09:00:00.000Z",
    },
  });
export const AdaptationPage = page(Adaptation).openapi("AdaptationPage");

const base = { tags: ["content"], security: SIGNED_IN };

const adaptationParams = z.strictObject({ id: Id, adaptationId: Id });

export const listAdaptations = createRoute({
  ...base,
  operationId: "listAdaptations",
  method: "get",
  path: "/content/{id}/adaptations",
  summary: "List an item's adaptations",
  request: { headers: inWorkspace, params: idParams },
  responses: { 200: json("The adaptations", AdaptationPage), ...memberProblems() },
});

export const createAdaptation = createRoute({
  ...base,
  operationId: "createAdaptation",
  method: "post",
  path: "/content/{id}/adaptations",
  summary: "Rewrite the current version for one channel or network, by hand",
  description:
    "With `network` in place of `channelId` it is for a network that nothing here publishes to: it is reviewed like any other, and copied there.",
  request: {
    headers: creates,
    params: idParams,
    body: body(
      z
        .strictObject({ channelId: Id.optional(), network: AdaptableNetwork.optional(), parts: Parts })
        .refine(isOneTarget, { message: ONE_TARGET, path: ["channelId"] })
        .openapi("CreateAdaptation", {
          example: { channelId: "9d3c1b2a-0000-4000-8000-000000000001", parts: [{ text: "Spring is here." }] },
        }),
    ),
  },
  responses: { 201: json("The adaptation", Adaptation), ...memberProblems("archived", "idempotency_key_reused") },
});

export const updateAdaptation = createRoute({
  ...base,
  operationId: "updateAdaptation",
  method: "put",
  path: "/content/{id}/adaptations/{adaptationId}",
  summary: "Change an adaptation's parts",
  request: {
    headers: inWorkspace,
    params: adaptationParams,
    body: body(
      z
        .strictObject({ parts: Parts })
        .openapi("UpdateAdaptation", { example: { parts: [{ text: "Spring is here." }] } }),
    ),
  },
  responses: { 200: json("The adaptation", Adaptation), ...memberProblems("archived") },
});
