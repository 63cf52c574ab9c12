import { z } from "zod";
import type { WorkspaceTx } from "@/db/client";
import type { Actor } from "@/platform/actor";
import type { AiDeps } from "../deps";
import { hostOf } from "../gateway/chain";
import { type Begun, begin, type Outcome, refusalFor, settle } from "../gateway/service";
import { endpointTestV1 } from "../prompts/endpoint-test.v1";
import { fenceWith } from "../prompts/prompt";
import type { AiEndpointTest, TestAiEndpoint } from "./contract";
import { requireSetup } from "./service";

type Tx = WorkspaceTx;
const Ready = z.strictObject({ ready: z.boolean() });
type Value = z.output<typeof Ready>;

/** A call like any other, so that it is limited, written down and paid, and what the workspace forbids is not asked. */
export async function beginTest(
  tx: Tx,
  actor: Actor,
  { which }: z.output<typeof TestAiEndpoint>,
  deps: AiDeps,
): Promise<Begun<Value>> {
  requireSetup(actor);
  return begin(tx, actor, deps, {
    operation: "test",
    prompt: endpointTestV1,
    about: {},
    only: which,
    system: endpointTestV1.system,
    user: endpointTestV1.user({}, fenceWith()),
    schema: Ready,
    maxOutputTokens: 50,
  });
}

/** That it doesn't work is what was asked for, and no refusal. */
export async function endTest(tx: Tx, actor: Actor, begun: Begun<Value>, outcome: Outcome<Value>) {
  const credits = await settle(tx, actor, begun, outcome);
  if ("error" in outcome && outcome.error.kind === "canceled") return refusalFor(outcome.error);
  const { model, tries } = "answer" in outcome ? outcome.answer : outcome.error.asked;
  return {
    works: "answer" in outcome,
    host: hostOf(begun.places[0]!),
    model: model?.id ?? null,
    // It is the only one that was asked, and nothing is skipped then.
    outcome: tries.at(-1)!.outcome as Exclude<(typeof tries)[number]["outcome"], "Skipped">,
    ms: outcome.latencyMs,
    credits,
  } satisfies z.input<typeof AiEndpointTest>;
}
