import { forSite, type Guide } from "./guides";
import { hasPage, type Item, itemOf, type Page, PLAN, type Stage, titleOf } from "./stage";

/** The text before its first heading of the second level, and each section from there on. */
const sectionsOf = (body: string) => body.split(/(?=^## )/m);
/** Sections begin outside code blocks in every guide; joined they are the text again. */
const join = (sections: string[]) => `${sections.join("").trimEnd()}\n`;

const textOf = (guide: Guide) => forSite(guide.body, hasPage);

/** How a guide begins: some are brought in unfinished, and grow. */
function firstDraft(slug: string, guide: Guide): string {
  const sections = sectionsOf(textOf(guide));
  if (slug === PLAN.merged) return join([sections[0]!, ...sections.slice(2, -1)]);
  if (slug === PLAN.rejected || slug === PLAN.byClient || slug === "roles") return join(sections.slice(0, -1));
  return join(sections);
}

export async function importGuides(stage: Stage) {
  const { client, say, cast, guides, items } = stage;
  for (const [slug, guide] of guides) items.set(slug, (await bring(stage, slug, guide)).body);
  say(`Cleo brings in ${items.size} articles: the guides of this very project, with their front matter.`);

  const again = await bring(stage, PLAN.followed, guides.get(PLAN.followed)!);
  if (again.body.id !== itemOf(stage, PLAN.followed).id || !again.replayed)
    throw new Error("A repeated request made a second item");
  say("Her connection drops, so her script repeats a request with the same key: no second item is made.");
  const { items: listed } = await client.get<Page<Item>>(cast.cleo, "/content?limit=100");
  if (listed.length !== guides.size) throw new Error(`${listed.length} items were made of ${guides.size} guides`);
}

function bring({ client, cast, plan }: Stage, slug: string, guide: Guide) {
  const { title, excerpt, language } = guide;
  const body = { title, body: firstDraft(slug, guide), metadata: { excerpt, slug, language }, ...plan.placeOf(slug) };
  return client.once<Item>(cast.cleo, "/content", body, `import ${slug}`);
}

/** Finished later, as texts are. */
export async function growRoles(stage: Stage) {
  await save(stage, "roles", textOf(stage.guides.get("roles")!), 1);
  stage.say(`Cleo adds a section to ${titleOf(stage, "roles")}: version 2. Version 1 stays readable.`);
}

type Saved = { versionNumber: number };

function save(stage: Stage, slug: string, body: string, baseVersion: number, by = stage.cast.cleo) {
  return stage.client.post<Saved>(by, `/content/${itemOf(stage, slug).id}/versions`, { body, baseVersion });
}

/** Two people save at once: the second one loses nothing. */
export async function mergeStale(stage: Stage) {
  const { client, say, cast } = stage;
  const slug = PLAN.merged;
  const sections = sectionsOf(textOf(stage.guides.get(slug)!));
  const before = join([sections[0]!, ...sections.slice(2, -1)]);
  await save(stage, slug, join(sections.slice(0, -1)), 1, cast.ben);
  say(`Ben adds a section to ${titleOf(stage, slug)}: version 2. Cleo still looks at version 1.`);

  const last = sections.at(-1)!;
  const stale = { body: join([before, "\n", last]), baseVersion: 1 };
  const path = `/content/${itemOf(stage, slug).id}/versions`;
  const { currentVersion, ...refusal } = await client.refused<{
    currentVersion: { versionNumber: number; body: string };
  }>(cast.cleo, "POST", path, stale, "version_conflict");
  say(`Cleo saves her own section, and is told: “${refusal.detail}”`);

  const merged = join([currentVersion.body, "\n", last]);
  const { versionNumber } = await save(stage, slug, merged, currentVersion.versionNumber);
  if (merged !== join(sections)) throw new Error("The merged text is not what both of them wrote");
  say(`The refusal holds Ben's text. Cleo puts her section under it and saves version ${versionNumber}: both are in.`);
}

export async function finishRejected(stage: Stage) {
  await save(stage, PLAN.rejected, textOf(stage.guides.get(PLAN.rejected)!), 1);
  stage.say("Cleo writes the ending, version 2, and submits again.");
}

export async function finishForClient(stage: Stage) {
  await save(stage, PLAN.byClient, textOf(stage.guides.get(PLAN.byClient)!), 1);
  stage.say("Cleo writes what was missing, and submits again; Ben approves.");
}

/** A change after the approval takes the approval away. */
export async function changeApproved(stage: Stage) {
  const body = textOf(stage.guides.get(PLAN.held)!).replace("about three minutes", "about five minutes");
  await save(stage, PLAN.held, body, 1);
}
