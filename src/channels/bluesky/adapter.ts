import { randomInt } from "node:crypto";
import type { ChannelAdapter } from "@/channels/adapter";
import type { BlueskyCredentials } from "@/channels/bluesky/client";
import { type BlueskyInput, blueskyInput } from "@/channels/bluesky/input";
import { blueskyRules } from "@/channels/bluesky/rules";
import { createTids } from "@/channels/bluesky/tid";

type BlueskyAdapter = ChannelAdapter<BlueskyInput, BlueskyCredentials>;

/** Bluesky's library holds all of its lexicons: it is read with the first call, and not by each process that starts. */
const calls = () => import("@/channels/bluesky/calls");

/** Posts and threads on Bluesky, or on any server that speaks its protocol. */
export const createBlueskyAdapter = (random: (below: number) => number = randomInt): BlueskyAdapter => ({
  ...blueskyRules,
  credentials: blueskyInput,
  metricTypes: ["likes", "reposts", "replies", "quotes"],
  removable: true,
  newKey: createTids(random),
  connect: async (...asked) => (await calls()).connect(...asked),
  check: async (...asked) => (await calls()).check(...asked),
  publish: async (...asked) => (await calls()).publish(...asked),
  find: async (account, part, context) => (await calls()).find(account, part, context),
  metrics: async (...asked) => (await calls()).metrics(...asked),
  remove: async (...asked) => (await calls()).remove(...asked),
});
