import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { seedItem } from "#tests/factories";
import { expectStatus, seedTeam } from "#tests/factories/approval";
import { giveLink, openLink, seedAgency, seedAsked } from "#tests/factories/review";
import { type Answer, caller } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";
import { newToken } from "@/platform/secrets";

const t = testDatabase();
const call = caller(t);
/** From an address of one's own choice. */
const from = (address: string) => caller(t, { clientAddress: () => address });

const told = ({ status, body }: Answer) => ({ status, body: { ...body, requestId: "" } });
const open = (token: string, over: object = {}, ask = call) =>
  ask(null, "POST", "/review/open", { token, name: "Kim of Acme", ...over });

async function withPasscode() {
  const team = await seedTeam(t);
  const item = await seedItem(t, { createdBy: team.writer });
  return { team, item, link: await giveLink(call, team.editor, [item.id], { passcode: "otter-73-lamp" }) };
}
const guestsOf = async (linkId: string) =>
  Number((await t.asOwner<{ n: string }>("select count(*) n from review_guests where link_id = $1", [linkId]))[0]!.n);

describe("opening a link", () => {
  it("tells what it shows, and gives a credential that reads it again", async () => {
    const team = await seedAgency(t);
    const { item, link } = await seedAsked(t, call, team, { message: "Look at the prices." });
    await t.asOwner(`update workspaces set branding = '{"primaryColor": "#0a7d5a"}' where id = $1`, [
      team.workspace.id,
    ]);
    const opened = await open(link.token, { email: "Kim@Acme.example" });
    const session = {
      workspace: { name: "Acme", branding: { primaryColor: "#0a7d5a" }, timeZone: "UTC" },
      link: { id: link.id, message: "Look at the prices.", canComment: true, canDecide: true, expiresAt: null },
      guest: { name: "Kim of Acme", email: "kim@acme.example" },
      items: [
        {
          id: item.id,
          title: "Spring launch",
          status: "InReview",
          versionNumber: 1,
          contentHash: item.submittedHash,
          decision: "Pending",
        },
      ],
    };
    expect([opened.status, opened.body]).toMatchObject([201, session]);
    const { credential, ...rest } = opened.body;
    const again = await call({ credential: String(credential) }, "GET", "/review/session");
    expect([again.status, again.body]).toEqual([200, rest]);
    const row = JSON.stringify(await t.asOwner("select * from review_guests where link_id = $1", [link.id]));
    for (const part of String(credential).split(".")) expect(row).not.toContain(part);
  });

  it("is told and recorded with the guest, each time anew", async () => {
    const team = await seedAgency(t);
    const { link, client } = await seedAsked(t, call, team);
    const other = await openLink(call, link, { name: "Lee" });
    const events = await t.asOwner(
      "select actor_id, payload from events where subject_id = $1 and type = 'review.opened' order by id",
      [link.id],
    );
    expect(events).toEqual([client, other].map(({ guestId }) => ({ actor_id: guestId, payload: { guestId } })));
    const audit = await call(team.admin, "GET", `/audit?action=review.opened&subjectId=${link.id}`);
    expect(audit.body.items).toMatchObject([
      { actorKind: "Guest", actorId: other.guestId },
      { actorKind: "Guest", actorId: client.guestId },
    ]);
  });

  it("answers the same for a link that was revoked, has expired or never was", async () => {
    const team = await seedTeam(t);
    const item = await seedItem(t, { createdBy: team.writer });
    const [revoked, expired] = [
      await giveLink(call, team.editor, [item.id]),
      await giveLink(call, team.editor, [item.id]),
    ];
    await expectStatus(call(team.editor, "DELETE", `/review/links/${revoked.id}`), 204);
    await t.asOwner("update review_links set expires_at = now() where id = $1", [expired.id]);
    const madeUp = told(await open(newToken()));
    expect(madeUp).toMatchObject({ status: 404, body: { code: "not_found" } });
    for (const { token, id } of [revoked, expired]) {
      expect(told(await open(token))).toEqual(madeUp);
      expect(told(await open(token, { passcode: "otter-73-lamp" }))).toEqual(madeUp);
      expect(await guestsOf(id)).toBe(0);
    }
    for (const token of ["x", "' or true --", "💥", "a".repeat(200)]) expect(told(await open(token))).toEqual(madeUp);
  });

  it("is refused what isn't said right", async () => {
    const { link } = await withPasscode();
    for (const over of [{ name: "" }, { name: undefined }, { email: "kim" }, { surprise: 1 }, { token: 7 }]) {
      expect((await open(link.token, { passcode: "otter-73-lamp", ...over })).status).toBe(400);
    }
    expect(await guestsOf(link.id)).toBe(0);
  });
});

