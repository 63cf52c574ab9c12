import type { z } from "zod";
import type { WorkspaceTx } from "@/db/client";
import { record } from "@/features/audit";
import { creditsNow } from "@/features/billing";
import { workspaceKey } from "@/features/workspaces";
import { requireUnchanged } from "@/http/changes";
import type { Actor } from "@/platform/actor";
import { AppError } from "@/platform/errors";
import { type AiDeps, OPENROUTER } from "../deps";
import { hostOf, type Place } from "../gateway/chain";
import { allowedModels, parseModel } from "../gateway/models";
import { canAdminister } from "../policy";
import type { UpdateAiSettings } from "./contract";
import * as queries from "./queries";

type Tx = WorkspaceTx;

/** Where a workspace says nothing. */
export const DEFAULT_LIMITS = { maxRequestsPerMinute: 60, maxConcurrent: 10, maxTokensPerDay: 2_000_000 };

const NOTHING_SET = {
  baseUrl: null,
  keyHint: null,
  models: [] as string[],
  fallbackBaseUrl: null,
  fallbackKeyHint: null,
  fallbackModels: [] as string[],
  regions: [] as string[],
  zeroRetention: false,
  findByMeaning: false,
  brandVoice: "",
  maxRequestsPerMinute: null,
  maxConcurrent: null,
  maxTokensPerDay: null,
  maxCreditsPerDay: null,
  updatedBy: null,
  updatedAt: null,
};

export type Settings = Omit<queries.SettingsRow, "workspaceId" | "updatedBy" | "updatedAt"> & {
  updatedBy: string | null;
  updatedAt: Date | null;
};

export const settingsNow = async (tx: Tx): Promise<Settings> => (await queries.findSettings(tx)) ?? NOTHING_SET;

/** An endpoint of one's own comes with a key of one's own: the deployment's key goes to the deployment's endpoint only. */
export const hasOwnEndpoint = ({ keyHint }: Settings) => keyHint !== null;

const MISSING =
  "AI is not set up: whoever runs ContentOS sets OPENROUTER_API_KEY (and AI_MODELS), or an Admin gives the workspace a key of its own under Settings, AI.";
const NOT_ALLOWED =
  "No model is left that the workspace allows: an Admin changes regions, retention or models under Settings, AI.";

export type Which = "First" | "Fallback";
/** An endpoint that a workspace's calls can go to, before its key is opened. */
type Known = Pick<Place, "baseUrl" | "own" | "models"> & { which: Which };
type Endpoints = Pick<AiDeps, "endpoint" | "fallback">;

/**
 * The deployment's fallback is for whom the deployment's endpoint serves: a workspace with a provider of its own has not said
 * that its texts may go there, nor that it spends credits.
 */
function knownPlaces(settings: Settings, { endpoint, fallback }: Endpoints): Known[] {
  const given = settings.models.map(parseModel);
  const models = given.length > 0 ? given : (endpoint?.models ?? []);
  const own = hasOwnEndpoint(settings);
  const places: (Known | null)[] = [
    own
      ? { which: "First", own, baseUrl: settings.baseUrl ?? OPENROUTER, models }
      : endpoint && { which: "First", own, baseUrl: endpoint.baseUrl, models },
    settings.fallbackKeyHint !== null
      ? {
          which: "Fallback",
          own: true,
          baseUrl: settings.fallbackBaseUrl ?? OPENROUTER,
          models: settings.fallbackModels.map(parseModel),
        }
      : own || !fallback
        ? null
        : { which: "Fallback", own, baseUrl: fallback.baseUrl, models: fallback.models },
  ];
  return places.filter((place) => place !== null);
}

/** Those that the workspace allows to be asked, in turn, each with the models that it allows. */
const allowedPlaces = (settings: Settings, deps: Endpoints): Known[] =>
  knownPlaces(settings, deps)
    .map((place) => ({ ...place, models: allowedModels(place.models, settings) }))
    .filter(({ models }) => models.length > 0);

export const isConfigured = (settings: Settings, deps: Endpoints) => knownPlaces(settings, deps).length > 0;

/** @throws AppError `ai_not_configured`, or `ai_no_allowed_model` */
export function requireModels(settings: Settings, deps: Endpoints, only?: Which): Known[] {
  const meant = ({ which }: Known) => only === undefined || which === only;
  if (!knownPlaces(settings, deps).some(meant)) throw new AppError("ai_not_configured", MISSING);
  const places = allowedPlaces(settings, deps).filter(meant);
  if (places.length === 0) throw new AppError("ai_no_allowed_model", NOT_ALLOWED);
  return places;
}

const sealedFor = (workspaceId: string, which: Which) => [
  which === "First" ? "ai key" : "ai fallback key",
  workspaceId,
];

/** With their keys; what an Admin gave is reached as any address that somebody gives. */
export const openPlaces = (tx: Tx, workspaceId: string, places: Known[], deps: AiDeps): Promise<Place[]> =>
  Promise.all(
    places.map(async ({ which, own, ...place }) => {
      if (!own) {
        const { apiKey } = (which === "First" ? deps.endpoint : deps.fallback)!;
        return { ...place, own, apiKey, fetch: deps.operatorFetch };
      }
      const sealed = await queries.findSealedKey(tx, which);
      if (!sealed) throw new Error("A key was set, and there is none");
      const apiKey = deps.keyring.open(sealed.wrappedKey, sealed.sealedKey, sealedFor(workspaceId, which)).toString();
      return { ...place, own, apiKey, fetch: deps.fetch };
    }),
  );

