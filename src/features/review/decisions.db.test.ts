import { describe, expect, it } from "vitest";
import { seedItem } from "#tests/factories";
import { expectStatus, seedChannel, setPolicy, submit } from "#tests/factories/approval";
import { approves, declines, giveLink, openLink, seedAgency, seedAsked, submitted } from "#tests/factories/review";
import { caller } from "#tests/harness/app";
import { comingSecond, testDatabase } from "#tests/harness/database";

const t = testDatabase();
const call = caller(t);

const statusOf = async (id: string) =>
  (await t.asOwner<{ status: string }>("select status from content_items where id = $1", [id]))[0]!.status;
const stepOf = async (id: string) =>
  (
    await t.asOwner<{ status: string; guest: string | null; member: string | null }>(
      "select status, decided_by_guest as guest, approved_by as member from approval_workflows where id = $1",
      [id],
    )
  )[0]!;

describe("a client who is asked", () => {
  it("approves the last step: the item is Approved, the guest is named and has a receipt", async () => {
    const team = await seedAgency(t);
    const { item, client } = await seedAsked(t, call, team);
    const receipt = await expectStatus(approves(call, client, item, { comment: "Well put." }), 200);
    expect(receipt).toMatchObject({
      decision: "Approved",
      contentItemId: item.id,
      versionNumber: 1,
      contentHash: item.submittedHash,
      guestId: client.guestId,
      linkId: client.linkId,
      comment: "Well put.",
      document: { guest: { name: "Kim of Acme", email: null }, item: { title: "Spring launch" } },
    });
    expect(await statusOf(item.id)).toBe("Approved");
    expect(await stepOf(item.approvalId)).toEqual({ status: "Approved", guest: client.guestId, member: null });
    const history = await call(team.viewer, "GET", `/content/${item.id}/approvals`);
    expect(history.body.items).toMatchObject([
      {
        role: "Client",
        status: "Approved",
        approvedBy: null,
        decidedBy: null,
        decidedByGuest: { id: client.guestId, name: "Kim of Acme" },
        comment: "Well put.",
      },
    ]);
    const approval = await call(team.viewer, "GET", `/approval/${item.approvalId}`);
    expect(approval.body.decidedByGuest).toEqual({ id: client.guestId, name: "Kim of Acme" });
  });

  it("asks for changes: the item is a Draft, and the new version comes to them again", async () => {
    const team = await seedAgency(t);
    const { item, client } = await seedAsked(t, call, team);
    const receipt = await expectStatus(declines(call, client, item), 200);
    expect(receipt).toMatchObject({ decision: "ChangesRequested", comment: "The price is last year's." });
    expect(await statusOf(item.id)).toBe("Draft");
    expect(await stepOf(item.approvalId)).toMatchObject({ status: "Rejected", guest: client.guestId });
    // What they declined stays before them until a new version is sent.
    expect((await call(client, "GET", `/review/items/${item.id}`)).body).toMatchObject({
      decision: "Rejected",
      body: "# Spring\n\nIt is here.",
      decidedBy: "Kim of Acme",
      receipts: [{ id: receipt.id, decision: "ChangesRequested" }],
    });
    await expectStatus(
      call(team.writer, "POST", `/content/${item.id}/versions`, { body: "Now 12.", baseVersion: 1 }),
      201,
    );
    expect((await call(client, "GET", `/review/items/${item.id}`)).body).toMatchObject({
      body: "# Spring\n\nIt is here.",
    });
    const again = await submit(call, team.writer, item.id);
    expect((await call(client, "GET", `/review/items/${item.id}`)).body).toMatchObject({
      decision: "Pending",
      body: "Now 12.",
      contentHash: again.contentHash,
      receipts: [{ decision: "ChangesRequested" }],
    });
    await expectStatus(approves(call, client, { ...item, submittedHash: again.contentHash }), 200);
    expect(await statusOf(item.id)).toBe("Approved");
  });

  it("opens the next step, which a member decides", async () => {
    const team = await seedAgency(t, ["Editor", "Client", "Admin"]);
    const item = await submitted(t, call, team);
    const link = await giveLink(call, team.editor, [item.id]);
    const client = await openLink(call, link);
    // Not before colleagues are done.
    expect((await call(client, "GET", `/review/items/${item.id}`)).body).toMatchObject({ decision: null, body: null });
    expect((await approves(call, client, item)).body.code).toBe("not_pending");
    await expectStatus(call(team.editor, "POST", `/approval/${item.approvalId}/approve`), 200);
    await expectStatus(approves(call, client, item), 200);
    expect(await statusOf(item.id)).toBe("InReview");
    const inbox = await call(team.admin, "GET", "/approval/inbox");
    const [step] = inbox.body.items!.filter(({ contentItemId }) => contentItemId === item.id);
    expect(step).toMatchObject({ step: 3, role: "Admin" });
    await expectStatus(call(team.admin, "POST", `/approval/${step!.id}/approve`), 200);
    expect(await statusOf(item.id)).toBe("Approved");
  });

  it("is told of a decision that another client of two steps has to make", async () => {
    const team = await seedAgency(t, ["Client", "Client"]);
    const { item, link, client } = await seedAsked(t, call, team);
    await expectStatus(approves(call, client, item), 200);
    const again = await approves(call, client, item);
    expect([again.status, again.body.code]).toEqual([403, "own_work"]);
    const other = await openLink(call, link, { name: "Lee of Acme" });
    await expectStatus(approves(call, other, item), 200);
    expect(await statusOf(item.id)).toBe("Approved");
  });
});

