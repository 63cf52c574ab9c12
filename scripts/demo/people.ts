import type { Client, Person } from "./client";
import type { BlueskyAccount, Cast, Channel, Page, Workspace } from "./stage";

export const PASSWORD = "lanterns over the harbour";

type Told = { client: Client; say: (text: string) => void };

async function signUp({ client }: Told, name: string, suffix: string): Promise<Person> {
  const email = `${name.toLowerCase()}.${suffix}@example.com`;
  const answer = await client.post<{ user: { id: string }; accessToken: string }>(null, "/auth/signup", {
    email,
    password: PASSWORD,
    name: `${name} ${SURNAMES[name]}`,
  });
  return { id: answer.user.id, name, email, token: answer.accessToken };
}

const SURNAMES: Record<string, string> = { Ada: "Lindqvist", Ben: "Okafor", Cleo: "Marchetti" };

export async function signUpAll(told: Told, suffix: string): Promise<Cast> {
  const ada = await signUp(told, "Ada", suffix);
  const ben = await signUp(told, "Ben", suffix);
  const cleo = await signUp(told, "Cleo", suffix);
  told.say("Ada, Ben and Cleo sign up. They work at Harbour Lane, an agency that exists in this story alone.");
  return { ada, ben, cleo };
}

/** A workspace in its client's colours and time. */
export async function found({ client, say }: Told, { ada }: Cast): Promise<Workspace> {
  const workspace = await client.post<Workspace>(ada, "/workspaces", {
    name: "The ContentOS Handbook",
    timeZone: "Europe/Vienna",
    branding: {
      primaryColor: "#0a6b5e",
      tagline: "From a draft to a result, step by step",
      footer: "Written by Cleo, checked by Ben, answered for by Ada.",
    },
  });
  client.enter(workspace.id);
  say(`Ada founds the workspace “${workspace.name}”, in Vienna's time, with a site at /s/${workspace.slug}.`);
  say("Two steps of review are the default: an Editor, then an Admin.");
  return workspace;
}

export async function invite(told: Told, { ada, ben, cleo }: Cast, workspace: Workspace) {
  const { client, say } = told;
  for (const [person, role] of [
    [ben, "Editor"],
    [cleo, "Writer"],
  ] as const) {
    const { inviteUrl } = await client.post<{ inviteUrl: string }>(ada, `/workspaces/${workspace.id}/members`, {
      email: person.email,
      role,
    });
    if (person === ben) await refuseStranger(told, cleo, inviteUrl);
    await client.post(person, "/invitations/accept", { token: tokenOf(inviteUrl) });
    say(`${person.name} accepts and is ${role === "Editor" ? "an Editor" : "a Writer"}.`);
  }
}

const tokenOf = (inviteUrl: string) => inviteUrl.split("#token=")[1]!;

async function refuseStranger({ client, say }: Told, stranger: Person, inviteUrl: string) {
  const body = { token: tokenOf(inviteUrl) };
  await client.refused(stranger, "POST", "/invitations/accept", body, "invitation_for_another_address");
  say(`${stranger.name} tries Ben's link by mistake: it works for Ben's address alone.`);
}

export async function writePersonas({ client, say }: Told, { ben }: Cast) {
  await client.post(ben, "/personas", {
    name: "Account lead at an agency",
    attributes: {
      description: "Looks after six clients and answers for what goes out under their names.",
      goals: ["Never mix up two clients", "Know by Monday what goes out this week"],
      pains: ["Approvals that live in e-mail threads"],
      tone: "Plain and exact. Says what happens next.",
      vocabulary: ["client", "sign-off", "calendar"],
      channels: ["Site", "Bluesky"],
    },
  });
  await client.post(ben, "/personas", {
    name: "Writer in a team of three",
    attributes: {
      goals: ["Finish one good piece a week"],
      pains: ["Two people editing the same text"],
      objections: ["Another tool to learn"],
      tone: "Friendly, with an example in every section.",
    },
  });
  say("Ben writes down whom the words are for: an agency's account lead, and a writer in a small team.");
}

export async function siteOf({ client }: Told, { ada }: Cast): Promise<Channel> {
  const { items } = await client.get<Page<Channel>>(ada, "/distribution/channels?network=site");
  return items[0]!;
}

/** Only where an account is given: nothing else in the story needs one. */
export async function connectBluesky({ client, say }: Told, { ada }: Cast, account: BlueskyAccount | undefined) {
  if (!account) return undefined;
  const channel = await client.post<Channel>(ada, "/distribution/channels", { network: "bluesky", ...account });
  say(`Ada connects ${channel.name} on Bluesky. Its password is sealed and never shown again.`);
  return channel;
}
