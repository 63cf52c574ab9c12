import { read, readAs, write } from "@/http/handlers";
import { createRouter } from "@/http/router";
import * as contract from "./contract";
import * as service from "./service";

/** `publicUrl` is where the site's pages are, for the links that go out. */
export const approvalRoutes = ({ publicUrl }: { publicUrl: string }) =>
  createRouter()
    .openapi(contract.submitContent, (c) =>
      write(c, contract.SubmittedContent, 201, (tx, actor) =>
        service.submitContent(tx, actor, { ...c.req.valid("param"), ...given(c.req.valid("json")), publicUrl }),
      ),
    )
    .openapi(contract.approveStep, (c) =>
      write(c, contract.ApprovedStep, 200, (tx, actor) =>
        service.approveStep(tx, actor, { ...c.req.valid("param"), ...c.req.valid("json") }),
      ),
    )
    .openapi(contract.rejectStep, (c) =>
      write(c, contract.Approval, 200, (tx, actor) =>
        service.rejectStep(tx, actor, { ...c.req.valid("param"), ...c.req.valid("json") }),
      ),
    )
    .openapi(contract.listInbox, (c) =>
      readAs(c, contract.ApprovalInboxPage, (tx) => service.listInbox(tx, c.req.valid("query"))),
    )
    .openapi(contract.getApproval, (c) =>
      read(c, contract.ApprovalWithAdaptations, (tx) => service.getApproval(tx, c.req.valid("param").id)),
    )
    .openapi(contract.listApprovals, (c) =>
      readAs(c, contract.ApprovalPage, (tx) =>
        service.listApprovals(tx, { ...c.req.valid("param"), ...c.req.valid("query") }),
      ),
    );

/** A request without a body names no adaptations. */
const given = ({ adaptationIds = [] }: { adaptationIds?: string[] }) => ({ adaptationIds });