describe("is refused", () => {
  it("what was not read: another hash gets 409 with the one to read", async () => {
    const team = await seedAgency(t);
    const { item, client } = await seedAsked(t, call, team);
    for (const decides of [approves, declines]) {
      const answer = await decides(call, client, { ...item, submittedHash: "0".repeat(64) });
      expect([answer.status, answer.body]).toMatchObject([
        409,
        { code: "version_conflict", current: { versionNumber: 1, contentHash: item.submittedHash } },
      ]);
    }
    expect(await stepOf(item.approvalId)).toEqual({ status: "Pending", guest: null, member: null });
  });

  it("twice", async () => {
    const team = await seedAgency(t);
    const { item, client } = await seedAsked(t, call, team);
    await expectStatus(approves(call, client, item), 200);
    for (const decides of [approves, declines]) {
      const answer = await decides(call, client, item);
      expect([answer.status, answer.body.code]).toEqual([409, "not_pending"]);
    }
    expect(await statusOf(item.id)).toBe("Approved");
  });

  it("when a newer version was saved", async () => {
    const team = await seedAgency(t);
    const { item, client } = await seedAsked(t, call, team);
    await expectStatus(
      call(team.writer, "POST", `/content/${item.id}/versions`, { body: "New.", baseVersion: 1 }),
      201,
    );
    const answer = await approves(call, client, item);
    expect([answer.status, answer.body.code]).toEqual([409, "not_pending"]);
    expect((await call(client, "GET", `/review/items/${item.id}`)).body).toMatchObject({ decision: null, body: null });
  });

  it("to a link for reading, and to one that was made so", async () => {
    const team = await seedAgency(t);
    const { item, link, client } = await seedAsked(t, call, team);
    const reading = await openLink(call, await giveLink(call, team.editor, [item.id], { canDecide: false }));
    expect((await approves(call, reading, item)).status).toBe(403);
    await expectStatus(call(team.editor, "PUT", `/review/links/${link.id}`, { canDecide: false }), 200);
    for (const answer of [await approves(call, client, item), await declines(call, client, item)]) {
      expect([answer.status, answer.body.code, answer.body.detail]).toEqual([
        403,
        "forbidden",
        expect.stringMatching(/for reading/),
      ]);
    }
    expect(await stepOf(item.approvalId)).toEqual({ status: "Pending", guest: null, member: null });
  });

  it("an item that is not of the link, of another link, or of another workspace, alike", async () => {
    const [team, other] = [await seedAgency(t), await seedAgency(t)];
    const { client } = await seedAsked(t, call, team);
    const unlinked = await submitted(t, call, team);
    const { item: elsewhere } = await seedAsked(t, call, team);
    const { item: foreign } = await seedAsked(t, call, other);
    const madeUp = { ...unlinked, id: "00000000-0000-4000-8000-00000000dead" };
    const told = async (item: typeof unlinked) => {
      const { status, body } = await approves(call, client, item);
      return [status, { ...body, requestId: "" }];
    };
    const expected = await told(madeUp);
    expect(expected).toMatchObject([404, { code: "not_found" }]);
    for (const item of [unlinked, elsewhere, foreign]) {
      expect(await told(item)).toEqual(expected);
      expect((await stepOf(item.approvalId)).status).toBe("Pending");
    }
  });

  it("to members, whatever their role", async () => {
    const team = await seedAgency(t);
    const { item } = await seedAsked(t, call, team);
    for (const member of [team.admin, team.otherAdmin, team.editor, team.writer, team.viewer]) {
      const answer = await call(member, "POST", `/approval/${item.approvalId}/approve`);
      expect([answer.status, answer.body.code]).toEqual([403, "forbidden"]);
      expect((await approves(call, member as never, item)).status).toBe(401);
    }
    expect((await stepOf(item.approvalId)).status).toBe("Pending");
  });
});

