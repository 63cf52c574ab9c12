// Written by `npm run generate` from the contracts: change those instead.
import { operation } from "../../operation.ts";
import type {
  CreatePersona,
  Persona,
  UpdatePersona,
} from "../schemas.ts";

export type CreatePersonaInput = {
  body: CreatePersona;
};

/** Define an audience. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, conflict, idempotency_key_reused, too_large, unsupported_media_type. */
export const createPersona = /* @__PURE__ */ operation<CreatePersonaInput, Persona>("createPersona", "POST", "/personas", { scoped: true, keyed: true });

export type UpdatePersonaInput = {
  id: string;
  body: UpdatePersona;
};

/** Change a persona; attributes are replaced as a whole. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, conflict, version_conflict, too_large, unsupported_media_type. */
export const updatePersona = /* @__PURE__ */ operation<UpdatePersonaInput, Persona>("updatePersona", "PUT", "/personas/{id}", { scoped: true });

export type RemovePersonaInput = {
  id: string;
};

/** Remove a persona. Refusals: workspace_required, unauthenticated, forbidden, cross_site_request, not_found. */
export const removePersona = /* @__PURE__ */ operation<RemovePersonaInput, undefined>("removePersona", "DELETE", "/personas/{id}", { scoped: true });
