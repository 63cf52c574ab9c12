import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type Client, createContent, createSchedule, listChannels, saveVersion, updateContent } from "@contentos/sdk";

type Given = { editor: Client; items: { draft: string; approved: string; reviewed: string }; heldItem: string };

const HOUR_MS = 3_600_000;

/** A calendar at work: things that are due, two that are too close to each other, and one that is on hold. */
export async function planCalendar({ editor, items, heldItem }: Given): Promise<void> {
  const inHours = (hours: number) =>
    new Date(Math.ceil(Date.now() / HOUR_MS) * HOUR_MS + hours * HOUR_MS).toISOString();
  await editor.call(updateContent, { id: items.draft, body: { dueAt: inHours(26) } });
  await editor.call(updateContent, { id: items.reviewed, body: { dueAt: inHours(-30) } });
  const { items: channels } = await editor.call(listChannels, {});
  const plan = (contentItemId: string, scheduledTime: string) =>
    editor.call(createSchedule, { body: { contentItemId, channelId: channels[0]!.id, scheduledTime } });
  await plan(items.approved, inHours(50));
  await plan(items.approved, new Date(Date.parse(inHours(50)) + 3 * 60_000).toISOString());
  await plan(heldItem, inHours(75));
  await editor.call(saveVersion, {
    id: heldItem,
    body: { body: "Written anew after it was planned.", baseVersion: 1 },
  });
  await editor.call(createContent, { body: { title: "Winter opening hours", dueAt: inHours(120) } });
}

/**
 * Enough of a Bluesky server to connect an account there: `createSession` and `refreshSession` as their lexicons
 * have them (com.atproto.server of @atproto/api 0.19.19). Nothing can be posted to it.
 */
export async function startBlueskyStandIn() {
  const session = { did: "did:plc:ewvi7nxzyoun6zhxrhs64oiz", handle: "harbour.test", accessJwt: "a", refreshJwt: "r" };
  const server = createServer((request, response) => {
    const isKnown = /com\.atproto\.server\.(create|refresh)Session$/.test(request.url ?? "");
    response.writeHead(isKnown ? 200 : 501, { "content-type": "application/json" });
    request
      .resume()
      .on("end", () => response.end(JSON.stringify(isKnown ? session : { error: "MethodNotImplemented" })));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
