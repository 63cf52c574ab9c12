import { NETWORKS } from "@/features/channels/contract";
import { Id, line, z } from "@/platform/contract";
import { SENTENCES } from "@/platform/issue-rules";

const Wanted = z
  .strictObject({
    channelId: Id.optional(),
    network: z.enum(NETWORKS).optional(),
    count: z.int().min(1).max(100).openapi({ description: "How many publications are wanted there." }),
  })
  .refine(({ channelId, network }) => (channelId === undefined) !== (network === undefined), {
    error: "Name a channel or a network, and not both.",
  });

const isNamedOnce = (mix: { channelId?: string | undefined; network?: string | undefined }[]) =>
  new Set(mix.map(({ channelId, network }) => channelId ?? network)).size === mix.length;

/** What a piece is to do, before it is written. All of it may be left out: a brief grows. */
export const Brief = z
  .strictObject({
    goal: z.string().trim().max(2_000).default(""),
    personaId: Id.nullable().default(null),
    keyword: z.string().trim().max(120).default(""),
    audience: z.string().trim().max(2_000).default("").openapi({ description: "A note beside the persona." }),
    channelMix: z.array(Wanted).max(50).refine(isNamedOnce, { error: SENTENCES.once }).default([]),
    keyMessages: z.array(line(500)).max(20).default([]),
    notes: z.string().trim().max(10_000).default(""),
  })
  .openapi("Brief", {
    example: {
      goal: "Fill the tables on weekdays.",
      personaId: null,
      keyword: "spring menu",
      audience: "Regulars who came in winter.",
      channelMix: [
        { network: "site", count: 1 },
        { channelId: "9d3c1b2a-0000-4000-8000-000000000001", count: 3 },
      ],
      keyMessages: ["Twelve dishes, four of them new."],
      notes: "",
    },
  });
export type Brief = z.output<typeof Brief>;
