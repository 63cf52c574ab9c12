// Written by `npm run generate` from the contracts: change those instead.
import { type Nothing, operation } from "../../operation.ts";
import type {
  Health,
} from "../schemas.ts";

/** Whether the process answers; it does no other work. */
export const getLiveness = /* @__PURE__ */ operation<Nothing, Health>("getLiveness", "GET", "/health/live", { open: true });

/** Whether requests can be served, as last seen by the process itself. */
export const getReadiness = /* @__PURE__ */ operation<Nothing, Health>("getReadiness", "GET", "/health/ready", { open: true });
