import type { Context } from "hono";
import { read, readAs, readOwn, write, writeNothing, writeOwn } from "@/http/handlers";
import { createRouter, type Env } from "@/http/router";
import type { Mail, Mailer } from "@/platform/mailer";
import type { Keyring } from "@/platform/secrets";
import * as contract from "./contract";
import * as service from "./service";
import { supportRoutes } from "./support/routes";

export type WorkspacesDeps = { mailer: Mailer; keyring: Keyring; publicUrl: string; region: string | null };

export const workspacesRoutes = (deps: WorkspacesDeps) =>
  createRouter()
    .route("/", supportRoutes)
    .openapi(contract.listWorkspaces, (c) =>
      readOwn(c, contract.WorkspacePage, (tx) => service.listWorkspaces(tx, c.req.valid("query"))),
    )
    .openapi(contract.createWorkspace, (c) =>
      writeOwn(c, contract.Workspace, 201, (tx, person) =>
        service.createWorkspace(tx, person, c.req.valid("json"), deps),
      ),
    )
    .openapi(contract.getWorkspace, (c) => read(c, contract.Workspace, service.getWorkspace, c.req.valid("param").id))
    .openapi(contract.updateWorkspace, (c) =>
      write(
        c,
        contract.Workspace,
        200,
        (tx, actor) => service.updateWorkspace(tx, actor, c.req.valid("json")),
        c.req.valid("param").id,
      ),
    )
    .openapi(contract.handOver, (c) =>
      write(
        c,
        contract.Workspace,
        200,
        (tx, actor) => service.handOver(tx, actor, c.req.valid("json")),
        c.req.valid("param").id,
      ),
    )
    .openapi(contract.listMembers, (c) =>
      read(c, contract.MemberPage, (tx) => service.listMembers(tx, c.req.valid("query")), c.req.valid("param").id),
    )
    .openapi(contract.inviteMember, async (c) => {
      let mail: Mail | undefined;
      const answer = await write(
        c,
        contract.IssuedInvitation,
        201,
        async (tx, actor) => {
          const invited = await service.inviteMember(tx, actor, c.req.valid("json"), deps);
          mail = invited.mail;
          return invited.answer;
        },
        c.req.valid("param").id,
        ({ inviteUrl, ...kept }) => kept,
      );
      if (mail) await sendCommitted(c, deps.mailer, mail);
      return answer;
    })
    .openapi(contract.changeMember, (c) => {
      const { id, userId } = c.req.valid("param");
      return write(
        c,
        contract.Member,
        200,
        (tx, actor) => service.changeMember(tx, actor, { userId, ...c.req.valid("json") }),
        id,
      );
    })
    .openapi(contract.removeMember, (c) => {
      const { id, userId } = c.req.valid("param");
      return writeNothing(c, (tx, actor) => service.removeMember(tx, actor, { userId }), id);
    })
    .openapi(contract.listInvitations, (c) =>
      readAs(
        c,
        contract.InvitationPage,
        (tx, actor) => service.listInvitations(tx, actor, c.req.valid("query")),
        c.req.valid("param").id,
      ),
    )
    .openapi(contract.revokeInvitation, (c) => {
      const { id, invitationId } = c.req.valid("param");
      return writeNothing(c, (tx, actor) => service.revokeInvitation(tx, actor, { invitationId }), id);
    })
    .openapi(contract.acceptInvitation, (c) =>
      writeOwn(c, contract.Joined, 200, (tx, person) => service.acceptInvitation(tx, person, c.req.valid("json"))),
    );

/** The invitation stands, and its link is in the answer, so that a mail that fails is the log's matter. */
const sendCommitted = (c: Context<Env>, mailer: Mailer, mail: Mail) =>
  mailer.send(mail).catch((err: unknown) => {
    c.var.log.error({ err, requestId: c.var.requestId }, "An invitation could not be mailed");
  });
