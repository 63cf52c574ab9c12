export { likeness, unfounded } from "./claims";
export { type AiDeps, type AiSetup, embeddingOf, endpointOf } from "./deps";
export { answerInSteps } from "./gateway/answering";
export { createCircuits } from "./gateway/circuit";
export {
  askEmbedding,
  type BegunEmbedding,
  beginEmbedding,
  type EmbeddingOutcome,
  embeddingModel,
  settleEmbedding,
} from "./gateway/embedding";
export { redactSecrets } from "./gateway/redact";
export { ask, type Begun, begin, type Outcome, refusalFor, requireUse, settle } from "./gateway/service";
export { oneLine } from "./one-line";
export { askV1 } from "./prompts/ask.v1";
export { planV1 } from "./prompts/plan.v1";
export { fenceWith } from "./prompts/prompt";
export { embedSoon } from "./settings/queries";
export { isConfigured, settingsNow } from "./settings/service";
export { personaForPrompt } from "./source";