describe("a credential ends", () => {
  it("with its link: revoked or expired, it bites on the next request, as if there had never been one", async () => {
    const team = await seedAgency(t);
    const asked = () => seedAsked(t, call, team);
    const [revoked, expired] = [await asked(), await asked()];
    const madeUp = { credential: `${newToken()}.${newToken()}` };
    const requests = (id: string) =>
      [
        ["GET", "/review/session", undefined],
        ["GET", `/review/items/${id}`, undefined],
        ["GET", `/review/items/${id}/comments`, undefined],
        ["POST", `/review/items/${id}/comments`, { body: "Too late." }],
        ["POST", `/review/items/${id}/approve`, { contentHash: "0".repeat(64) }],
        ["POST", `/review/items/${id}/request-changes`, { contentHash: "0".repeat(64), reason: "Late." }],
        ["POST", `/review/items/${id}/hold`, { reason: "Late." }],
        ["POST", "/review/approve", { items: [{ contentItemId: id, contentHash: "0".repeat(64) }] }],
        ["GET", `/review/receipts/${id}`, undefined],
      ] as const;
    for (const { item, client } of [revoked, expired])
      for (const [method, path, input] of requests(item.id).slice(0, 3))
        expect((await call(client, method, path, input)).status).toBe(200);
    await expectStatus(call(team.editor, "DELETE", `/review/links/${revoked.link.id}`), 204);
    await t.asOwner("update review_links set expires_at = now() where id = $1", [expired.link.id]);
    for (const { item, client } of [revoked, expired]) {
      for (const [method, path, input] of requests(item.id)) {
        const expected = told(await call(madeUp, method, path, input));
        expect([path, expected]).toMatchObject([path, { status: 404, body: { code: "not_found" } }]);
        expect([path, told(await call(client, method, path, input))]).toEqual([path, expected]);
      }
    }
  });

  it("with the passcode: another one, or a first one, has everybody open the link anew; none lets them stay", async () => {
    const { team, link } = await withPasscode();
    const client = await openLink(call, link, { passcode: "otter-73-lamp" });
    const session = async (who = client) => (await call(who, "GET", "/review/session")).status;
    const set = (passcode: string | null) =>
      expectStatus(call(team.editor, "PUT", `/review/links/${link.id}`, { passcode }), 200);
    expect(await session()).toBe(200);
    await set("heron-12-boat");
    expect(await session()).toBe(401);
    const anew = await openLink(call, link, { passcode: "heron-12-boat" });
    expect([await session(anew), await session()]).toEqual([200, 401]);
    await set("heron-12-boat");
    expect(await session(anew)).toBe(401);
    await set(null);
    expect([await session(anew), await session()]).toEqual([200, 200]);
  });

  it("for an item, when that is taken from the link or put away", async () => {
    const team = await seedAgency(t);
    const { item, link, client } = await seedAsked(t, call, team);
    const seen = async () => [
      (await call(client, "GET", `/review/items/${item.id}`)).status,
      ((await call(client, "GET", "/review/session")).body.items as object[]).length,
    ];
    expect(await seen()).toEqual([200, 1]);
    await expectStatus(call(team.editor, "DELETE", `/review/links/${link.id}/items/${item.id}`), 204);
    expect(await seen()).toEqual([404, 0]);
    await expectStatus(call(team.editor, "POST", `/review/links/${link.id}/items`, { contentItemIds: [item.id] }), 200);
    expect(await seen()).toEqual([200, 1]);
    await expectStatus(call(team.editor, "POST", `/content/${item.id}/archive`), 200);
    expect(await seen()).toEqual([404, 0]);
  });

  it("where it is another link's, or half of two", async () => {
    const team = await seedAgency(t);
    const [one, two] = [await seedAsked(t, call, team), await seedAsked(t, call, team)];
    const [link, guest] = [one.client.credential.split(".")[0], two.client.credential.split(".")[1]];
    const mixed = await call({ credential: `${link}.${guest}` }, "GET", "/review/session");
    expect([mixed.status, mixed.body.code]).toEqual([401, "unauthenticated"]);
    for (const credential of ["", String(link), `${link}.`, `${link}.${guest}x`, `${link}.${guest}.${guest}`]) {
      expect([credential, (await call({ credential }, "GET", "/review/session")).status]).toEqual([credential, 401]);
    }
    const bearer = await call(null, "GET", "/review/session", undefined, {
      authorization: `Bearer ${one.client.credential}`,
    });
    expect(bearer.status).toBe(401);
  });

  it("and opens nothing of members", async () => {
    const team = await seedAgency(t);
    const { item, client } = await seedAsked(t, call, team);
    for (const [method, path] of [
      ["GET", "/content"],
      ["GET", `/content/${item.id}`],
      ["GET", `/content/${item.id}/receipts`],
      ["POST", `/approval/${item.approvalId}/approve`],
      ["GET", "/workspaces"],
      ["GET", "/audit"],
    ] as const) {
      const answer = await call(client, method, path, undefined, { "x-workspace-id": team.workspace.id });
      expect([path, answer.status]).toEqual([path, 401]);
    }
  });
});

