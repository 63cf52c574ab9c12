import { type Context, Hono } from "hono";
import type { DirectoryTx } from "@/db/client";
import { withDirectory } from "@/db/scope";
import { bodyGuards } from "@/http/body";
import { securityHeaders } from "@/http/front";
import { limit, type RateLimits } from "@/http/limits";
import { refusalOf } from "@/http/problem";
import type { Env } from "@/http/router";
import { directoryTokenHash } from "../keys/token";
import { BULK_LIMITS, runBulk, type Send } from "./bulk";
import { RESOURCE_TYPES, SCHEMAS, serviceProviderConfig } from "./discovery";
import { notFound, presentError, ScimError, scimErrorOf } from "./errors";
import { readFilter } from "./filter";
import * as groups from "./groups";
import { readSort } from "./matching";
import * as queries from "./queries";
import { versionOf } from "./representation";
import * as users from "./users";

const DEFAULT_COUNT = 100;
const MOST_COUNT = 200;

type Deps = { limits: RateLimits /** Where it stands, without a slash at the end. */; base: string };
type C = Context<Env>;

const answer = (c: C, body: object, status: 200 | 201 | 400 = 200) => {
  c.header("Content-Type", "application/scim+json; charset=utf-8");
  return c.body(JSON.stringify(body), status);
};

/**
 * SCIM 2.0 for a workspace's directory (RFC 7643, RFC 7644). It has a contract of its own, which it tells by its schemas,
 * and so is no part of the API's. Each request enters by the directory's token, and works through the functions that are
 * made for it.
 */
export function scimServer({ limits, base }: Deps) {
  const app = new Hono<Env>();
  app.onError((raised, c) => refuse(c, raised));
  app.use(securityHeaders, async (c, next) => {
    await limit(c, limits, "address", c.var.clientAddress);
    const hash = tokenHashOf(c);
    await limit(c, limits, "key", hash);
    await next();
  });
  app.use(...bodyGuards);

  app.get("/ServiceProviderConfig", (c) =>
    entered(c, async () => answer(c, serviceProviderConfig(base, { maxResults: MOST_COUNT, ...BULK_LIMITS }))),
  );
  discovered(app, "/ResourceTypes", RESOURCE_TYPES(base));
  discovered(app, "/Schemas", SCHEMAS(base));

  const resources = resourcesAt(base);
  app.post("/Bulk", async (c) => {
    // As it was asked for itself, one after the other, each in a transaction of its own.
    const inner = new Hono<Env>();
    inner.onError((raised, each) => refuse(each, raised));
    inner.notFound((each) => refuse(each, notFound()));
    inner.use(async (each, next) => {
      for (const name of ["db", "log", "requestId"] as const) each.set(name, c.var[name] as never);
      // Each counts like a request of its own.
      await limit(each, limits, "key", tokenHashOf(each));
      await next();
    });
    inner.route("/", resources);
    const authorization = c.req.header("authorization") ?? "";
    const send: Send = async ({ method, path, version, data }) => {
      const headers = {
        authorization,
        ...(version !== undefined && { "if-match": version }),
        ...(data !== undefined && { "content-type": "application/scim+json" }),
      };
      const body = data === undefined ? {} : { body: JSON.stringify(data) };
      return inner.fetch(new Request(`http://bulk${path}`, { method, headers, ...body }));
    };
    await entered(c, async () => answer(c, {}));
    await withDirectory(c.var.db, { tokenHash: tokenHashOf(c) }, async () => undefined);
    return answer(c, await runBulk(await bodyOf(c), { base, send }));
  });
  app.route("/", resources);

  app.all("/Me", (c) => refuse(c, new ScimError(501, "A directory is nobody: there is no /Me.")));
  // Not to what stands around it, which would ask for a session.
  app.all("*", (c) => refuse(c, notFound()));
  return app;
}

