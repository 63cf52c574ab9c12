import { OpenAPIHono, type RouteConfig, type RouteHandler } from "@hono/zod-openapi";
import type { Context, Hono, Next } from "hono";
import type { Logger } from "pino";
import type { Database } from "@/db/client";
import type { GuestClaim, Identity } from "@/platform/actor";
import type { Clock } from "@/platform/clock";
import { AppError } from "@/platform/errors";
import { issuesFrom } from "@/platform/issue-rules";
import { noteReading } from "./support";

export type Env = {
  Variables: {
    requestId: string;
    log: Logger;
    clock: Clock;
    db: Database;
    /** Who carries the credential; null where there is none. Membership is the database's to tell. */
    identity: Identity | null;
    /** What a client carries who came by a review link; null for anybody else. */
    guest: Omit<GuestClaim, "requestId"> | null;
    clientAddress: string;
    /** The workspace that the database let this request into, once it has. */
    enteredWorkspace?: string;
    /** The workspace, where it let the operator's support in. */
    supportIn?: string;
    /** The host that was asked, where it may be a workspace's own; undefined for the deployment's. */
    siteHost: string | undefined;
    /** What is asked for, by its contract: the room, and whether it changes anything. */
    operation: { room: string; writes: boolean; id: string };
  };
};

/**
 * A router whose type does not grow with its routes: handlers are checked against their contracts, and
 * nobody needs the type of all operations together, which cost the compiler a minute.
 */
export type Router = Omit<OpenAPIHono<Env>, "openapi" | "route"> & {
  openapi<R extends RouteConfig>(contract: R, handler: RouteHandler<R, Env>): Router;
  route(path: string, router: Router | Hono<Env>): Router;
};

/** A room's router: its contract refuses what is malformed, with all that is wrong. */
export function createRouter(
  options: { getPath?: (request: Request, options?: { env?: unknown }) => string } = {},
): Router {
  const router = new OpenAPIHono<Env>({
    ...(options as object),
    defaultHook: (result) => {
      if (result.success) return;
      // An id that can't be one is answered like one that doesn't exist.
      if (result.target === "param") throw new AppError("not_found", "There is no such thing here.");
      const issues = issuesFrom(result.error.issues);
      const names = [...new Set(issues.map(({ path }) => path || "the body"))].join(", ");
      throw new AppError("invalid_request", `Correct these fields and send the request again: ${names}.`, { issues });
    },
  });
  const openapi = router.openapi as unknown as Router["openapi"];
  return Object.assign(router as unknown as Router, {
    openapi<R extends RouteConfig>(contract: R, handler: RouteHandler<R, Env>) {
      const writes = contract.method.toLowerCase() !== "get";
      const operation = { room: contract.tags?.[0] ?? "", writes, id: contract.operationId ?? contract.path };
      const noting = async (c: Context<Env>, next: Next) => {
        c.set("operation", operation);
        const answer = await handler(c as never, next);
        const { supportIn, identity, db } = c.var;
        if (supportIn && !writes)
          await noteReading({ db, supportIn, identity, operation, path: c.req.path, params: c.req.param() });
        return answer;
      };
      return openapi(contract, noting as unknown as RouteHandler<R, Env>);
    },
  });
}
