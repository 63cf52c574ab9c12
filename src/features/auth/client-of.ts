import type { Context } from "hono";
import type { Env } from "@/http/router";
import type { Client } from "./sessions";

/** Where a request comes from. */
export const clientOf = (c: Context<Env>): Client => ({
  ipAddress: c.var.clientAddress,
  userAgent: c.req.header("user-agent")?.slice(0, 400) ?? null,
  host: c.var.siteHost,
});