export async function getAiSettings(tx: Tx, deps: Endpoints & Pick<AiDeps, "embedding">) {
  const settings = await settingsNow(tx);
  const configured = isConfigured(settings, deps);
  const allowed = allowedPlaces(settings, deps);
  const usable = allowed.length > 0;
  return {
    ...settings,
    configured,
    usable,
    missing: usable ? null : configured ? NOT_ALLOWED : MISSING,
    endpoints: knownPlaces(settings, deps).map(({ which, own, baseUrl }) => ({
      which,
      own,
      host: hostOf({ baseUrl }),
      models: allowed.find((place) => place.which === which)?.models.map(({ id }) => id) ?? [],
    })),
    meaningModel: deps.endpoint && deps.embedding ? deps.embedding.id : null,
    deploymentModels: (deps.endpoint?.entries ?? []).slice(),
    defaults: DEFAULT_LIMITS,
    credits: await creditsNow(tx),
  };
}

export async function updateAiSettings(
  tx: Tx,
  actor: Actor,
  { apiKey, fallbackApiKey, baseUpdatedAt, ...given }: z.output<typeof UpdateAiSettings>,
  deps: AiDeps,
) {
  requireSetup(actor);
  const before = await settingsNow(tx);
  if (before.updatedAt) requireUnchanged({ updatedAt: before.updatedAt }, baseUpdatedAt, "setup", {});
  const first = {
    keyHint: hintOf(apiKey, before.keyHint),
    baseUrl: given.baseUrl === undefined ? before.baseUrl : given.baseUrl,
  };
  requireKeyFor(first, apiKey, before, "");
  const fallback = {
    keyHint: hintOf(fallbackApiKey, before.fallbackKeyHint),
    baseUrl: given.fallbackBaseUrl === undefined ? before.fallbackBaseUrl : given.fallbackBaseUrl,
  };
  requireKeyFor(
    fallback,
    fallbackApiKey,
    { keyHint: before.fallbackKeyHint, baseUrl: before.fallbackBaseUrl },
    "fallback",
  );
  if (fallback.keyHint !== null && (given.fallbackModels ?? before.fallbackModels).length === 0) {
    throw new AppError("invalid_request", "Say which models the second endpoint has.", {
      issues: [{ path: "fallbackModels", message: "Needed where there is a second endpoint." }],
    });
  }
  const change = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const seal = async (key: string | null | undefined, which: Which) =>
    key ? deps.keyring.seal(await workspaceKey(tx), Buffer.from(key), sealedFor(actor.workspaceId, which)) : null;
  await queries.saveSettings(tx, {
    ...change,
    ...(apiKey !== undefined && { sealedKey: await seal(apiKey, "First"), keyHint: first.keyHint }),
    ...(fallbackApiKey !== undefined && {
      fallbackSealedKey: await seal(fallbackApiKey, "Fallback"),
      fallbackKeyHint: fallback.keyHint,
    }),
    updatedBy: actor.userId,
  });
  if (given.findByMeaning) queries.embedSoon(tx);
  await record(tx, actor, {
    action: "ai.settings_changed",
    subjectType: "workspace",
    subjectId: actor.workspaceId,
    detail: {
      changed: [
        ...Object.keys(change),
        ...(apiKey !== undefined ? ["apiKey"] : []),
        ...(fallbackApiKey !== undefined ? ["fallbackApiKey"] : []),
      ],
    },
  });
  return getAiSettings(tx, deps);
}

/** Keys of programs neither choose where texts go nor find out. */
export function requireSetup(actor: Actor) {
  if (actor.keyId) {
    throw new AppError("key_not_allowed", "API keys can't set up AI: ask an Admin, who does it under Settings, AI.");
  }
  if (!canAdminister(actor)) throw new AppError("forbidden", "Only Admins set up AI: ask one of your workspace.");
}

const hintOf = (given: string | null | undefined, before: string | null) =>
  given === undefined ? before : (given?.slice(-4) ?? null);

type Kept = { baseUrl: string | null; keyHint: string | null };

function requireKeyFor(now: Kept, given: string | null | undefined, before: Kept, prefix: "" | "fallback") {
  const [key, url] = prefix ? ["fallbackApiKey", "fallbackBaseUrl"] : ["apiKey", "baseUrl"];
  if (now.baseUrl !== null && now.keyHint === null) {
    throw new AppError("invalid_request", "An endpoint of your own needs a key of your own: give both.", {
      issues: [{ path: key, message: `Needed where ${url} is set.` }],
    });
  }
  // A key is for whom it was given to: one that is kept is not sent to another host.
  if (given !== undefined || now.keyHint === null || now.baseUrl === before.baseUrl) return;
  throw new AppError(
    "invalid_request",
    "Give the key again with another endpoint, so that it goes where you mean it to.",
    {
      issues: [{ path: key, message: `Needed where ${url} changes.` }],
    },
  );
}
