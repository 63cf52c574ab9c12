import { Readable } from "node:stream";
import { withWorkspace } from "@/db/scope";
import { claimOf } from "@/http/authentication";
import { readAs, write } from "@/http/handlers";
import { createRouter } from "@/http/router";
import { streamOf } from "@/http/stream";
import type { Keyring } from "@/platform/secrets";
import type { Storage } from "@/platform/storage/storage";
import { openArchive } from "./archives";
import { blueprintRoutes } from "./blueprint/routes";
import * as contract from "./contract";
import * as service from "./service";

export type TransferRoutesDeps = { storage: Storage; keyring: Keyring };

const attachment = (fileName: string) => `attachment; filename="${fileName}"`;

export const transferRoutes = (deps: TransferRoutesDeps) =>
  createRouter()
    .route("/", blueprintRoutes)
    .openapi(contract.startImport, (c) =>
      write(c, contract.ContentImport, 202, (tx, actor) => service.startImport(tx, actor, c.req.valid("json"))),
    )
    .openapi(contract.listImports, (c) =>
      readAs(c, contract.ContentImportPage, (tx, actor) => service.listImports(tx, actor, c.req.valid("query"))),
    )
    .openapi(contract.getImport, (c) =>
      readAs(c, contract.ContentImport, (tx, actor) => service.getImport(tx, actor, c.req.valid("param").id)),
    )
    .openapi(contract.listImportEntries, (c) =>
      readAs(c, contract.ImportedEntryPage, (tx, actor) =>
        service.listImportEntries(tx, actor, { ...c.req.valid("param"), ...c.req.valid("query") }),
      ),
    )
    .openapi(contract.cancelImport, (c) =>
      write(c, contract.ContentImport, 200, (tx, actor) => service.cancelImport(tx, actor, c.req.valid("param"))),
    )
    .openapi(contract.startExport, (c) =>
      write(c, contract.ContentExport, 202, (tx, actor) => service.startExport(tx, actor, c.req.valid("json"))),
    )
    .openapi(contract.listExports, (c) =>
      readAs(c, contract.ContentExportPage, (tx, actor) => service.listExports(tx, actor, c.req.valid("query"))),
    )
    .openapi(contract.getExport, (c) =>
      readAs(c, contract.ContentExport, (tx, actor) => service.getExport(tx, actor, c.req.valid("param").id)),
    )
    .openapi(contract.downloadExport, async (c) => {
      const { id } = c.req.valid("param");
      const archive = await withWorkspace(c.var.db, claimOf(c), (tx, actor) => service.downloadExport(tx, actor, id));
      c.header("Content-Type", "application/zip");
      c.header("Content-Length", String(archive.sizeBytes));
      c.header("Content-Disposition", attachment(`contentos-${id}.zip`));
      return c.body(streamOf(Readable.from(openArchive(deps, archive)))) as never;
    })
    .openapi(contract.exportItem, async (c) => {
      const { id } = c.req.valid("param");
      const file = await withWorkspace(c.var.db, claimOf(c), (tx, actor) => service.exportItem(tx, actor, id));
      // To the byte: a charset would say more than is known of an imported file.
      c.header("Content-Type", "text/markdown");
      c.header("Content-Disposition", attachment(file.fileName));
      return c.body(new Uint8Array(file.bytes)) as never;
    });
