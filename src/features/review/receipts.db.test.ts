import { randomUUID } from "node:crypto";
import { compactVerify, createLocalJWKSet, decodeProtectedHeader } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { expectStatus } from "#tests/factories/approval";
import { approves, declines, openLink, seedAgency, seedAsked } from "#tests/factories/review";
import { caller, testApp, testIdentity } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";
import type { Receipt } from "./contract";

const t = testDatabase();
let identity: ReturnType<typeof testIdentity>;
let call: ReturnType<typeof caller>;
beforeAll(() => {
  identity = testIdentity(t);
  call = caller(t, { identity });
});

type Keys = Parameters<typeof createLocalJWKSet>[0];
const publishedKeys = async () => (await call(null, "GET", "/review/jwks.json")).body as unknown as Keys;

/** As somebody would who has the receipt and the published keys, and nothing of ours. */
async function prove(jws: string, keys: Keys) {
  const { payload } = await compactVerify(jws, createLocalJWKSet(keys), { algorithms: ["EdDSA"] });
  return JSON.parse(new TextDecoder().decode(payload)) as object;
}

async function decided() {
  const team = await seedAgency(t);
  const asked = await seedAsked(t, call, team);
  const receipt = (await expectStatus(
    approves(call, asked.client, asked.item),
    200,
  )) as unknown as typeof Receipt._zod.output;
  return { team, ...asked, receipt };
}

describe("a receipt", () => {
  it("is proved by the published keys alone, and says who decided what", async () => {
    const { team, item, link, client, receipt } = await decided();
    const document = await prove(receipt.jws, await publishedKeys());
    expect(document).toEqual(receipt.document);
    expect(document).toEqual({
      iss: "https://contentos.test",
      receipt: receipt.id,
      at: receipt.at,
      decision: "Approved",
      workspace: { id: team.workspace.id, name: "Acme" },
      item: { id: item.id, title: "Spring launch" },
      versionNumber: 1,
      contentHash: item.submittedHash,
      comment: null,
      guest: { id: client.guestId, name: "Kim of Acme", email: null },
      link: { id: link.id, name: "Acme, spring" },
    });
    const wellKnown = await testApp(t, { identity }).request("/.well-known/jwks.json");
    expect(await prove(receipt.jws, (await wellKnown.json()) as Keys)).toEqual(document);
  });

  it("is worth nothing with a byte changed, by another key, or as another kind of document", async () => {
    const { receipt } = await decided();
    const keys = await publishedKeys();
    const [header, payload, signature] = receipt.jws.split(".") as [string, string, string];
    const changed = Buffer.from(Buffer.from(payload, "base64url").toString().replace('"Approved"', '"Held"')).toString(
      "base64url",
    );
    for (const forged of [
      `${header}.${changed}.${signature}`,
      `${header}.${payload.slice(0, -1)}${payload.endsWith("A") ? "B" : "A"}.${signature}`,
      `${header}.${payload}.${signature.slice(0, 10)}${signature[10] === "A" ? "B" : "A"}${signature.slice(11)}`,
    ]) {
      await expect(prove(forged, keys)).rejects.toThrow();
    }
    const another = keys.keys.map((key) => ({ ...key, x: "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo" }));
    await expect(prove(receipt.jws, { keys: another })).rejects.toThrow();
    expect(decodeProtectedHeader(receipt.jws)).toMatchObject({ alg: "EdDSA", typ: "contentos-receipt+json" });
    // No access token: another type, and none of its claims.
    await expect(identity.verify(receipt.jws)).rejects.toMatchObject({ code: "unauthenticated" });
  });

  it("is still proved after its key was rotated away", async () => {
    const { receipt } = await decided();
    await identity.rotateSigningKeys();
    const { kid } = decodeProtectedHeader(receipt.jws);
    expect(await prove(receipt.jws, await publishedKeys())).toEqual(receipt.document);
    const later = await decided();
    expect(decodeProtectedHeader(later.receipt.jws).kid).not.toBe(kid);
    expect(await prove(later.receipt.jws, await publishedKeys())).toEqual(later.receipt.document);
  });

  it("is read by the client who has it and by every member, and by nobody else", async () => {
    const { team, item, link, client, receipt } = await decided();
    const path = `/review/receipts/${receipt.id}`;
    for (const who of [client, team.admin, team.editor, team.writer, team.viewer])
      expect((await call(who, "GET", path)).body).toEqual(receipt);
    const colleague = await openLink(call, link, { name: "Lee" });
    const { client: other } = await seedAsked(t, call, team);
    const foreign = await seedAgency(t);
    const { client: stranger } = await seedAsked(t, call, foreign);
    for (const who of [colleague, other, stranger, foreign.admin]) {
      const answer = await call(who, "GET", path);
      const madeUp = await call(who, "GET", `/review/receipts/${randomUUID()}`);
      expect([answer.status, { ...answer.body, requestId: "" }]).toEqual([404, { ...madeUp.body, requestId: "" }]);
    }
    expect((await call(null, "GET", path)).status).toBe(401);
    expect((await call(colleague, "GET", `/review/items/${item.id}`)).body.receipts).toEqual([]);
  });

  it("is listed with its item, newest first", async () => {
    const { team, item, receipt } = await decided();
    const { item: other, client } = await seedAsked(t, call, team);
    await expectStatus(declines(call, client, other), 200);
    const { items } = (await call(team.viewer, "GET", `/content/${item.id}/receipts`)).body;
    expect(items).toEqual([receipt]);
    expect((await call(team.viewer, "GET", `/content/${other.id}/receipts?limit=1`)).body).toMatchObject({
      items: [{ decision: "ChangesRequested" }],
      nextCursor: null,
    });
    expect((await call(team.viewer, "GET", `/content/${item.id}/receipts?cursor=x`)).body.code).toBe("invalid_cursor");
    expect((await call(team.viewer, "GET", `/content/${randomUUID()}/receipts`)).status).toBe(404);
    const foreign = await seedAgency(t);
    expect((await call(foreign.admin, "GET", `/content/${item.id}/receipts`)).status).toBe(404);
  });

  it("goes with an event and an audit row that name the guest, and carry no words", async () => {
    const { team, item, link, client, receipt } = await decided();
    const [event] = await t.asOwner<{ payload: object }>(
      "select actor_id, payload from events where subject_id = $1 and type = 'review.approved'",
      [item.id],
    );
    const [submission] = await t.asOwner<{ id: string }>(
      "select id from approval_submissions where content_item_id = $1",
      [item.id],
    );
    expect(event).toEqual({
      actor_id: client.guestId,
      payload: {
        linkId: link.id,
        guestId: client.guestId,
        submissionId: submission!.id,
        versionNumber: 1,
        receiptId: receipt.id,
      },
    });
    const audit = await call(team.admin, "GET", `/audit?subjectId=${item.id}&actorId=${client.guestId}`);
    expect(audit.body.items).toMatchObject([{ actorKind: "Guest", action: "approval.step_approved" }]);
  });
});
