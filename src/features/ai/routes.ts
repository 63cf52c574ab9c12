import { withWorkspace } from "@/db/scope";
import type { ReaderDeps } from "@/features/assets";
import { claimOf } from "@/http/authentication";
import { read, readAs, write } from "@/http/handlers";
import { createRouter } from "@/http/router";
import * as adapt from "./adapt/service";
import * as altText from "./alt-text/service";
import * as contract from "./contract";
import type { AiDeps } from "./deps";
import { answerInSteps } from "./gateway/answering";
import { ask } from "./gateway/service";
import * as generations from "./generations/service";
import * as headline from "./headline/service";
import * as rewrite from "./rewrite/service";
import * as settings from "./settings/service";
import { beginTest, endTest } from "./settings/testing";
import * as voice from "./voice/service";

export const aiRoutes = (deps: AiDeps & ReaderDeps) =>
  createRouter()
    .openapi(
      contract.suggestHeadlines,
      (c) =>
        answerInSteps(c, contract.Headlines, {
          begin: (tx, actor) => headline.beginHeadlines(tx, actor, c.req.valid("json"), deps),
          ask: (begun, waiting) => ask(begun, waiting),
          partial: (value, { sofar }) => ({ suggestions: sofar(value) }),
          end: (inTx, begun, outcome) => inTx((tx, actor) => headline.endHeadlines(tx, actor, begun, outcome)),
        }) as never,
    )
    .openapi(
      contract.adaptContent,
      (c) =>
        answerInSteps(c, contract.Adapted, {
          begin: (tx, actor) => adapt.beginAdaptation(tx, actor, c.req.valid("json"), deps),
          ask: async ({ call }, waiting) => call && ask(call, waiting),
          partial: (value, { sofar }) => ({ parts: sofar(value) }),
          end: (inTx, begun, outcome) => adapt.endAdaptation(inTx, begun, outcome),
        }) as never,
    )
    .openapi(
      contract.rewriteText,
      (c) =>
        answerInSteps(c, contract.Rewritten, {
          begin: (tx, actor) => rewrite.beginRewrite(tx, actor, c.req.valid("json"), deps),
          ask: (begun, waiting) => ask(begun, waiting),
          // Nothing of it is shown before it was checked as a whole.
          partial: () => ({}),
          end: (inTx, begun, outcome) => inTx((tx, actor) => rewrite.endRewrite(tx, actor, begun, outcome)),
        }) as never,
    )
    .openapi(
      contract.suggestAltText,
      (c) =>
        answerInSteps(c, contract.SuggestedAltText, {
          begin: (tx, actor) => altText.beginAltText(tx, actor, c.req.valid("json"), deps),
          ask: (begun, waiting) =>
            altText.askAboutImage(begun, waiting, deps, (work) =>
              withWorkspace(c.var.db, claimOf(c), (tx) => work(tx)),
            ),
          partial: () => ({}),
          end: (inTx, begun, outcome) => inTx((tx, actor) => altText.endAltText(tx, actor, begun, outcome)),
        }) as never,
    )
    .openapi(
      contract.describeVoice,
      (c) =>
        answerInSteps(c, contract.DescribedVoice, {
          begin: (tx, actor) => voice.beginVoice(tx, actor, c.req.valid("json"), deps),
          ask: ({ call }, waiting) => ask(call, waiting),
          partial: () => ({}),
          end: (inTx, begun, outcome) => inTx((tx, actor) => voice.endVoice(tx, actor, begun, outcome)),
        }) as never,
    )
    .openapi(contract.listGenerations, (c) =>
      read(c, contract.GenerationPage, (tx) => generations.listGenerations(tx, c.req.valid("query"))),
    )
    .openapi(contract.giveFeedback, (c) =>
      write(c, contract.Generation, 200, (tx, actor) =>
        generations.giveFeedback(tx, actor, { ...c.req.valid("param"), ...c.req.valid("json") }),
      ),
    )
    .openapi(contract.getAiSettings, (c) => readAs(c, contract.AiSettings, (tx) => settings.getAiSettings(tx, deps)))
    .openapi(contract.updateAiSettings, (c) =>
      write(c, contract.AiSettings, 200, (tx, actor) =>
        settings.updateAiSettings(tx, actor, c.req.valid("json"), deps),
      ),
    )
    .openapi(
      contract.testAiEndpoint,
      (c) =>
        answerInSteps(c, contract.AiEndpointTest, {
          begin: (tx, actor) => beginTest(tx, actor, c.req.valid("json"), deps),
          ask: (begun, waiting) => ask(begun, waiting),
          partial: () => ({}),
          end: (inTx, begun, outcome) => inTx((tx, actor) => endTest(tx, actor, begun, outcome)),
        }) as never,
    );
