import { sessionOf } from "@/http/authentication";
import { readAs, write } from "@/http/handlers";
import { createRouter } from "@/http/router";
import type { Asks } from "../ground";
import * as contract from "./contract";
import * as service from "./service";

export const policyRoutes = (asks: Asks) =>
  createRouter()
    .openapi(contract.getSecurityPolicy, (c) =>
      readAs(c, contract.SecurityPolicy, service.getSecurityPolicy, c.req.valid("param").id),
    )
    .openapi(contract.writeSecurityPolicy, async (c) => {
      const { session } = await asks.whoIs(sessionOf(c).sessionId);
      const hasTwo = session.secondFactor || session.method === "Sso";
      return write(
        c,
        contract.SecurityPolicy,
        200,
        (tx, actor) => service.writeSecurityPolicy(tx, actor, c.req.valid("json"), hasTwo),
        c.req.valid("param").id,
      );
    });
