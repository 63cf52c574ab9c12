import { createRouter } from "@/http/router";
import * as contract from "./contract";
import type { HealthChecks } from "./service";

/** A server without a worker of its own says so, and is no worse for it. */
const HEALTHY = new Set(["Ok", "Running", "Elsewhere"]);

export const operationsRoutes = (health: HealthChecks) =>
  createRouter()
    .openapi(contract.getLiveness, (c) => c.json({ status: "Ok" as const, checks: {} }, 200))
    .openapi(contract.getReadiness, (c) => {
      const checks = health.latest();
      const ok = Object.values(checks).every((state) => HEALTHY.has(state));
      return ok ? c.json({ status: "Ok" as const, checks }, 200) : c.json({ status: "Failing" as const, checks }, 503);
    });
