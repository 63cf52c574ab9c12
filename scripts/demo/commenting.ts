import { type Item, itemOf, type Stage, titleOf } from "./stage";

type ItemWithBody = Item & { currentVersion: { versionNumber: number; body: string } };
type Thread = { id: string; anchor: { state: string; quote: string } };
type Page = { items: { contentTitle: string; body: string }[] };

const threadsOf = (stage: Stage, slug: string) => `/content/${itemOf(stage, slug).id}/comments`;

/** Ben asks about the words that an article begins with, and names Cleo. */
export async function askAbout(stage: Stage, slug: string): Promise<Thread> {
  const { client, say, cast } = stage;
  const { currentVersion } = await client.get<ItemWithBody>(cast.ben, `/content/${itemOf(stage, slug).id}`);
  const { body: text, versionNumber } = currentVersion;
  const quote = text.split("\n\n")[1]!.split(".")[0]!;
  const start = text.indexOf(quote);
  const thread = await client.post<Thread>(cast.ben, threadsOf(stage, slug), {
    body: "A strong opening. Does the ending keep what it promises?",
    anchor: { versionNumber, field: "body", start, end: start + quote.length, quote },
    mentions: [cast.cleo.id],
  });
  const { items } = await client.get<Page>(cast.cleo, "/comments/mentions");
  say(`Ben comments on “${quote}”, and Cleo finds it where she is named: “${items[0]!.body}”`);
  return thread;
}

/** The text has grown meanwhile, and the thread is still on its words. */
export async function settle(stage: Stage, slug: string, { id }: Thread) {
  const { client, say, cast } = stage;
  const path = `${threadsOf(stage, slug)}/${id}`;
  await client.post(cast.cleo, `${path}/replies`, { body: "Now it does." });
  const { anchor } = await client.get<Thread>(cast.ben, path);
  if (anchor.state === "Orphaned") throw new Error(`A comment on ${titleOf(stage, slug)} has lost its words`);
  await client.post(cast.ben, `${path}/resolve`);
  say("Cleo replies, and Ben resolves the thread, which has stayed on its words in version 2.");
}
