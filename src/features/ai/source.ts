import type { WorkspaceTx } from "@/db/client";
import { findItem, findVersion, noSuchItem } from "@/features/content";
import { getPersona } from "@/features/personas";
import { workspaceSettings } from "@/features/workspaces";
import type { PersonaForPrompt } from "./prompts/prompt";

type Tx = WorkspaceTx;

/** The current version of an item, which is what a model is asked about. */
export async function currentVersion(tx: Tx, contentItemId: string) {
  const item = await findItem(tx, contentItemId);
  if (!item) throw noSuchItem();
  const version = (await findVersion(tx, contentItemId, item.currentVersionNumber))!;
  const { language, slug } = await workspaceSettings(tx);
  return { item, version, language: String(version.metadata.language ?? language), slug };
}

/** @throws AppError `not_found` */
export async function personaForPrompt(tx: Tx, personaId: string | undefined): Promise<PersonaForPrompt | undefined> {
  if (personaId === undefined) return undefined;
  const { name, attributes } = await getPersona(tx, personaId);
  return { name, attributes };
}
