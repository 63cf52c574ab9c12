import { describe, expect, it } from "vitest";
import { expectStatus, type Team } from "#tests/factories/approval";
import { approves, giveLink, openLink, seedAgency, seedAsked } from "#tests/factories/review";
import { caller } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";

const t = testDatabase();
const call = caller(t);

/** What a client approved, planned for `times` on the workspace's site. */
async function planned(team: Team, ...times: string[]) {
  const asked = await seedAsked(t, call, team);
  await expectStatus(approves(call, asked.client, asked.item), 200);
  const schedules: string[] = [];
  for (const scheduledTime of times) {
    const plan = { contentItemId: asked.item.id, channelId: team.workspace.siteChannelId, scheduledTime };
    const { id } = await expectStatus(call(team.editor, "POST", "/distribution/schedule", plan), 201);
    schedules.push(String(id));
  }
  return { ...asked, schedules };
}
const NEXT_YEAR = "2999-01-01T09:00:00Z";
const LATER = "2999-02-01T09:00:00Z";
const hold = (who: Parameters<typeof call>[0], id: string) =>
  call(who, "POST", `/review/items/${id}/hold`, { reason: "The product is late." });
const stateOf = async (id: string) =>
  (
    await t.asOwner<{ status: string; reason: string | null; job: string | null }>(
      "select status, hold_reason as reason, job_id::text as job from distribution_schedules where id = $1",
      [id],
    )
  )[0]!;

describe("holding", () => {
  it("stops what waits for its time, with reason and name, until a member releases it", async () => {
    const team = await seedAgency(t);
    const { item, client, link, schedules } = await planned(team, NEXT_YEAR, LATER);
    const receipt = await expectStatus(hold(client, item.id), 200);
    expect(receipt).toMatchObject({
      decision: "Held",
      contentItemId: item.id,
      contentHash: item.submittedHash,
      comment: "The product is late.",
      guestId: client.guestId,
    });
    for (const id of schedules) {
      expect(await stateOf(id)).toEqual({
        status: "OnHold",
        reason: "Kim of Acme, by the review link “Acme, spring”: The product is late.",
        job: null,
      });
    }
    const events = await t.asOwner<{ type: string; payload: object; actor_id: string }>(
      "select type, payload, actor_id from events where subject_id = $1 and type ~ 'held' order by id",
      [item.id],
    );
    expect(events).toMatchObject([
      ...schedules.map(() => ({ type: "distribution.held", actor_id: client.guestId })),
      {
        type: "review.held",
        actor_id: client.guestId,
        payload: { linkId: link.id, guestId: client.guestId, versionNumber: 1, receiptId: receipt.id },
      },
    ]);
    expect(JSON.stringify(events)).not.toContain("late");
    const released = await call(team.editor, "POST", `/distribution/${schedules[0]}/reschedule`, {
      scheduledTime: NEXT_YEAR,
    });
    expect([released.status, released.body]).toMatchObject([200, { status: "Scheduled", holdReason: null }]);
    expect((await stateOf(schedules[1]!)).status).toBe("OnHold");
    await expectStatus(hold(client, item.id), 200);
    expect((await stateOf(schedules[0]!)).status).toBe("OnHold");
  });

  it.each([
    ["Publishing", "It is going out right now and can't be called back: ask the team to take it down."],
    ["Unknown", "It is going out right now and can't be called back: ask the team to take it down."],
    ["Published", "It is out already: ask the team to take it down."],
    ["OnHold", "It is on hold already."],
    ["Canceled", "Nothing of it is planned, so that there is nothing to stop: comment, so that the team knows."],
  ])("comes too late for what is %s, and says so", async (status, detail) => {
    const team = await seedAgency(t);
    const { item, client, schedules } = await planned(team, NEXT_YEAR);
    await t.asOwner("update distribution_schedules set status = $2 where id = $1", [schedules[0], status]);
    const answer = await hold(client, item.id);
    expect([answer.status, answer.body.code, answer.body.detail]).toEqual([409, "nothing_to_hold", detail]);
    expect((await stateOf(schedules[0]!)).status).toBe(status);
    expect(
      await t.asOwner("select 1 from review_receipts where decision = 'Held' and content_item_id = $1", [item.id]),
    ).toEqual([]);
  });

  it("holds what waits although another is out", async () => {
    const team = await seedAgency(t);
    const { item, client, schedules } = await planned(team, NEXT_YEAR, LATER);
    await t.asOwner("update distribution_schedules set status = 'Published' where id = $1", [schedules[0]]);
    await expectStatus(hold(client, item.id), 200);
    expect([(await stateOf(schedules[0]!)).status, (await stateOf(schedules[1]!)).status]).toEqual([
      "Published",
      "OnHold",
    ]);
  });

  it("is refused where nothing is planned, or nothing is approved", async () => {
    const team = await seedAgency(t);
    const { item, client } = await planned(team);
    expect((await hold(client, item.id)).body.code).toBe("nothing_to_hold");
    const open = await seedAsked(t, call, team);
    const answer = await hold(open.client, open.item.id);
    expect([answer.status, answer.body.code]).toEqual([409, "not_approved"]);
  });

  it("is refused to links for reading, to clients of other links, to members and to nobody", async () => {
    const team = await seedAgency(t);
    const { item, schedules } = await planned(team, NEXT_YEAR);
    const reading = await openLink(call, await giveLink(call, team.editor, [item.id], { canDecide: false }));
    const { client: other } = await seedAsked(t, call, team);
    const { client: foreign } = await seedAsked(t, call, await seedAgency(t));
    expect((await hold(reading, item.id)).status).toBe(403);
    for (const who of [other, foreign]) expect((await hold(who, item.id)).status).toBe(404);
    for (const who of [team.admin, team.editor, null]) expect((await hold(who, item.id)).status).toBe(401);
    expect((await stateOf(schedules[0]!)).status).toBe("Scheduled");
  });

  it("meets the publisher: whoever comes second finds the first done", async () => {
    const team = await seedAgency(t);
    const { item, client, schedules } = await planned(team, NEXT_YEAR);
    const [, held] = await t.collide("distribution_schedules", schedules[0]!, [
      // As the publisher starts: under the row's lock, from Scheduled only.
      () =>
        t.asOwner("update distribution_schedules set status = 'Publishing' where id = $1 and status = 'Scheduled'", [
          schedules[0],
        ]),
      () => hold(client, item.id) as never,
    ]);
    const { status } = held as unknown as { status: number };
    expect([status, (await stateOf(schedules[0]!)).status]).toEqual(
      status === 200 ? [200, "OnHold"] : [409, "Publishing"],
    );
  });
});