describe("a policy that asks a client", () => {
  it("takes submissions, and tells how many links would let one decide", async () => {
    const team = await seedAgency(t, ["Editor", "Client"]);
    const item = await seedItem(t, { createdBy: team.writer });
    const reading = await giveLink(call, team.editor, [item.id], { canDecide: false });
    const first = await submit(call, team.writer, item.id);
    expect(first.clientLinks).toBe(0);
    const link = await giveLink(call, team.editor, [item.id]);
    await expectStatus(call(team.editor, "POST", `/approval/${first.id}/reject`, { reason: "Not yet." }), 200);
    expect((await submit(call, team.writer, item.id)).clientLinks).toBe(1);
    expect(reading.id).not.toBe(link.id);
    await setPolicy(t, team.workspace.id, [{ role: "Editor" }]);
    const other = await seedItem(t, { createdBy: team.writer });
    expect((await submit(call, team.writer, other.id)).clientLinks).toBeNull();
  });

  it("still wants members for the steps of members", async () => {
    const team = await seedAgency(t, ["Client", "Admin", "Admin", "Admin"]);
    const item = await seedItem(t, { createdBy: team.writer });
    const answer = await call(team.writer, "POST", `/content/${item.id}/submit`);
    expect([answer.status, answer.body]).toMatchObject([409, { code: "policy_unsatisfiable", missingRole: "Admin" }]);
  });
});

describe("several at once", () => {
  it("are each approved by themselves", async () => {
    const team = await seedAgency(t);
    const items = [await submitted(t, call, team), await submitted(t, call, team), await submitted(t, call, team)];
    const unlinked = await submitted(t, call, team);
    const client = await openLink(
      call,
      await giveLink(
        call,
        team.editor,
        items.map(({ id }) => id),
      ),
    );
    await expectStatus(approves(call, client, items[1]!), 200);
    const asked = [...items, unlinked].map(({ id, submittedHash }) => ({
      contentItemId: id,
      contentHash: submittedHash,
    }));
    asked.push({ contentItemId: items[2]!.id, contentHash: "0".repeat(64) });
    const { results } = await expectStatus(
      call(client, "POST", "/review/approve", { items: asked, comment: "All fine." }),
      200,
    );
    expect(results).toMatchObject([
      { contentItemId: items[0]!.id, receipt: { decision: "Approved", comment: "All fine." }, refusal: null },
      { contentItemId: items[1]!.id, receipt: null, refusal: { code: "not_pending" } },
      { contentItemId: items[2]!.id, receipt: { decision: "Approved" }, refusal: null },
      { contentItemId: unlinked.id, receipt: null, refusal: { code: "not_found" } },
      { contentItemId: items[2]!.id, receipt: null, refusal: { code: "not_pending" } },
    ]);
    expect(await Promise.all(items.map(({ id }) => statusOf(id)))).toEqual(["Approved", "Approved", "Approved"]);
    expect(await statusOf(unlinked.id)).toBe("InReview");
  });
});

