// Written by `npm run generate` from the contracts: change those instead.
import { operation } from "../../operation.ts";
import type {
  AdaptContent,
  AdaptedContent,
  AiEndpointTest,
  AiSettings,
  AnalyzeSeo,
  DescribeVoice,
  DescribedVoice,
  Generation,
  GiveFeedback,
  Headlines,
  RewriteText,
  Rewritten,
  SeoAnalysis,
  SuggestAltText,
  SuggestHeadlines,
  SuggestedAltText,
  TestAiEndpoint,
  UpdateAiSettings,
} from "../schemas.ts";

export type AnalyzeSeoInput = {
  body: AnalyzeSeo;
};

/** Check how an item or a text will be found and read. Computed here, which costs no credit. With `useModel`, a model adds what somebody wants who searches for it, questions that the text leaves open, and titles and descriptions that a result page shows in full. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, ai_not_configured, ai_no_allowed_model, ai_canceled, credits_exhausted, conflict, idempotency_key_reused, too_large, unsupported_media_type, ai_limit, ai_failed, ai_key_refused. */
export const analyzeSeo = /* @__PURE__ */ operation<AnalyzeSeoInput, SeoAnalysis>("analyzeSeo", "POST", "/ai/seo", { scoped: true, keyed: true });

export type SuggestHeadlinesInput = {
  body: SuggestHeadlines;
};

/** Suggest headlines, the best one first. None is longer than `maxLength`, repeats another or claims a number, name, quote or link that the text doesn't have. With `Accept: text/event-stream` the answer comes in pieces: `partial` messages with what there is, then `done` with the whole answer, or `failed` with a problem document. Closing the connection cancels the call. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, ai_not_configured, ai_no_allowed_model, ai_canceled, credits_exhausted, conflict, idempotency_key_reused, too_large, unsupported_media_type, ai_limit, ai_failed, ai_key_refused. */
export const suggestHeadlines = /* @__PURE__ */ operation<SuggestHeadlinesInput, Headlines>("suggestHeadlines", "POST", "/ai/headline", { scoped: true, keyed: true });

export type AdaptContentInput = {
  body: AdaptContent;
};

/** Rewrite the current version for a channel or a network. For a connected channel (`channelId`), or for a network without one (`network`), to be copied there. It is kept as an adaptation of the item, pinned to the version that it was made of. It is within the channel's limits, and says no number, name, link or mention that the source doesn't have. Without a model that can be asked, rules split and trim the text, and `model` is null. With `Accept: text/event-stream` the answer comes in pieces: `partial` messages with what there is, then `done` with the whole answer, or `failed` with a problem document. Closing the connection cancels the call. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, archived, channel_disconnected, channel_limits, ai_not_configured, ai_no_allowed_model, ai_canceled, credits_exhausted, conflict, idempotency_key_reused, too_large, unsupported_media_type, ai_limit, ai_failed, ai_key_refused. */
export const adaptContent = /* @__PURE__ */ operation<AdaptContentInput, AdaptedContent>("adaptContent", "POST", "/ai/adapt", { scoped: true, keyed: true });

export type RewriteTextInput = {
  body: RewriteText;
};

/** Rewrite, shorten, expand, simplify or translate a passage. Nothing is changed: whoever asked takes the answer over, or doesn't. It has no number, name, quote, link, image, code or HTML that neither the passage nor the item has, or it is refused; what it lost of them is told in `checks`. With `Accept: text/event-stream` the answer comes in pieces: `partial` messages with what there is, then `done` with the whole answer, or `failed` with a problem document. Closing the connection cancels the call. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, ai_not_configured, ai_no_allowed_model, ai_canceled, credits_exhausted, conflict, idempotency_key_reused, too_large, unsupported_media_type, ai_limit, ai_failed, ai_key_refused. */
export const rewriteText = /* @__PURE__ */ operation<RewriteTextInput, Rewritten>("rewriteText", "POST", "/ai/rewrite", { scoped: true, keyed: true });

export type SuggestAltTextInput = {
  body: SuggestAltText;
};

/** Suggest what an image of the library says to who can't see it. A model that sees is sent the image, at most 1,280 px wide and without what a camera wrote into it. Nothing is changed: whoever asked takes the words over by `updateAsset`. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, ai_not_configured, ai_no_allowed_model, ai_canceled, credits_exhausted, conflict, idempotency_key_reused, too_large, unsupported_media_type, ai_limit, ai_failed, ai_key_refused. */
export const suggestAltText = /* @__PURE__ */ operation<SuggestAltTextInput, SuggestedAltText>("suggestAltText", "POST", "/ai/alt-text", { scoped: true, keyed: true });

export type DescribeVoiceInput = {
  body: DescribeVoice;
};

/** Describe how the brand speaks, from items that sound like it. Nothing is changed: an Admin edits the description and keeps it as `brandVoice`, with which every later question to a model is asked. It says how something is said, and none of what the samples say. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, ai_not_configured, ai_no_allowed_model, ai_canceled, credits_exhausted, conflict, idempotency_key_reused, too_large, unsupported_media_type, ai_limit, ai_failed, ai_key_refused. */
export const describeVoice = /* @__PURE__ */ operation<DescribeVoiceInput, DescribedVoice>("describeVoice", "POST", "/ai/voice", { scoped: true, keyed: true });

export type GiveFeedbackInput = {
  id: string;
  body: GiveFeedback;
};

/** Say what became of a suggestion. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, too_large, unsupported_media_type. */
export const giveFeedback = /* @__PURE__ */ operation<GiveFeedbackInput, Generation>("giveFeedback", "POST", "/ai/generations/{id}/feedback", { scoped: true });

export type UpdateAiSettingsInput = {
  body: UpdateAiSettings;
};

/** Change the workspace's own key, models, limits and voice. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, key_not_allowed, cross_site_request, not_found, version_conflict, too_large, unsupported_media_type. */
export const updateAiSettings = /* @__PURE__ */ operation<UpdateAiSettingsInput, AiSettings>("updateAiSettings", "PUT", "/ai/settings", { scoped: true });

export type TestAiEndpointInput = {
  body: TestAiEndpoint;
};

/** Ask one endpoint a short question, to see whether it answers. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, key_not_allowed, cross_site_request, not_found, ai_not_configured, ai_no_allowed_model, credits_exhausted, ai_canceled, too_large, unsupported_media_type, ai_limit. */
export const testAiEndpoint = /* @__PURE__ */ operation<TestAiEndpointInput, AiEndpointTest>("testAiEndpoint", "POST", "/ai/settings/test", { scoped: true });
