import type { z } from "zod";
import type { WorkspaceTx } from "@/db/client";
import { record } from "@/features/audit";
import { requireUnchanged, whereNameIsFree } from "@/http/changes";
import { decodeCursor, toPage } from "@/http/cursor";
import type { Actor } from "@/platform/actor";
import { AppError } from "@/platform/errors";
import type { CreatePersona, ListPersonas, UpdatePersona } from "./contract";
import { canWrite } from "./policy";
import * as queries from "./queries";

type Tx = WorkspaceTx;

const noSuchPersona = () => new AppError("not_found", "There is no such persona in this workspace.");

function requireWriter(actor: Actor) {
  if (!canWrite(actor))
    throw new AppError("forbidden", "Editors and Admins write personas: ask one of them.", { reason: "needs_editor" });
}

const recorded = (tx: Tx, actor: Actor, verb: string, subjectId: string, detail: Record<string, unknown> = {}) =>
  record(tx, actor, { action: `personas.${verb}`, subjectType: "persona", subjectId, detail });

const named = <T>(work: Promise<T>) =>
  whereNameIsFree(work, "personas_name", "Another persona has this name: choose another.");

export async function listPersonas(tx: Tx, { sort, limit, cursor }: z.output<typeof ListPersonas>) {
  const column = sort.endsWith("name") ? "name" : "createdAt";
  const rows = await queries.listPersonas(tx, {
    sort: { column, descending: sort.startsWith("-") },
    after: decodeCursor(cursor, sort),
    count: limit + 1,
  });
  return toPage(rows, limit, sort, (row) => (column === "name" ? row.name : row.createdAt.toISOString()));
}

export async function getPersona(tx: Tx, id: string) {
  const persona = await queries.findPersona(tx, id);
  if (!persona) throw noSuchPersona();
  return persona;
}

export async function createPersona(tx: Tx, actor: Actor, input: z.output<typeof CreatePersona>) {
  requireWriter(actor);
  const persona = await named(queries.insertPersona(tx, { ...input, createdBy: actor.userId }));
  await recorded(tx, actor, "created", persona.id);
  return persona;
}

/** With a base, a change that somebody made since is told and not overwritten. */
export async function updatePersona(
  tx: Tx,
  actor: Actor,
  { id, baseUpdatedAt, ...input }: z.output<typeof UpdatePersona> & { id: string },
) {
  requireWriter(actor);
  const before = await queries.lockPersona(tx, id);
  if (!before) throw noSuchPersona();
  requireUnchanged(before, baseUpdatedAt, "persona", { name: before.name, attributes: before.attributes });
  const change = {
    ...(input.name !== undefined && { name: input.name }),
    ...(input.attributes !== undefined && { attributes: input.attributes }),
  };
  const changed = Object.keys(change);
  if (changed.length === 0) return before;
  const persona = await named(queries.updatePersona(tx, id, change));
  await recorded(tx, actor, "changed", id, { changed });
  return persona;
}

export async function removePersona(tx: Tx, actor: Actor, { id }: { id: string }) {
  requireWriter(actor);
  if (!(await queries.removePersona(tx, id))) throw noSuchPersona();
  await recorded(tx, actor, "removed", id);
}

/** Also those that were removed: what was made for one still names it. */
export async function personasByIds(tx: Tx, ids: string[]) {
  const rows = ids.length > 0 ? await queries.findPersonas(tx, ids) : [];
  return new Map(rows.map(({ id, name, removedAt }) => [id, { id, name, removed: removedAt !== null }]));
}
