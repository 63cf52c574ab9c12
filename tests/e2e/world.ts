import { readdirSync, readFileSync } from "node:fs";
import {
  acceptInvitation,
  approveStep,
  type Client,
  createClient,
  createContent,
  createReviewLink,
  createSchedule,
  createWorkspace,
  inviteMember,
  listApprovals,
  listChannels,
  login,
  openThread,
  saveVersion,
  signup,
  submitContent,
  type UpdateWorkspace,
  updateWorkspace,
} from "@contentos/sdk";
import { planCalendar } from "./world-calendar";
import { type Furnished, furnish } from "./world-settings";

/** What everybody's password is in the browser's tests. */
export const PASSWORD = "a long walk to the sea";

type Person = { name: string; email: string; workspaceId: string; client: Client };
export type World = {
  origin: string;
  slug: string;
  workspaceId: string;
  ada: Person;
  ben: Person;
  cleo: Person;
  /** One item of each state. */
  items: Record<"draft" | "reviewed" | "approved" | "published" | "asked" | "alsoAsked", string>;
  /** Where a client reviews. */
  reviewUrl: string;
} & Furnished;

/** Three people in a workspace that has been at work for a while, made through the API. */
export async function makeWorld(origin: string): Promise<World> {
  const [ada, ben, cleo] = [await joinAs(origin, "Ada"), await joinAs(origin, "Ben"), await joinAs(origin, "Cleo")];
  const workspace = await ada.client.call(createWorkspace, {
    body: { name: "Harbour Lights", timeZone: "Europe/Vienna", branding: { primaryColor: "#c2410c" } },
  });
  for (const [person, role] of [
    [ben, "Editor"],
    [cleo, "Writer"],
  ] as const) {
    const invited = await ada.client.call(inviteMember, { id: workspace.id, body: { email: person.email, role } });
    const token = invited.inviteUrl!.split("#token=")[1]!;
    await person.client.call(acceptInvitation, { body: { token } });
  }
  const people = [ada, ben, cleo].map((person) => ({
    ...person,
    workspaceId: workspace.id,
    client: person.client.in(workspace.id),
  }));
  const [admin, editor, writer] = people as [Person, Person, Person];
  const items = await writePieces({ admin, editor, writer });
  const link = await editor.client.call(createReviewLink, {
    body: {
      name: "For the harbour master",
      message: "Two pieces for next week. We need your word by Friday.",
      contentItemIds: [items.asked, items.alsoAsked, items.approved],
    },
  });
  await admin.client.call(updateWorkspace, {
    id: workspace.id,
    body: { branding: { primaryColor: "#c2410c", tagline: "Boats, tides and good coffee" } },
  });
  return {
    origin,
    slug: workspace.slug,
    workspaceId: workspace.id,
    ada: admin,
    ben: editor,
    cleo: writer,
    items,
    reviewUrl: link.url!,
    ...(await furnish(admin.client, workspace.id, items.draft)),
  };
}

/** Signs a person up; who is there already signs in. */
export async function joinAs(origin: string, name: string): Promise<Person> {
  const baseUrl = `${origin}/api/v1`;
  const email = `${name.toLowerCase()}@example.com`;
  const visitor = createClient({ baseUrl });
  const { accessToken } = await visitor
    .call(signup, { body: { email, password: PASSWORD, name } })
    .catch(() => visitor.call(login, { body: { email, password: PASSWORD } }));
  return { name, email, workspaceId: "", client: createClient({ baseUrl, token: accessToken }) };
}

/** ContentOS's own guides: real articles with headings, lists, tables and code. */
const guides = () =>
  readdirSync("docs/guides")
    .filter((name) => name.endsWith(".md"))
    .map((name) => readFileSync(`docs/guides/${name}`, "utf8"))
    .map((text) => ({
      title: /^title: (.*)$/m.exec(text)?.[1] ?? "Untitled",
      body: text.replace(/^---\n[\s\S]*?\n---\n+/, ""),
    }));

type People = { admin: Person; editor: Person; writer: Person };

async function writePieces({ admin, editor, writer }: People): Promise<World["items"]> {
  const ids: string[] = [];
  for (const { title, body } of guides())
    ids.push((await writer.client.call(createContent, { body: { title, body } })).id);
  const [draft, reviewed, approved, published, ...more] = ids as [string, string, string, string, ...string[]];
  await writer.client.call(saveVersion, {
    id: draft,
    body: { body: "A first sentence.\n\n## Then more\n\n- one\n- two\n", baseVersion: 1 },
  });
  await editor.client.call(openThread, { id: draft, body: { body: "Could the first sentence be shorter?" } });
  const through = async (id: string) => {
    await writer.client.call(submitContent, { id, body: {} });
    for (const who of [editor, admin]) {
      const { items } = await who.client.call(listApprovals, { id, limit: 1 });
      await who.client.call(approveStep, { id: items.find(({ status }) => status === "Pending")!.id, body: {} });
    }
  };
  await writer.client.call(submitContent, { id: reviewed, body: {} });
  await askClient({ admin, editor, writer }, [more[3]!, more[4]!]);
  await writer.client.call(submitContent, { id: more[0]!, body: {} });
  for (const id of [approved, published, more[1]!, more[2]!]) await through(id);
  const { items: channels } = await editor.client.call(listChannels, {});
  const publish = (contentItemId: string, at: Date) =>
    editor.client.call(createSchedule, {
      body: { contentItemId, channelId: channels[0]!.id, scheduledTime: at.toISOString() },
    });
  await publish(published, new Date());
  await publish(more[1]!, new Date(Date.now() + 2 * 86_400_000));
  await publish(more[2]!, new Date(Date.now() + 5 * 86_400_000));
  await planCalendar({ editor: editor.client, items: { draft, approved, reviewed }, heldItem: more[1]! });
  return { draft, reviewed, approved, published, asked: more[3]!, alsoAsked: more[4]! };
}

/** Puts pieces before the client, who decides after an Editor; the policy is as before then. */
async function askClient({ admin, editor, writer }: People, ids: string[]) {
  const policy = (approvalSteps: NonNullable<UpdateWorkspace["approvalSteps"]>) =>
    admin.client.call(updateWorkspace, { id: admin.workspaceId, body: { approvalSteps } });
  await policy([{ role: "Editor" }, { role: "Client" }]);
  for (const id of ids) {
    await writer.client.call(submitContent, { id, body: {} });
    const { items } = await editor.client.call(listApprovals, { id, limit: 1 });
    await editor.client.call(approveStep, { id: items[0]!.id, body: {} });
  }
  await policy([{ role: "Editor" }, { role: "Admin" }]);
}
