import { Readable } from "node:stream";
import type { Database } from "@/db/client";
import { personClaimOf } from "@/http/authentication";
import { readAs, write } from "@/http/handlers";
import { createRouter } from "@/http/router";
import { streamOf } from "@/http/stream";
import type { Clock } from "@/platform/clock";
import { type ChainDeps, headOf, verifyAudit } from "./chain/service";
import * as contract from "./contract";
import { exportAudit } from "./exporting";
import * as service from "./service";

type Deps = ChainDeps & {
  db: Database;
  clock: Clock;
  /** Signs what is taken out of here; the room of accounts has the keys. */
  identity: { documentSigner(): Promise<(type: string, document: object) => Promise<string>> };
};

export const auditRoutes = (deps: Deps) =>
  createRouter()
    .openapi(contract.listAuditEvents, (c) =>
      readAs(c, contract.AuditEventPage, (tx, actor) => service.listAuditEvents(tx, actor, c.req.valid("query"))),
    )
    .openapi(contract.listAuditChanges, (c) =>
      readAs(c, contract.AuditChangePage, (tx, actor) => service.listAuditChanges(tx, actor, c.req.valid("query"))),
    )
    .openapi(contract.verifyAudit, (c) =>
      write(c, contract.AuditCheck, 200, (tx, actor) => verifyAudit(tx, actor, deps, c.req.valid("json").from)),
    )
    .openapi(contract.getAuditHead, async (c) => {
      // Ahead of the transaction, since it may ask the database.
      const sign = await deps.identity.documentSigner();
      return readAs(c, contract.AuditHead, async (tx, actor) => {
        const { workspaceId, sequence, hash, sealedAt } = await headOf(tx, actor);
        const head = { workspaceId, sequence, hash, sealedAt: sealedAt.toISOString() };
        return { ...head, jws: await sign("contentos-audit-head+json", head) };
      });
    })
    .openapi(contract.exportAudit, async (c) => {
      const asked = c.req.valid("query");
      const text = await exportAudit(
        deps,
        { ...personClaimOf(c), workspaceId: c.req.header("x-workspace-id")?.toLowerCase() },
        asked,
      );
      c.header("Content-Type", "application/octet-stream");
      c.header("Content-Disposition", `attachment; filename="audit-${asked.of}.${asked.format}"`);
      return c.body(streamOf(Readable.from(text, { objectMode: false }))) as never;
    });
