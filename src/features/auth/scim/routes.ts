import { readAs, write, writeNothing } from "@/http/handlers";
import { createRouter } from "@/http/router";
import { newDirectoryToken } from "../keys/token";
import * as contract from "./contract";
import * as service from "./service";

/** Of a workspace's Admins. */
export const scimSettingsRoutes = (deps: service.Deps) =>
  createRouter()
    .openapi(contract.getScim, (c) =>
      readAs(c, contract.ScimSettings, (tx, actor) => service.getScim(tx, actor, deps), c.req.valid("param").id),
    )
    .openapi(contract.createScimToken, (c) => {
      const made = { token: newDirectoryToken(), now: c.var.clock.now() };
      return write(
        c,
        contract.IssuedScimToken,
        201,
        (tx, actor) => service.createScimToken(tx, actor, { ...c.req.valid("json"), ...made }, deps),
        c.req.valid("param").id,
        ({ token, ...kept }) => kept,
      );
    })
    .openapi(contract.revokeScimToken, (c) => {
      const { id, tokenId } = c.req.valid("param");
      const now = c.var.clock.now();
      return writeNothing(c, (tx, actor) => service.revokeScimToken(tx, actor, { tokenId, now }), id);
    })
    .openapi(contract.mapScimGroup, (c) => {
      const { id, groupId } = c.req.valid("param");
      return write(
        c,
        contract.ScimSettings,
        200,
        (tx, actor) => service.mapScimGroup(tx, actor, { groupId, ...c.req.valid("json") }, deps),
        id,
      );
    });