function resourcesAt(base: string) {
  const app = new Hono<Env>();
  app.get("/Users", (c) => entered(c, async (tx) => answer(c, await users.listUsers(tx, pageIn(c, "User"), base))));
  app.post("/Users", (c) =>
    entered(c, async (tx) => told(c, await users.findUser(tx, await users.createUser(tx, await bodyOf(c))), base, 201)),
  );
  app.get("/Users/:id", (c) => entered(c, async (tx) => told(c, await users.findUser(tx, idOf(c)), base)));
  app.put("/Users/:id", (c) => changing(c, base, users.replaceUser));
  app.patch("/Users/:id", (c) => changing(c, base, users.patchUser));
  app.delete("/Users/:id", (c) =>
    entered(c, async (tx) => {
      const row = requireMatch(c, await users.findUser(tx, idOf(c)));
      await queries.removeUser(tx, row.id);
      return c.body(null, 204);
    }),
  );

  const withMembers = (c: C) => !/\bmembers\b/i.test(c.req.query("excludedAttributes") ?? "");
  const toldGroup = (c: C, row: queries.GroupRow, status: 200 | 201 = 200) => {
    tag(c, row, `${base}/Groups/${row.id}`, status);
    return answer(c, groups.presentGroup(row, base, withMembers(c)), status);
  };
  const changingGroup = (c: C, change: typeof groups.patchGroup) =>
    entered(c, async (tx) => {
      const row = requireMatch(c, await groups.findGroup(tx, idOf(c)));
      await change(tx, row, await bodyOf(c));
      return toldGroup(c, await groups.findGroup(tx, row.id));
    });
  app.get("/Groups", (c) =>
    entered(c, async (tx) => answer(c, await groups.listGroups(tx, pageIn(c, "Group"), base, withMembers(c)))),
  );
  app.post("/Groups", (c) =>
    entered(c, async (tx) =>
      toldGroup(c, await groups.findGroup(tx, await groups.createGroup(tx, await bodyOf(c))), 201),
    ),
  );
  app.get("/Groups/:id", (c) => entered(c, async (tx) => toldGroup(c, await groups.findGroup(tx, idOf(c)))));
  app.put("/Groups/:id", (c) => changingGroup(c, groups.replaceGroup));
  app.patch("/Groups/:id", (c) => changingGroup(c, groups.patchGroup));
  app.delete("/Groups/:id", (c) =>
    entered(c, async (tx) => {
      const row = requireMatch(c, await groups.findGroup(tx, idOf(c)));
      await queries.removeGroup(tx, row.id);
      return c.body(null, 204);
    }),
  );
  return app;
}

function discovered(app: Hono<Env>, path: string, all: { id: string }[]) {
  app.get(path, (c) =>
    entered(c, async () =>
      answer(c, {
        schemas: ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
        totalResults: all.length,
        startIndex: 1,
        itemsPerPage: all.length,
        Resources: all,
      }),
    ),
  );
  app.get(`${path}/:id`, (c) =>
    entered(c, async () => {
      const found = all.find(({ id }) => id === c.req.param("id"));
      if (!found) throw notFound();
      return answer(c, found);
    }),
  );
}

function tokenHashOf(c: C): string {
  const [, token = ""] = /^Bearer +(\S+)$/i.exec(c.req.header("authorization") ?? "") ?? [];
  const hash = directoryTokenHash(token);
  if (!hash) throw new ScimError(401, "Send the directory's token, whole, as a bearer token.");
  return hash;
}

const entered = (c: C, work: (tx: DirectoryTx) => Promise<Response>) =>
  withDirectory(c.var.db, { tokenHash: tokenHashOf(c) }, work);
const idOf = (c: C) => (c.req.param("id") ?? "").toLowerCase();
const bodyOf = (c: C): Promise<unknown> =>
  c.req.json().catch((cause: unknown) => {
    throw new ScimError(400, "Send a JSON document.", "invalidSyntax", { cause });
  });

function changing(c: C, base: string, change: typeof users.patchUser) {
  return entered(c, async (tx) => {
    const row = requireMatch(c, await users.findUser(tx, idOf(c)));
    await change(tx, row, await bodyOf(c));
    return told(c, await users.findUser(tx, row.id), base);
  });
}

type Versioned = { id: string; updated_at: Date };

/** What was based on an older state overwrites nothing, where the directory says what it was based on. */
function requireMatch<R extends Versioned>(c: C, row: R): R {
  const wanted = c.req.header("if-match");
  if (wanted && wanted !== "*" && !wanted.split(/,\s*/).includes(versionOf(row)))
    throw new ScimError(412, "It was changed since: read it again.");
  return row;
}

function tag(c: C, row: Versioned, location: string, status: 200 | 201) {
  c.header("ETag", versionOf(row));
  if (status === 201) c.header("Location", location);
}

function told(c: C, row: queries.UserRow, base: string, status: 200 | 201 = 200) {
  tag(c, row, `${base}/Users/${row.id}`, status);
  return answer(c, users.presentUser(row, base), status);
}

function pageIn(c: C, resource: "User" | "Group") {
  const number = (name: string, otherwise: number) => {
    const given = Number.parseInt(c.req.query(name) ?? "", 10);
    return Number.isSafeInteger(given) ? given : otherwise;
  };
  return {
    filter: readFilter(c.req.query("filter"), resource),
    sort: readSort(c.req.query("sortBy"), c.req.query("sortOrder"), resource),
    startIndex: Math.min(Math.max(number("startIndex", 1), 1), 1_000_000),
    count: Math.min(Math.max(number("count", DEFAULT_COUNT), 0), MOST_COUNT),
  };
}

function refuse(c: C, raised: Error) {
  const refusal = refusalOf(raised);
  const error = scimErrorOf(raised, refusal);
  if (!error) c.var.log?.error({ err: raised, requestId: c.var.requestId }, "defect");
  const told = error ?? new ScimError(500, "This is a defect in ContentOS, and it was logged.");
  if (told.status === 401) c.header("WWW-Authenticate", "Bearer");
  if (refusal?.retryAfterSeconds) c.header("Retry-After", String(Math.ceil(refusal.retryAfterSeconds)));
  c.header("Content-Type", "application/scim+json; charset=utf-8");
  return c.body(JSON.stringify(presentError(told)), told.status);
}
