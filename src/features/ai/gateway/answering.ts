import type { Context } from "hono";
import { streamSSE } from "hono/streaming";
import type { z } from "zod";
import type { WorkspaceTx } from "@/db/client";
import { withWorkspace } from "@/db/scope";
import { claimOf } from "@/http/authentication";
import { answer, idempotentRequest } from "@/http/handlers";
import { claimRequest, keepResponse } from "@/http/idempotency";
import { refusalOf } from "@/http/problem";
import type { Env } from "@/http/router";
import type { Actor } from "@/platform/actor";
import { AppError, ERROR_STATUS } from "@/platform/errors";
import { takingTurnsBy } from "@/platform/turns";

type InTx = <T>(work: (tx: WorkspaceTx, actor: Actor) => Promise<T>) => Promise<T>;

/** An operation with a model in its middle: no transaction is open while it is asked. */
export type Steps<Begun, Outcome, Answered> = {
  begin(tx: WorkspaceTx, actor: Actor): Promise<Begun>;
  ask(begun: Begun, waiting: { signal: AbortSignal; onPartial?: (value: unknown) => void }): Promise<Outcome>;
  /** What can be shown of a half answer. */
  partial(value: unknown, begun: Begun): unknown;
  /** Pays and keeps; a refusal is answered, not thrown, so that what was paid stays paid. */
  end(inTx: InTx, begun: Begun, outcome: Outcome): Promise<Answered | AppError>;
};

/** Who waits here for others of the same workspace would wait for them at its credits, holding a connection that all share. */
const inTurn = takingTurnsBy(2);

/** Answers in one piece, or in pieces for who asks so. Either way, whoever closes the connection cancels the call. */
export async function answerInSteps<S extends z.ZodType, Begun, Outcome>(
  c: Context<Env>,
  schema: S,
  steps: Steps<Begun, Outcome, z.input<S>>,
): Promise<Response> {
  const claim = claimOf(c);
  const where = claim.workspaceId ?? ("keyProof" in claim ? claim.keyProof : claim.sessionId);
  const inTx: InTx = (work) => inTurn(where, () => withWorkspace(c.var.db, claim, work));
  const request = await idempotentRequest(c);
  const first = await inTx(async (tx, actor) => {
    const claimed = await claimRequest(tx, request);
    return "replay" in claimed ? claimed : { keyId: claimed.keyId, begun: await steps.begin(tx, actor) };
  });
  if ("replay" in first) return answer(c, first.replay);
  const { keyId, begun } = first;
  const finish = async (signal: AbortSignal, onPartial?: (value: unknown) => void): Promise<z.output<S>> => {
    const outcome = await steps.ask(begun, { signal, ...(onPartial && { onPartial }) });
    const ended = await steps.end(inTx, begun, outcome);
    const response = ended instanceof AppError ? ended : schema.parse(ended);
    if (keyId) await inTx((tx) => keepResponse(tx, keyId, response));
    if (response instanceof AppError) throw response;
    return response;
  };
  if (!c.req.header("accept")?.includes("text/event-stream"))
    return answer(c, { status: 200, response: await finish(c.req.raw.signal), replayed: false });
  return stream(c, begun, steps, finish);
}

type Finish = (signal: AbortSignal, onPartial?: (value: unknown) => void) => Promise<unknown>;

function stream<Begun>(
  c: Context<Env>,
  begun: Begun,
  steps: Pick<Steps<Begun, never, never>, "partial">,
  finish: Finish,
) {
  const { log, requestId } = c.var;
  const response = streamSSE(c, async (sse) => {
    const gone = new AbortController();
    sse.onAbort(() => gone.abort());
    let shown = "";
    let writing = Promise.resolve();
    const say = (event: string, value: unknown) => {
      const data = JSON.stringify(value);
      writing = writing.then(() => sse.writeSSE({ event, data })).catch(() => {});
      return writing;
    };
    const onPartial = (value: unknown) => {
      const part = JSON.stringify(steps.partial(value, begun));
      if (part === shown) return;
      shown = part;
      void say("partial", JSON.parse(part));
    };
    try {
      await say("done", await finish(gone.signal, onPartial));
    } catch (error) {
      const refusal = refusalOf(error);
      if (!refusal) log.error({ err: error, requestId }, "A streamed call to a model ended by a defect");
      const { code, message } =
        refusal ?? new AppError("internal", "This is a defect in ContentOS, and it was logged.");
      await say("failed", { code, status: ERROR_STATUS[code], detail: message, requestId });
    }
  });
  response.headers.set("Cache-Control", "private, no-store, no-transform");
  response.headers.set("X-Accel-Buffering", "no");
  return response;
}
