import { expect, it, vi } from "vitest";
import { systemClock } from "@/platform/clock";
import { createOutboundFetch } from "@/platform/outbound-fetch";
import { createChannels } from "./registry";

const channels = createChannels({ site: {} as never, linkedin: undefined });
const INPUTS = {
  bluesky: { service: "http://social.example", identifier: "ada.example", appPassword: "abcd-efgh" },
  ghost: { apiUrl: "http://magazine.example", adminApiKey: `${"a".repeat(24)}:${"b".repeat(64)}` },
  mastodon: { server: "http://social.example", accessToken: "a-token" },
  wordpress: { site: "http://blog.example", userName: "ada", applicationPassword: "abcd efgh" },
};

it.each(Object.entries(INPUTS))("%s is sent no password or token in the clear", async (network, input) => {
  const lookup = vi.fn();
  const context = {
    fetch: createOutboundFetch({ allow: [], lookup }),
    clock: systemClock,
    signal: new AbortController().signal,
  };
  const adapter = channels[network as keyof typeof INPUTS];
  await expect(adapter.connect(adapter.credentials.parse(input), context)).rejects.toThrow(/https/);
  expect(lookup).not.toHaveBeenCalled();
});
