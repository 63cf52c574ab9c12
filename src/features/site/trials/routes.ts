import { readAs, write } from "@/http/handlers";
import { createRouter } from "@/http/router";
import * as contract from "./contract";
import * as service from "./service";

export const trialsRoutes = () =>
  createRouter()
    .openapi(contract.listTrials, (c) =>
      readAs(c, contract.SiteTrialPage, (tx) => service.listTrials(tx, c.req.valid("query"))),
    )
    .openapi(contract.getTrial, (c) =>
      readAs(c, contract.SiteTrial, (tx) => service.getTrial(tx, c.req.valid("param"))),
    )
    .openapi(contract.proposeTrial, (c) =>
      write(c, contract.SiteTrial, 201, (tx, actor) =>
        service.proposeTrial(tx, actor, c.req.valid("json"), c.var.clock.now()),
      ),
    )
    .openapi(contract.approveTrial, (c) =>
      write(c, contract.SiteTrial, 200, (tx, actor) =>
        service.approveTrial(tx, actor, c.req.valid("param"), c.var.clock.now()),
      ),
    )
    .openapi(contract.stopTrial, (c) =>
      write(c, contract.SiteTrial, 200, (tx, actor) => service.stopTrial(tx, actor, c.req.valid("param"))),
    );
