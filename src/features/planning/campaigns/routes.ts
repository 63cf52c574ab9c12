import { read, write, writeNothing } from "@/http/handlers";
import { createRouter } from "@/http/router";
import * as contract from "./contract";
import * as service from "./service";

export const campaignsRoutes = createRouter()
  .openapi(contract.listCampaigns, (c) =>
    read(c, contract.CampaignPage, (tx) => service.listCampaigns(tx, c.req.valid("query"))),
  )
  .openapi(contract.createCampaign, (c) =>
    write(c, contract.Campaign, 201, (tx, actor) => service.createCampaign(tx, actor, c.req.valid("json"))),
  )
  .openapi(contract.getCampaign, (c) =>
    read(c, contract.Campaign, (tx) => service.getCampaign(tx, c.req.valid("param").id)),
  )
  .openapi(contract.updateCampaign, (c) =>
    write(c, contract.Campaign, 200, (tx, actor) =>
      service.updateCampaign(tx, actor, { ...c.req.valid("param"), ...c.req.valid("json") }),
    ),
  )
  .openapi(contract.archiveCampaign, (c) =>
    write(c, contract.Campaign, 200, (tx, actor) => service.archiveCampaign(tx, actor, c.req.valid("param"))),
  )
  .openapi(contract.restoreCampaign, (c) =>
    write(c, contract.Campaign, 200, (tx, actor) => service.restoreCampaign(tx, actor, c.req.valid("param"))),
  )
  .openapi(contract.removeCampaign, (c) =>
    writeNothing(c, (tx, actor) => service.removeCampaign(tx, actor, c.req.valid("param"))),
  );
