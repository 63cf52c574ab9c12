import { randomUUID } from "node:crypto";
import type { ChannelAdapter } from "@/channels/adapter";
import { find, publish, remove } from "@/channels/wordpress/calls";
import type { WordPressCredentials } from "@/channels/wordpress/client";
import { metrics } from "@/channels/wordpress/comments";
import { check, connect } from "@/channels/wordpress/connecting";
import { type WordPressInput, wordpressInput } from "@/channels/wordpress/input";
import { wordpressRules } from "@/channels/wordpress/rules";

/** Articles on a WordPress site, by its own REST API and an application password; no plugin is asked for. */
export const createWordPressAdapter = (): ChannelAdapter<WordPressInput, WordPressCredentials> => ({
  ...wordpressRules,
  credentials: wordpressInput,
  metricTypes: ["replies"],
  removable: true,
  newKey: () => randomUUID(),
  connect,
  check,
  publish,
  find,
  metrics,
  remove,
});
