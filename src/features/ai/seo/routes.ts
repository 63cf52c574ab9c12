import { withWorkspace } from "@/db/scope";
import { claimOf } from "@/http/authentication";
import { createRouter } from "@/http/router";
import type { AiDeps } from "../deps";
import { answerInSteps } from "../gateway/answering";
import { ask } from "../gateway/service";
import * as contract from "./contract";
import * as service from "./service";
import { beginSuggestions, endSuggestions } from "./suggesting";

export const seoRoutes = (deps: service.SeoDeps & AiDeps) =>
  createRouter().openapi(contract.analyzeSeo, async (c) => {
    const input = c.req.valid("json");
    const now = c.var.clock.now();
    if (input.useModel) {
      return answerInSteps(c, contract.SeoAnalysis, {
        begin: (tx, actor) => beginSuggestions(tx, actor, input, deps, now),
        ask: ({ call }, waiting) => ask(call, waiting),
        // Nothing of it is shown before it was checked as a whole.
        partial: () => ({}),
        end: endSuggestions,
      }) as never;
    }
    // No connection waits for the work.
    const asked = await withWorkspace(c.var.db, claimOf(c), (tx) => service.findSubject(tx, input, deps, now));
    return c.json(contract.SeoAnalysis.parse(await service.analyzeSeo(asked)), 200);
  });