describe("collisions", () => {
  it("of two clients: one decides, the other gets 409", async () => {
    const team = await seedAgency(t);
    const { item, link, client } = await seedAsked(t, call, team);
    const other = await openLink(call, link, { name: "Lee of Acme" });
    const answers = await t.collide("content_items", item.id, [
      () => approves(call, client, item),
      () => declines(call, other, item),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const won = answers[0]!.status === 200 ? client : other;
    expect((await stepOf(item.approvalId)).guest).toBe(won.guestId);
    expect((await t.asOwner("select 1 from review_receipts where content_item_id = $1", [item.id])).length).toBe(1);
  });

  const second = (act: () => ReturnType<typeof call>) => comingSecond(t, act);

  it("of the link's end and a decision that comes second: it finds the link gone", async () => {
    const team = await seedAgency(t);
    const { item, link, client } = await seedAsked(t, call, team);
    const [revoked, decided] = await t.collide("review_links", link.id, [
      () => call(team.editor, "DELETE", `/review/links/${link.id}`),
      () => second(() => approves(call, client, item)),
    ]);
    expect([revoked!.status, decided!.status]).toEqual([204, 404]);
    expect((await stepOf(item.approvalId)).status).toBe("Pending");
  });

  it("of a decision and the link's end that comes second: the decision stands, and is the last", async () => {
    const team = await seedAgency(t);
    const { item, link, client } = await seedAsked(t, call, team);
    const [decided, revoked] = await t.collide("review_links", link.id, [
      () => approves(call, client, item),
      () => second(() => call(team.editor, "DELETE", `/review/links/${link.id}`)),
    ]);
    expect([decided!.status, revoked!.status]).toEqual([200, 204]);
    expect((await stepOf(item.approvalId)).status).toBe("Approved");
    expect((await approves(call, client, item)).status).toBe(404);
  });

  it("of a decision and its item's end behind the link: what comes second finds the first done", async () => {
    const team = await seedAgency(t);
    const { item, link, client } = await seedAsked(t, call, team);
    const [removed, decided] = await t.collide("review_links", link.id, [
      () => call(team.editor, "DELETE", `/review/links/${link.id}/items/${item.id}`),
      () => second(() => approves(call, client, item)),
    ]);
    expect([removed!.status, decided!.status]).toEqual([204, 404]);
    expect((await stepOf(item.approvalId)).status).toBe("Pending");
  });

  it.each([
    ["approves", approves],
    ["declines", declines],
  ])(
    "of a client who %s and a new version: whoever waits for the item has touched nothing of it yet",
    async (_, act) => {
      const team = await seedAgency(t);
      const { item, client } = await seedAsked(t, call, team);
      const [decided, saved] = await t.collide("content_items", item.id, [
        () => act(call, client, item),
        () =>
          second(async () => {
            // Were the step taken before the item, these two would wait for one another.
            await t.asOwner("select 1 from approval_workflows where id = $1 for update nowait", [item.approvalId]);
            return call(team.writer, "POST", `/content/${item.id}/versions`, { body: "New.", baseVersion: 1 });
          }),
      ]);
      expect([decided!.status, saved!.status]).toEqual([200, 201]);
      expect((await stepOf(item.approvalId)).guest).toBe(client.guestId);
      expect(await statusOf(item.id)).toBe("Draft");
    },
  );

  it("of a decision and a new version: the item is a Draft, and the decision stands or was refused", async () => {
    const team = await seedAgency(t);
    const { item, client } = await seedAsked(t, call, team);
    const [saved, decided] = await t.collide("content_items", item.id, [
      () => call(team.writer, "POST", `/content/${item.id}/versions`, { body: "New.", baseVersion: 1 }),
      () => approves(call, client, item),
    ]);
    expect([saved!.status, [200, 409].includes(decided!.status)]).toEqual([201, true]);
    expect(await statusOf(item.id)).toBe("Draft");
    expect((await stepOf(item.approvalId)).status).toBe("Superseded");
  });
});

it("what was put before a client has the adaptations, and where they go", async () => {
  const team = await seedAgency(t);
  const channelId = await seedChannel(t, team.workspace.id);
  const { item, client } = await seedAsked(t, call, team);
  const { adaptations, html } = (await call(client, "GET", `/review/items/${item.id}`)).body;
  expect(adaptations).toMatchObject([
    { channelId, network: "bluesky", channelName: "bluesky", parts: [{ text: expect.any(String) }] },
  ]);
  expect(html).toContain("<p>It is here.</p>");
});

it("shows a client what will be copied to a network without a channel", async () => {
  const team = await seedAgency(t);
  const item = await seedItem(t, { createdBy: team.writer });
  const parts = [{ text: "Spring is here." }];
  const made = await call(team.writer, "POST", `/content/${item.id}/adaptations`, { network: "linkedin", parts });
  await submit(call, team.writer, item.id, [String(made.body.id)]);
  const client = await openLink(call, await giveLink(call, team.editor, [item.id]));
  const { adaptations } = (await call(client, "GET", `/review/items/${item.id}`)).body;
  expect(adaptations).toEqual([{ channelId: null, network: "linkedin", channelName: "LinkedIn", parts }]);
});

it("of a link to another item, a client is shown the words: they can't follow it", async () => {
  const team = await seedAgency(t);
  const other = await seedItem(t, { createdBy: team.writer });
  const item = await submitted(t, call, team, { body: `Read [the *guide*](content:${other.id}).` });
  const client = await openLink(call, await giveLink(call, team.editor, [item.id]));
  const { body, html } = (await call(client, "GET", `/review/items/${item.id}`)).body;
  expect(html).toBe("<p>Read the <em>guide</em>.</p>");
  // What they decide on is the text as it is.
  expect(body).toContain(`content:${other.id}`);
});
