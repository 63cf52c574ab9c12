import { OpenAPIHono, type RouteConfig, type RouteHandler } from "@hono/zod-openapi";
import type { Hono } from "hono";
import type { Logger } from "pino";
import type { Database } from "@/db/client";
import type { GuestClaim, Identity } from "@/platform/actor";
import type { Clock } from "@/platform/clock";
import { AppError, type Issue } from "@/platform/errors";

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
export function createRouter(): Router {
  return new OpenAPIHono<Env>({
    defaultHook: (result) => {
      if (result.success) return;
      // An id that can't be one is answered like one that doesn't exist.
      if (result.target === "param") throw new AppError("not_found", "There is no such thing here.");
      const issues = result.error.issues.flatMap((issue): Issue[] =>
        issue.code === "unrecognized_keys"
          ? issue.keys.map((key) => ({
              path: [...issue.path, key].join("."),
              message: "This field is not known here.",
            }))
          : [{ path: issue.path.join("."), message: issue.message }],
      );
      const names = [...new Set(issues.map(({ path }) => path || "the body"))].join(", ");
      throw new AppError("invalid_request", `Correct these fields and send the request again: ${names}.`, { issues });
    },
  }) as unknown as Router;
}
