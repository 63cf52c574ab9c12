import { type Member, type SeededItem, seedItem } from "#tests/factories";
import { expectStatus, seedTeam, submit, type Team } from "#tests/factories/approval";
import type { caller } from "#tests/harness/app";
import type { TestDatabase } from "#tests/harness/database";

type Call = ReturnType<typeof caller>;

/** A client in one browser. */
export type Client = { credential: string; guestId: string; linkId: string };

/** A team whose policy asks a client, first of all unless said otherwise. */
export const seedAgency = (t: TestDatabase, steps: string[] = ["Client"]) =>
  seedTeam(t, { approvalSteps: steps.map((role) => ({ role })) });

/** A link of an Editor's; answers its id and the token that the address carries. */
export async function giveLink(call: Call, as: Member, contentItemIds: string[], over: object = {}) {
  const body = { name: "Acme, spring", contentItemIds, ...over };
  const { id, url } = await expectStatus(call(as, "POST", "/review/links", body), 201);
  return { id: String(id), token: new URL(String(url)).hash.slice(1) };
}

export async function openLink(call: Call, link: { id: string; token: string }, over: object = {}): Promise<Client> {
  const body = { token: link.token, name: "Kim of Acme", ...over };
  const { credential, guest } = await expectStatus(call(null, "POST", "/review/open", body), 201);
  return { credential: String(credential), guestId: (guest as { id: string }).id, linkId: link.id };
}

export type Asked = SeededItem & { approvalId: string; submittedHash: string };

/** An item that was submitted; the policy's first step is open. */
export async function submitted(t: TestDatabase, call: Call, { writer }: Team, over: object = {}): Promise<Asked> {
  const item = await seedItem(t, { createdBy: writer, ...over });
  const { id, contentHash } = await submit(call, writer, item.id);
  return { ...item, approvalId: id, submittedHash: contentHash };
}

/** An item that asks the client, and the client who is asked. */
export async function seedAsked(t: TestDatabase, call: Call, team: Team, over: object = {}) {
  const item = await submitted(t, call, team);
  const link = await giveLink(call, team.editor, [item.id], over);
  return { item, link, client: await openLink(call, link) };
}

export const approves = (call: Call, client: Client, item: Asked, over: object = {}) =>
  call(client, "POST", `/review/items/${item.id}/approve`, { contentHash: item.submittedHash, ...over });

export const declines = (call: Call, client: Client, item: Asked, over: object = {}) =>
  call(client, "POST", `/review/items/${item.id}/request-changes`, {
    contentHash: item.submittedHash,
    reason: "The price is last year's.",
    ...over,
  });
