import { createHash } from "node:crypto";
import type { Context, TypedResponse } from "hono";
import type { z } from "zod";
import type { PersonTx, WorkspaceTx } from "@/db/client";
import { readPerson, readWorkspace, withPerson, withWorkspace } from "@/db/scope";
import type { Actor, Person } from "@/platform/actor";
import { claimOf, personClaimOf } from "./authentication";
import { type IdempotentRequest, onceOnly } from "./idempotency";
import type { Env } from "./router";

type Answer<S extends z.ZodType, Status extends 200 | 201 | 202> = Promise<
  Response & TypedResponse<z.output<S>, Status, "json">
>;

/** Limits count by the workspace that was entered, whatever the request said. */
const noting =
  <T>(c: Context<Env>, work: (tx: WorkspaceTx, actor: Actor) => Promise<T>) =>
  (tx: WorkspaceTx, actor: Actor) => {
    c.set("enteredWorkspace", actor.workspaceId);
    return work(tx, actor);
  };

/** One statement in one round trip; the answer carries an ETag, and a repeated read costs no body. */
export async function read<S extends z.ZodType>(
  c: Context<Env>,
  schema: S,
  work: (tx: WorkspaceTx) => Promise<z.input<S>>,
  workspaceId?: string,
): Answer<S, 200> {
  const read = await readWorkspace(c.var.db, claimOf(c, workspaceId), work, (entered) =>
    c.set("enteredWorkspace", entered),
  );
  return tagged(c, schema.parse(read)) as never;
}

/** A read of several statements, or one whose policy needs the reader's role. */
export async function readAs<S extends z.ZodType>(
  c: Context<Env>,
  schema: S,
  work: (tx: WorkspaceTx, actor: Actor) => Promise<z.input<S>>,
  workspaceId?: string,
): Answer<S, 200> {
  return tagged(c, schema.parse(await withWorkspace(c.var.db, claimOf(c, workspaceId), noting(c, work)))) as never;
}

export async function readOwn<S extends z.ZodType>(
  c: Context<Env>,
  schema: S,
  work: (tx: PersonTx) => Promise<z.input<S>>,
): Answer<S, 200> {
  return tagged(c, schema.parse(await readPerson(c.var.db, personClaimOf(c), work))) as never;
}

/** Work in a transaction of the workspace. With an `Idempotency-Key`, the work is done once. */
export async function write<S extends z.ZodType, const Status extends 200 | 201 | 202>(
  c: Context<Env>,
  schema: S,
  status: Status,
  work: (tx: WorkspaceTx, actor: Actor) => Promise<z.input<S>>,
  workspaceId?: string,
  /** What of the answer is kept for a repeated request: never a token. */
  kept?: (answer: z.output<S>) => unknown,
): Answer<S, Status> {
  const request = await idempotentRequest(c);
  return answer(
    c,
    await withWorkspace(
      c.var.db,
      claimOf(c, workspaceId),
      noting(c, (tx, actor) => onceOnly(tx, request, status, async () => schema.parse(await work(tx, actor)), kept)),
    ),
  ) as never;
}

/** Work that leaves nothing to tell: 204. */
export async function writeNothing(
  c: Context<Env>,
  work: (tx: WorkspaceTx, actor: Actor) => Promise<void>,
  workspaceId?: string,
) {
  await withWorkspace(c.var.db, claimOf(c, workspaceId), noting(c, work));
  return c.body(null, 204);
}

/** Work of a signed-in person outside any workspace. */
export async function writeOwn<S extends z.ZodType, const Status extends 200 | 201 | 202>(
  c: Context<Env>,
  schema: S,
  status: Status,
  work: (tx: PersonTx, person: Person) => Promise<z.input<S>>,
): Answer<S, Status> {
  const request = await idempotentRequest(c);
  return answer(
    c,
    await withPerson(c.var.db, personClaimOf(c), (tx, person) =>
      onceOnly(tx, request, status, async () => schema.parse(await work(tx, person))),
    ),
  ) as never;
}

export async function idempotentRequest(c: Context<Env>): Promise<IdempotentRequest | undefined> {
  const key = c.req.header("idempotency-key");
  if (!key || c.req.method !== "POST") return undefined;
  const fingerprint = createHash("sha256")
    .update(`${c.req.method} ${c.req.path}\n${await c.req.text()}`)
    .digest("hex");
  return { key, fingerprint };
}

export function answer(
  c: Context<Env>,
  { status, response, replayed }: { status: number; response: unknown; replayed: boolean },
) {
  if (replayed) c.header("Idempotency-Replayed", "true");
  c.header("Content-Type", "application/json; charset=utf-8");
  return c.body(JSON.stringify(response), status as 200);
}

export function tagged(c: Context<Env>, value: unknown) {
  const text = JSON.stringify(value);
  const tag = `W/"${createHash("sha1").update(text).digest("base64url")}"`;
  c.header("ETag", tag);
  if (c.req.header("if-none-match")?.split(/,\s*/).includes(tag)) return c.body(null, 304);
  c.header("Content-Type", "application/json; charset=utf-8");
  return c.body(text, 200);
}
