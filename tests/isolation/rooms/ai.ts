import { ADMINS, EDITORS, each, INSIDE, names, WRITERS } from "../actors";
import { change, holds } from "../case";
import type { RoomIsolation } from "../room";
import { authorOf, inPlace, ofItem, type Place, person, q, type Row, ref, workspace } from "../vocabulary";

const generation = (place: Place): Row => ({
  ...inPlace(place, "generation"),
  ...ofItem(place, "draft"),
  operation: q("headline"),
  prompt: q("headline@1"),
  created_by: person(authorOf(place)),
});
const settings = (place: Place): Row => ({
  workspace_id: workspace(place),
  sealed_key: q("\\x01"),
  fallback_sealed_key: q("\\x01"),
  updated_by: person(authorOf(place)),
});

const SETTINGS = names(
  "base_url key_hint models fallback_base_url fallback_key_hint fallback_models regions zero_retention find_by_meaning brand_voice max_requests_per_minute max_concurrent max_tokens_per_day max_credits_per_day",
);
const generations = names(
  "model status error_code tries input_tokens output_tokens cost_micros credits latency_ms endpoint_host own_key result feedback feedback_at feedback_by ended_at",
);

export const ai: RoomIsolation = {
  expectations: {
    "public.ai_generations": {
      select: INSIDE,
      insert: {
        columns: names(
          "workspace_id id operation content_item_id version_number channel_id persona_id prompt own_key reservation_id created_by",
        ),
        by: WRITERS,
        signed: ["created_by"],
      },
      update: each(generations.join(" "), [...EDITORS, "WriterOwn"]),
      given: ["created_at", "api_key_id"],
    },
    // The sealed key comes out through a function, to who may use AI.
    "public.ai_settings": {
      select: INSIDE,
      readable: ["workspace_id", ...SETTINGS, "updated_by", "updated_at"],
      insert: {
        columns: ["workspace_id", "sealed_key", "fallback_sealed_key", ...SETTINGS, "updated_by"],
        by: ADMINS,
        signed: ["updated_by"],
      },
      update: each(["sealed_key", "fallback_sealed_key", ...SETTINGS, "updated_by", "updated_at"].join(" "), ADMINS),
      notForKeys: {
        insert: true,
        update: ["sealed_key", "fallback_sealed_key", ...SETTINGS, "updated_by", "updated_at"],
      },
    },
  },
  rows: { ai_generations: generation, ai_settings: settings },
  fresh: {
    ai_generations: (place, me) => ({ ...generation(place), created_by: me }),
    ai_settings: (place, me) => ({ workspace_id: workspace(place), updated_by: me }),
  },
  changes: {
    ai_generations: {
      status: () => "status = 'Failed'",
      feedback: () => "feedback = 'Used'",
      cost_micros: () => "cost_micros = 7",
      own_key: () => "own_key = true",
      feedback_by: (_, me) => `feedback_by = ${me}`,
    },
    ai_settings: {
      ...Object.fromEntries(
        ["sealed_key", "fallback_sealed_key", ...SETTINGS, "updated_at"].map((column) => [
          column,
          (_: Place, me: string) => `${column} = ${VALUES[column] ?? "'changed'"}, updated_by = ${me}`,
        ]),
      ),
      updated_by: (_, me) => `updated_by = ${me}`,
    },
  },
  cases: [
    {
      who: "WriterOther",
      label: "gets the sealed key, to use it",
      statement: "select 1 from app.ai_key()",
      right: "1",
    },
    {
      who: "Viewer",
      label: "gets the sealed key of the second endpoint",
      statement: "select 1 from app.ai_fallback_key()",
      right: "0",
    },
    { who: "Viewer", label: "gets the sealed key", statement: "select 1 from app.ai_key()", right: "0" },
    { who: "Person", label: "gets a sealed key", statement: "select 1 from app.ai_key()", right: "0" },
    {
      who: "Viewer",
      label: "judges a generation",
      statement: change("ai_generations", ref("others", "generation"), "feedback = 'Used'"),
      right: "0",
    },
    {
      who: "Admin",
      label: "sees that no key stands in the settings",
      statement: holds(
        "not has_column_privilege('ai_settings', 'sealed_key', 'select') and not has_column_privilege('ai_settings', 'fallback_sealed_key', 'select')",
      ),
      right: "1",
    },
  ],
  openFunctions: {
    "app.ai_fallback_key": "as app.ai_key, of the second endpoint",
    "app.ai_key":
      "asks for the scope of a workspace in which one may use AI; what it tells opens with the deployment's secret",
  },
};

const VALUES: Record<string, string> = {
  sealed_key: "'\\x02'",
  fallback_sealed_key: "'\\x02'",
  key_hint: "'chan'",
  models: "'{changed}'",
  fallback_key_hint: "'chan'",
  fallback_models: "'{changed}'",
  regions: "'{changed}'",
  zero_retention: "true",
  find_by_meaning: "true",
  max_requests_per_minute: "7",
  max_concurrent: "7",
  max_tokens_per_day: "7",
  max_credits_per_day: "7",
  updated_at: "now()",
};
