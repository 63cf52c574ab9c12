import type { Context, TypedResponse } from "hono";
import type { z } from "zod";
import type { GuestTx } from "@/db/client";
import { withGuest } from "@/db/scope";
import type { GuestActor } from "@/platform/actor";
import { AppError } from "@/platform/errors";
import { guestClaimOf } from "./authentication";
import { answer, idempotentRequest, tagged } from "./handlers";
import { onceOnly } from "./idempotency";
import { sqlState } from "./problem";
import type { Env } from "./router";

export const noSuchLink = (cause?: unknown) =>
  new AppError("not_found", "This review link does not work, or no longer: ask whoever sent it for a new one.", {
    cause,
  });

/** What keeps a client out, in words for a client. */
export function refuseGuest(raised: unknown): never {
  const state = sqlState(raised);
  if (state === "CO404") throw noSuchLink(raised);
  if (state === "CO401")
    throw new AppError("unauthenticated", "Open your review link again: its passcode was changed.", { cause: raised });
  if (state === "42501")
    throw new AppError("forbidden", "Your review link does not let you do this: ask whoever sent it.", {
      cause: raised,
    });
  throw raised;
}

type Answer<S extends z.ZodType, Status extends 200 | 201> = Promise<
  Response & TypedResponse<z.output<S>, Status, "json">
>;
type Work<S extends z.ZodType> = (tx: GuestTx, guest: GuestActor) => Promise<z.input<S>>;

export async function readAsGuest<S extends z.ZodType>(c: Context<Env>, schema: S, work: Work<S>): Answer<S, 200> {
  return tagged(c, schema.parse(await withGuest(c.var.db, guestClaimOf(c), work).catch(refuseGuest))) as never;
}

/** Work in a transaction of the client's. With an `Idempotency-Key`, the work is done once. */
export async function writeAsGuest<S extends z.ZodType, const Status extends 200 | 201>(
  c: Context<Env>,
  schema: S,
  status: Status,
  work: Work<S>,
): Answer<S, Status> {
  const request = await idempotentRequest(c);
  return answer(
    c,
    await withGuest(c.var.db, guestClaimOf(c), (tx, guest) =>
      onceOnly(tx, request, status, async () => schema.parse(await work(tx, guest))),
    ).catch(refuseGuest),
  ) as never;
}
