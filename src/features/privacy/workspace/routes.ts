import type { Logger } from "pino";
import { clientOf, type IdentityService } from "@/features/auth";
import { sessionOf } from "@/http/authentication";
import { readAs, readOwn, write, writeOwn } from "@/http/handlers";
import { createRouter } from "@/http/router";
import type { Mail, Mailer } from "@/platform/mailer";
import * as contract from "./contract";
import * as service from "./service";

type Deps = {
  identity: Pick<IdentityService, "asks">;
  mailer: Mailer;
  log: Logger;
  graceDays: number;
  publicUrl: string;
};

export const workspaceErasureRoutes = ({ identity, mailer, log, graceDays, publicUrl }: Deps) =>
  createRouter()
    .openapi(contract.askWorkspaceErasure, async (c) => {
      const { name, password } = c.req.valid("json");
      await identity.asks.fresh(sessionOf(c).sessionId, password, clientOf(c));
      let mails: Mail[] = [];
      const answer = await write(
        c,
        contract.WorkspaceErasureAnswer,
        201,
        async (tx, actor) => {
          const asked = await service.askWorkspaceErasure(
            tx,
            actor,
            { name },
            { now: c.var.clock.now(), graceDays, publicUrl },
          );
          mails = asked.mails;
          return asked.erasure;
        },
        c.req.valid("param").id,
      );
      // It stands, and every page of the workspace says so: a mail that fails is the log's matter.
      for (const mail of mails)
        await mailer.send(mail).catch((err: unknown) => log.error({ err }, "An Admin was not told of an erasure"));
      return answer;
    })
    .openapi(contract.getWorkspaceErasure, (c) =>
      readAs(c, contract.WorkspaceErasureState, service.getWorkspaceErasure, c.req.valid("param").id),
    )
    .openapi(contract.undoWorkspaceErasure, (c) =>
      writeOwn(c, contract.WorkspaceErasureState, 200, (tx, person) =>
        service.undoWorkspaceErasure(tx, person, {
          sessionId: sessionOf(c).sessionId,
          workspaceId: c.req.valid("param").id,
        }),
      ),
    )
    .openapi(contract.listOwnWorkspaceErasures, (c) =>
      readOwn(c, contract.OwnWorkspaceErasures, service.listOwnWorkspaceErasures),
    );
