import { until } from "./client";
import { itemOf, type Page, PLAN, type Stage } from "./stage";

const VISITS = { view: 7, read: 3, click: 1 };
const BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

/** First asked ten seconds after publishing, then every minute; on a busy machine the second question tells. */
const METRIC_SECONDS = 100;

type Metric = { metricType: string; value: number | null; state: string; source: string };
type Kpi = { value: number | null; unit: string };

/** What the page's own script would send. */
export async function visit({ client, say }: Stage, beacon: string) {
  for (const [what, times] of Object.entries(VISITS)) {
    for (let count = 0; count < times; count++) {
      const request = { method: "POST", body: what, headers: { "user-agent": BROWSER } };
      const { status } = await fetch(new URL(beacon, client.base), request);
      if (status !== 204) throw new Error(`The beacon answered ${status}`);
    }
  }
  say(
    `${VISITS.view} visitors come, ${VISITS.read} read to the end, ${VISITS.click} follows a link. No cookie is set.`,
  );
}

async function metricsOf(stage: Stage) {
  const path = `/analytics/content/${itemOf(stage, PLAN.followed).id}`;
  const { metrics } = await stage.client.get<{ metrics: Metric[] }>(stage.cast.ada, path);
  return metrics.filter(({ source }) => source === "site");
}

const worded = (metrics: Metric[]) =>
  metrics.map(({ metricType, value, state }) => `${metricType} ${value ?? "–"} (${state})`).join(", ");

export async function showMetrics(stage: Stage, patient: boolean) {
  const { say } = stage;
  say(`What is known so far: ${worded(await metricsOf(stage))}. Unknown is not zero.`);
  if (!patient) return;
  say("The counters are asked ten seconds after publishing, then every minute. A moment …");
  const isTold = (metrics: Metric[]) =>
    metrics.some(({ metricType, value }) => metricType === "views" && (value ?? 0) >= VISITS.view);
  say(`Now: ${worded(await until("The metric", METRIC_SECONDS, () => metricsOf(stage), isTold))}.`);
}

const KPIS = {
  produced: "articles made",
  timeToPublishHours: "from draft to page, median",
  approvalTurnaroundHours: "from submission to decision, median",
  rejections: "reviews that ended with a no",
  publishedPerChannel: "publications",
  late: "late",
  failed: "failed",
  reach: "views",
  engagement: "reads and clicks",
};

/** Hours are for weeks of work; this story takes seconds. */
function wordedKpi({ value, unit }: Kpi): string {
  if (value === null) return "unknown";
  if (unit !== "hours") return String(value);
  return value * 3600 < 1 ? "less than a second" : `${Math.round(value * 3600)} s`;
}

export async function showKpis({ client, say, cast, workspace }: Stage) {
  const { kpis } = await client.get<{ kpis: Record<keyof typeof KPIS, Kpi> }>(
    cast.ada,
    `/analytics/workspace/${workspace.id}`,
  );
  say("The workspace so far:");
  for (const [name, label] of Object.entries(KPIS))
    say(`   ${label.padEnd(38)}${wordedKpi(kpis[name as keyof typeof KPIS])}`);
}

type Row = { action: string; actorId: string | null };

/** Who let it out, as an Admin can ask later. */
export async function showAudit(stage: Stage) {
  const { client, say, cast } = stage;
  const { items } = await client.get<Page<Row>>(cast.ada, `/audit?subjectId=${itemOf(stage, PLAN.followed).id}`);
  const names = new Map(Object.values(cast).map((person) => [person.id, person.name]));
  const rows = items
    .toReversed()
    .map(({ action, actorId }) => `${action} (${names.get(actorId ?? "") ?? "ContentOS"})`);
  say(`The audit log of the article: ${rows.join(", ")}.`);
}
