import { randomUUID } from "node:crypto";
import type { ChannelAdapter } from "@/channels/adapter";
import { check, connect, find, publish, remove } from "@/channels/ghost/calls";
import type { GhostCredentials } from "@/channels/ghost/client";
import { type GhostInput, ghostInput } from "@/channels/ghost/input";
import { ghostRules } from "@/channels/ghost/rules";

/** Articles on a site that Ghost runs, by its Admin API and the key of an integration. Nothing is sent to members by mail. */
export const createGhostAdapter = (): ChannelAdapter<GhostInput, GhostCredentials> => ({
  ...ghostRules,
  credentials: ghostInput,
  metricTypes: [],
  removable: true,
  newKey: () => randomUUID(),
  connect,
  check,
  publish,
  find,
  async metrics() {
    return [];
  },
  remove,
});
