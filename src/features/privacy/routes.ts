import type { Readable } from "node:stream";
import type { Logger } from "pino";
import type { Database } from "@/db/client";
import { readPerson } from "@/db/scope";
import type { IdentityService } from "@/features/auth";
import { personClaimOf, sessionOf } from "@/http/authentication";
import { readOwn, writeOwn } from "@/http/handlers";
import { createRouter } from "@/http/router";
import { streamOf } from "@/http/stream";
import type { Mailer } from "@/platform/mailer";
import { choicesRoutes, headerOf, setOptOutCookie } from "./choices/routes";
import { choiceOf, readChoice } from "./choices/service";
import * as contract from "./contract";
import { readAllDocuments, readDocuments } from "./documents";
import { exportPerson } from "./exporting";
import * as service from "./service";
import { workspaceErasureRoutes } from "./workspace/routes";

type Deps = {
  db: Database;
  identity: IdentityService;
  erasureGraceDays: number;
  /** Where the operator's own texts are. */
  legalFolder: string;
  mailer: Mailer;
  log: Logger;
  publicUrl: string;
};

export const privacyRoutes = ({ erasureGraceDays: graceDays, legalFolder, ...deps }: Deps) =>
  createRouter()
    .route("/", workspaceErasureRoutes({ ...deps, graceDays }))
    .route("/", choicesRoutes({ ...deps, legalFolder }))
    .openapi(contract.askErasure, async (c) => {
      await deps.identity.asks.recently(sessionOf(c).sessionId);
      return writeOwn(c, contract.ErasureAnswer, 201, (tx, person) =>
        service.askErasure(tx, person, { now: c.var.clock.now(), graceDays }),
      );
    })
    .openapi(contract.listErasures, (c) => readOwn(c, contract.ErasureList, service.listErasures))
    .openapi(contract.undoErasure, (c) =>
      writeOwn(c, contract.ErasureAnswer, 200, (tx) => service.undoErasure(tx, c.var.clock.now())),
    )
    .openapi(contract.listDocuments, async (c) =>
      c.json(
        contract.LegalDocumentList.parse({ items: await readDocuments(legalFolder, c.req.valid("query").language) }),
        200,
      ),
    )
    .openapi(contract.getConsents, async (c) => {
      const current = await readAllDocuments(legalFolder);
      const account = await readPerson(deps.db, personClaimOf(c), readChoice);
      const choice = choiceOf(headerOf(c), account);
      // Every page of the application asks this, so that a choice reaches each browser of its person.
      if (account?.optedOut && !choice.cookie) setOptOutCookie(c, deps.publicUrl, true);
      return readOwn(c, contract.Consents, async (tx) => ({ ...(await service.getConsents(tx, current)), choice }));
    })
    .openapi(contract.giveConsents, async (c) => {
      const current = await readAllDocuments(legalFolder);
      return writeOwn(c, contract.Consents, 201, async (tx) => ({
        ...(await service.giveConsents(tx, c.req.valid("json").documents, current)),
        choice: choiceOf(headerOf(c), await readChoice(tx)),
      }));
    })
    .openapi(contract.exportPerson, async (c) => {
      const zip = await exportPerson(deps, personClaimOf(c));
      c.header("Content-Type", "application/zip");
      c.header("Content-Disposition", 'attachment; filename="about-me.zip"');
      return c.body(streamOf(zip.outputStream as Readable)) as never;
    });
