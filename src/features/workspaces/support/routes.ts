import { readAs, write } from "@/http/handlers";
import { createRouter } from "@/http/router";
import * as contract from "./contract";
import * as service from "./service";

export const supportRoutes = createRouter()
  .openapi(contract.getSupport, (c) => readAs(c, contract.Support, service.getSupport, c.req.valid("param").id))
  .openapi(contract.changeSupport, (c) =>
    write(
      c,
      contract.Support,
      200,
      (tx, actor) => service.changeSupport(tx, actor, c.req.valid("json")),
      c.req.valid("param").id,
    ),
  )
  .openapi(contract.changeSupportAccess, (c) => {
    const { id, accessId } = c.req.valid("param");
    return write(
      c,
      contract.Support,
      200,
      (tx, actor) => service.changeSupportAccess(tx, actor, { accessId, ...c.req.valid("json") }),
      id,
    );
  });
