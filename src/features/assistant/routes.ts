import { withWorkspace } from "@/db/scope";
import { type AiDeps, answerInSteps, ask } from "@/features/ai";
import { claimOf } from "@/http/authentication";
import { createRouter } from "@/http/router";
import { askQuestion, beginQuestion, endQuestion } from "./ask/service";
import * as contract from "./contract";
import { beginPlan, endPlan } from "./plan/service";

export const assistantRoutes = (deps: AiDeps) =>
  createRouter()
    .openapi(
      contract.askWorkspace,
      (c) =>
        answerInSteps(c, contract.WorkspaceAnswer, {
          begin: (tx, actor) => beginQuestion(tx, actor, c.req.valid("json"), deps),
          ask: (begun, waiting) =>
            askQuestion(begun, c.req.valid("json"), waiting, deps, (work) => withWorkspace(c.var.db, claimOf(c), work)),
          // Nothing of it is shown before it was checked as a whole.
          partial: () => ({}),
          end: (inTx, _begun, outcome) => inTx((tx, actor) => endQuestion(tx, actor, outcome)),
        }) as never,
    )
    .openapi(
      contract.proposePlan,
      (c) =>
        answerInSteps(c, contract.ProposedPlan, {
          begin: (tx, actor) => beginPlan(tx, actor, c.req.valid("json"), deps, c.var.clock.now()),
          ask: async ({ call }, waiting) => call && ask(call, waiting),
          partial: () => ({}),
          end: (inTx, begun, outcome) => inTx((tx, actor) => endPlan(tx, actor, begun, outcome)),
        }) as never,
    );
