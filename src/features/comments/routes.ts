import { readAs, write, writeNothing } from "@/http/handlers";
import { createRouter } from "@/http/router";
import * as contract from "./contract";
import * as service from "./service";

export const commentsRoutes = createRouter()
  .openapi(contract.openThread, (c) =>
    write(c, contract.Thread, 201, (tx, actor) =>
      service.openThread(tx, actor, { ...c.req.valid("param"), ...c.req.valid("json") }),
    ),
  )
  .openapi(contract.listThreads, (c) =>
    readAs(c, contract.ThreadPage, (tx) =>
      service.listThreads(tx, { ...c.req.valid("param"), ...c.req.valid("query") }),
    ),
  )
  .openapi(contract.getThread, (c) => readAs(c, contract.Thread, (tx) => service.getThread(tx, c.req.valid("param"))))
  .openapi(contract.replyToThread, (c) =>
    write(c, contract.Comment, 201, (tx, actor) =>
      service.replyToThread(tx, actor, { ...c.req.valid("param"), ...c.req.valid("json") }),
    ),
  )
  .openapi(contract.listReplies, (c) =>
    readAs(c, contract.CommentPage, (tx) =>
      service.listReplies(tx, { ...c.req.valid("param"), ...c.req.valid("query") }),
    ),
  )
  .openapi(contract.resolveThread, (c) =>
    write(c, contract.Thread, 200, (tx, actor) => service.resolveThread(tx, actor, c.req.valid("param"))),
  )
  .openapi(contract.reopenThread, (c) =>
    write(c, contract.Thread, 200, (tx, actor) => service.reopenThread(tx, actor, c.req.valid("param"))),
  )
  .openapi(contract.editComment, (c) =>
    write(c, contract.Comment, 200, (tx, actor) =>
      service.editComment(tx, actor, { ...c.req.valid("param"), ...c.req.valid("json") }),
    ),
  )
  .openapi(contract.removeComment, (c) =>
    writeNothing(c, (tx, actor) => service.removeComment(tx, actor, c.req.valid("param"))),
  )
  .openapi(contract.listMentions, (c) =>
    readAs(c, contract.MentionPage, (tx, actor) => service.listMentions(tx, actor, c.req.valid("query"))),
  );
