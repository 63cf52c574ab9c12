import { createClient } from "./client";
import type { Guide } from "./guides";
import { showAudit, showKpis, showMetrics, visit } from "./numbers";
import { connectBluesky, found, invite, PASSWORD, signUpAll, siteOf, writePersonas } from "./people";
import { planHandbook, showDue, showLineage, writeBrief } from "./planning";
import { adaptFollowed, planAhead, publishFollowed, publishOthers, publishThread } from "./publishing";
import { leaveWaiting, reviewFollowed, reviewOthers, reviewRejected } from "./review";
import { reviewByClient } from "./reviewer";
import type { BlueskyAccount, Stage } from "./stage";
import { growRoles, importGuides, mergeStale } from "./writing";

export type StoryOptions = {
  /** Where ContentOS answers, without a slash at the end. */
  base: string;
  /** Makes the addresses of the people new. */
  suffix: string;
  guides: Map<string, Guide>;
  bluesky: BlueskyAccount | undefined;
  /** Whether to wait for the first metric. */
  patient: boolean;
  print: (line: string) => void;
};

/** Three people, one client, from sign-up to the numbers: all of it through the public API. */
export async function tellStory({
  base,
  suffix,
  guides,
  bluesky: account,
  patient,
  print,
}: StoryOptions): Promise<Stage> {
  const say = (text: string) => print(`   ${text}`);
  let number = 0;
  const act = (title: string) => print(`\n${++number}. ${title}`);
  const client = createClient(base, say);
  const told = { client, say };

  act("Three people and a workspace");
  const cast = await signUpAll(told, suffix);
  const workspace = await found(told, cast);
  await invite(told, cast, workspace);
  const site = await siteOf(told, cast);
  const bluesky = await connectBluesky(told, cast, account);
  await writePersonas(told, cast);

  act("A plan");
  const plan = await planHandbook(told, cast);
  const stage: Stage = { client, say, cast, workspace, site, bluesky, plan, guides, items: new Map() };

  act("Writing");
  await importGuides(stage);
  await writeBrief(stage);
  await showDue(stage);
  await growRoles(stage);
  await mergeStale(stage);
  const thread = await adaptFollowed(stage);

  act("Review in two steps");
  await reviewFollowed(stage, thread);
  await reviewRejected(stage);
  await reviewOthers(stage);

  act("A client without an account");
  await reviewByClient(stage);

  act("Publishing");
  const beacon = await publishFollowed(stage);
  await visit(stage, beacon);
  await publishThread(stage, thread);
  await publishOthers(stage);
  await planAhead(stage);

  act("What is left to do");
  await leaveWaiting(stage);

  act("The numbers");
  await showMetrics(stage, patient);
  await showLineage(stage);
  await showKpis(stage);
  await showAudit(stage);

  farewell(stage, print);
  return stage;
}

function farewell({ client, cast, workspace }: Stage, print: (line: string) => void) {
  const { ada, ben, cleo } = cast;
  const home = `${client.base}/w/${workspace.slug}`;
  print(`
Sign in at ${client.base}/sign-in

   ${ada.email}   Admin
   ${ben.email}   Editor
   ${cleo.email}  Writer

   The password of all three: ${PASSWORD}

Look at

   the public site       ${client.base}/s/${workspace.slug}
   its feed              ${client.base}/s/${workspace.slug}/rss.xml
   all articles          ${home}/content
   what waits for Ben    ${home}/inbox   (signed in as Ben)
   the API's reference   ${client.base}/api/v1/docs
`);
}
