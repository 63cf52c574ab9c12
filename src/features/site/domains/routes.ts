import { withWorkspace } from "@/db/scope";
import { claimOf } from "@/http/authentication";
import { readAs, tagged, write, writeNothing } from "@/http/handlers";
import { createRouter } from "@/http/router";
import type { LookUpTexts } from "@/platform/dns";
import * as contract from "./contract";
import * as service from "./service";

export type DomainsDeps = { publicUrl: string; lookUpTexts: LookUpTexts };

export const domainsRoutes = (deps: DomainsDeps) =>
  createRouter()
    .openapi(contract.listDomains, (c) =>
      readAs(c, contract.DomainPage, (tx, actor) => service.listDomains(tx, actor, deps)),
    )
    .openapi(contract.addDomain, (c) =>
      write(c, contract.Domain, 201, (tx, actor) => service.addDomain(tx, actor, c.req.valid("json"), deps)),
    )
    // DNS is asked between two transactions: neither waits for it.
    .openapi(contract.verifyDomain, async (c) => {
      const { id } = c.req.valid("param");
      const { name } = await withWorkspace(c.var.db, claimOf(c), (tx, actor) =>
        service.domainToVerify(tx, actor, { id }),
      );
      const texts = await deps.lookUpTexts(name);
      const now = c.var.clock.now();
      return write(c, contract.Domain, 200, (tx, actor) => service.verifyDomain(tx, actor, { id, texts, now }, deps));
    })
    .openapi(contract.makeDomainPrimary, (c) =>
      write(c, contract.Domain, 200, (tx, actor) => service.makeDomainPrimary(tx, actor, c.req.valid("param"), deps)),
    )
    .openapi(contract.removeDomain, (c) =>
      writeNothing(c, (tx, actor) => service.removeDomain(tx, actor, c.req.valid("param"))),
    )
    .openapi(contract.askDomain, async (c) => c.json(await service.askDomain(c.var.db, c.req.valid("query")), 200))
    .openapi(contract.getCurrentHost, async (c) => {
      const found = await service.getCurrentHost(c.var.db, c.var.siteHost, deps);
      return tagged(c, contract.CurrentHost.parse(found)) as never;
    });