describe("a passcode", () => {
  it("is asked for, and a missing one is no wrong one", async () => {
    const { link } = await withPasscode();
    for (let i = 0; i < 7; i++) {
      const missing = await open(link.token);
      expect([missing.status, missing.body.code]).toEqual([403, "passcode_required"]);
    }
    const right = await open(link.token, { passcode: "otter-73-lamp" });
    expect(right.status).toBe(201);
    // However the keyboard spells it.
    const { team, item } = await withPasscode();
    const accented = await giveLink(call, team.editor, [item.id], { passcode: "caf\u00e9-73-lamp" });
    expect((await open(accented.token, { passcode: "cafe\u0301-73-lamp" })).status).toBe(201);
  });

  it("is guessed at five times from one address; then that address waits, and another does not", async () => {
    const { link } = await withPasscode();
    const [stranger, client] = [from("198.51.100.1"), from("198.51.100.2")];
    for (let i = 0; i < 5; i++) {
      const wrong = await open(link.token, { passcode: "heron-12-boat" }, stranger);
      expect([wrong.status, wrong.body.code]).toEqual([403, "passcode_wrong"]);
    }
    for (const passcode of ["heron-12-boat", "otter-73-lamp"]) {
      const waits = await open(link.token, { passcode }, stranger);
      expect([waits.status, waits.body.code]).toEqual([429, "rate_limited"]);
      const seconds = Number(waits.headers.get("retry-after"));
      expect(seconds).toBeGreaterThan(0);
      expect(seconds).toBeLessThanOrEqual(900);
    }
    expect((await open(link.token, { passcode: "otter-73-lamp" }, client)).status).toBe(201);
    await t.asOwner("update review_passcode_tries set since = since - interval '15 minutes'");
    expect((await open(link.token, { passcode: "otter-73-lamp" }, stranger)).status).toBe(201);
  });

  it("is guessed at 25 times from anywhere; whoever is in stays in, and a new passcode ends the wait", async () => {
    const { team, link } = await withPasscode();
    const client = await openLink(call, link, { passcode: "otter-73-lamp" });
    for (let i = 0; i < 25; i++) {
      expect((await open(link.token, { passcode: "heron-12-boat" }, from(`198.51.100.${i}`))).status).toBe(403);
    }
    expect((await open(link.token, { passcode: "otter-73-lamp" }, from("203.0.113.1"))).status).toBe(429);
    expect((await call(client, "GET", "/review/session")).status).toBe(200);
    await expectStatus(call(team.editor, "PUT", `/review/links/${link.id}`, { passcode: "heron-12-boat" }), 200);
    expect((await open(link.token, { passcode: "heron-12-boat" }, from("203.0.113.1"))).status).toBe(201);
  });

  it("is not guessed more often by guessing at once", async () => {
    const { link } = await withPasscode();
    const stranger = from("198.51.100.1");
    const guess = () => open(link.token, { passcode: "heron-12-boat" }, stranger);
    const answers = await t.collide(
      "review_links",
      link.id,
      Array.from({ length: 9 }, () => guess),
    );
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 403)).toHaveLength(5);
    expect(statuses.filter((status) => status === 429)).toHaveLength(4);
    const [counted] = await t.asOwner<{ tries: number }>(
      "select tries from review_passcode_tries where link_id = $1 and address_hash = ''",
      [link.id],
    );
    expect(counted!.tries).toBe(5);
  });

  it("and every opening counts to the address's limit of what costs a hash", async () => {
    const tight = caller(t, { rateLimitFactor: 2 / 20 });
    const statuses = [];
    for (let i = 0; i < 3; i++) statuses.push((await open(newToken(), {}, tight)).status);
    expect(statuses).toEqual([404, 404, 429]);
  });

  it("and what a client does is limited wherever they ask from", async () => {
    const team = await seedAgency(t);
    const { client } = await seedAsked(t, call, team);
    let n = 0;
    const tight = caller(t, { rateLimitFactor: 2 / 600, clientAddress: () => `198.51.100.${n++}` });
    const statuses = [];
    for (let i = 0; i < 3; i++) statuses.push((await tight(client, "GET", "/review/session")).status);
    expect(statuses).toEqual([200, 200, 429]);
  });

  it("no two links' tries are one", async () => {
    const [one, two] = [await withPasscode(), await withPasscode()];
    for (let i = 0; i < 5; i++) await open(one.link.token, { passcode: `guess-${randomUUID()}` });
    expect((await open(one.link.token, { passcode: "otter-73-lamp" })).status).toBe(429);
    expect((await open(two.link.token, { passcode: "otter-73-lamp" })).status).toBe(201);
  });
});
