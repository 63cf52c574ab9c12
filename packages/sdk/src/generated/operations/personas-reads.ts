// Written by `npm run generate` from the contracts: change those instead.
import { operation } from "../../operation.ts";
import type {
  Persona,
  PersonaPage,
} from "../schemas.ts";

export type ListPersonasInput = {
  /** `"name"` where it is left out. */
  sort?: "name" | "-name" | "createdAt" | "-createdAt" | undefined;
  /** How many a page has at most. `25` where it is left out. */
  limit?: number | undefined;
  /** `nextCursor` of the page before. */
  cursor?: string | undefined;
};

/** List personas. Refusals: workspace_required, invalid_cursor, unauthenticated, forbidden, not_found. */
export const listPersonas = /* @__PURE__ */ operation<ListPersonasInput, PersonaPage>("listPersonas", "GET", "/personas", { scoped: true });

export type GetPersonaInput = {
  id: string;
};

/** Read a persona. Refusals: workspace_required, unauthenticated, forbidden, not_found. */
export const getPersona = /* @__PURE__ */ operation<GetPersonaInput, Persona>("getPersona", "GET", "/personas/{id}", { scoped: true });
