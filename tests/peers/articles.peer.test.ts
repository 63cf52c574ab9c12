import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { approveItem, type Planners, seedPlanners } from "#tests/factories/distribution";
import { caller } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";
import { makeDue, runJobs } from "#tests/harness/jobs";
import { testKeyring } from "#tests/harness/keyring";
import { testOutside } from "#tests/harness/outside";
import { testStorage } from "#tests/harness/storage";
import { ghostMissing, startGhost } from "#tests/peers/ghost-server";
import { startWordPress, wordPressMissing } from "#tests/peers/wordpress-server";
import { createChannels } from "@/channels/registry";
import { publishTask, removeTask } from "@/features/distribution";
import { createSitePort } from "@/features/site";
import { systemClock } from "@/platform/clock";
import { createOutboundFetch } from "@/platform/outbound-fetch";

/** A real server to which articles are published: what connects it, and how its readers see a post. */
type Place = {
  input: Record<string, string>;
  /** Where anybody may read it. */
  publicAt(post: { remoteId: string; publishedUrl: string }): string;
  close(): Promise<void>;
};
const PLACES = [
  {
    network: "wordpress",
    missing: wordPressMissing(),
    async start(): Promise<Place> {
      const server = await startWordPress();
      const { user, password } = await server.person("author");
      const input = { site: server.url, userName: user, applicationPassword: password };
      // Debian's WordPress has no theme, so that its pages are empty: readers' side of its API has what they would show.
      const publicAt = ({ remoteId }: { remoteId: string }) => `${server.url}/?rest_route=/wp/v2/posts/${remoteId}`;
      return { input, publicAt, close: server.close };
    },
  },
  {
    network: "ghost",
    missing: ghostMissing(),
    async start(): Promise<Place> {
      const server = await startGhost();
      const { adminApiKey } = await server.integration();
      const input = { apiUrl: server.url, adminApiKey };
      return { input, publicAt: ({ publishedUrl }) => publishedUrl, close: server.close };
    },
  },
];

const publicUrl = "https://contentos.test";

describe.each(PLACES)("an article, all the way to $network", ({ network, missing, start }) => {
  describe.skipIf(missing)(missing ? `(skipped: ${missing})` : "", () => {
    const t = testDatabase();
    const call = caller(t);
    let place: Place;
    let team: Planners;

    beforeAll(async () => {
      place = await start();
      team = await seedPlanners(t);
    }, 300_000);
    afterAll(() => place?.close());

    const run = async () => {
      await makeDue(t);
      const deps = {
        db: t.db,
        channels: createChannels({ site: createSitePort({ db: t.db, publicUrl }) }),
        keyring: testKeyring,
        storage: testStorage(),
        ...testOutside(t),
        fetch: createOutboundFetch({ allow: ["127.0.0.1"] }),
        clock: systemClock,
        log: pino({ level: "silent" }),
        publicUrl,
      };
      await runJobs(t, { "distribution.publish": publishTask(deps), "distribution.remove": removeTask(deps) });
    };
    const seenAt = async (url: string) => {
      const response = await fetch(url, { redirect: "manual" });
      return { status: response.status, text: await response.text() };
    };

    it("is connected, approved, planned, read there, and taken down again", async () => {
      const wrong = await call(team.admin, "POST", "/distribution/channels", { network });
      expect([wrong.status, wrong.body.code]).toEqual([400, "invalid_request"]);
      const made = await call(team.admin, "POST", "/distribution/channels", { network, ...place.input });
      expect([made.status, made.body]).toEqual([201, expect.objectContaining({ network, status: "Connected" })]);

      const draft = { title: "Tulips & rain", body: "# Spring\n\nThe *boats* are back. <script>alert(1)</script>" };
      const { id: contentItemId } = await approveItem(call, team.editor, draft);
      const scheduledTime = new Date().toISOString();
      const channelId = made.body.id as string;
      const planned = await call(team.editor, "POST", "/distribution/schedule", {
        contentItemId,
        channelId,
        scheduledTime,
      });
      expect([planned.status, planned.body]).toEqual([201, expect.anything()]);
      await run();

      const path = `/distribution/${planned.body.id}`;
      const { body } = await call(team.viewer, "GET", `${path}/status`);
      expect(body).toMatchObject({ status: "Published", publishedUrl: expect.stringContaining("http://127.0.0.1") });
      const url = place.publicAt(body as { remoteId: string; publishedUrl: string });
      const page = await seenAt(url);
      expect(page.status).toBe(200);
      expect(page.text).toMatch(/Tulips (&amp;|&#038;) rain/);
      expect(page.text).toMatch(/The <em>boats<\\?\/em> are back/);
      expect(page.text).not.toContain("<script>alert");

      expect((await call(team.editor, "POST", `${path}/remove`)).status).toBe(200);
      await run();
      expect((await call(team.viewer, "GET", `${path}/status`)).body.removedAt).not.toBeNull();
      const gone = await seenAt(url);
      expect(gone.status).toBeGreaterThanOrEqual(400);
      expect(gone.text).not.toContain("boats");
    });
  });
});
