import { withWorkspace } from "@/db/scope";
import { identityOf } from "@/http/authentication";
import { readAs, write, writeNothing } from "@/http/handlers";
import { createRouter } from "@/http/router";
import { AppError } from "@/platform/errors";
import { KEY_SCOPES } from "@/platform/key-scopes";
import type { Tokens } from "../tokens";
import * as contract from "./contract";
import * as service from "./service";
import { newApiKey } from "./token";

/** Answers with keys in them are never kept for a repeated request. */
export const keysRoutes = ({ issueForService }: Pick<Tokens, "issueForService">) =>
  createRouter()
    .openapi(contract.listApiKeys, (c) =>
      readAs(c, contract.ApiKeyPage, (tx, actor) => service.listApiKeys(tx, actor, c.req.valid("query"))),
    )
    .openapi(contract.createApiKey, (c) => {
      const made = { key: newApiKey(), now: c.var.clock.now() };
      return write(
        c,
        contract.IssuedApiKey,
        201,
        (tx, actor) => service.createApiKey(tx, actor, { ...c.req.valid("json"), ...made }),
        undefined,
        ({ key, ...kept }) => kept,
      );
    })
    .openapi(contract.rotateApiKey, (c) => {
      const made = { key: newApiKey(), now: c.var.clock.now() };
      return write(
        c,
        contract.IssuedApiKey,
        200,
        (tx, actor) => service.rotateApiKey(tx, actor, { ...c.req.valid("param"), ...c.req.valid("json"), ...made }),
        undefined,
        ({ key, ...kept }) => kept,
      );
    })
    .openapi(contract.revokeApiKey, (c) =>
      writeNothing(c, (tx, actor) =>
        service.revokeApiKey(tx, actor, { ...c.req.valid("param"), now: c.var.clock.now() }),
      ),
    )
    .openapi(contract.exchangeApiKey, async (c) => {
      const identity = identityOf(c);
      // A token is not changed for another one, or it would never end.
      if (identity.via !== "key" || identity.scopes)
        throw new AppError("key_required", "Send an API key as the bearer token: only a key is changed for one.");
      const { audience, scopes, expiresInSeconds } = c.req.valid("json");
      const claim = {
        keyProof: identity.keyProof,
        scope: null,
        workspaceId: c.req.header("x-workspace-id")?.toLowerCase(),
        requestId: c.var.requestId,
      };
      const granted = await withWorkspace(c.var.db, claim, async (tx, actor) => ({
        ...(await service.grantToToken(tx, scopes)),
        keyId: actor.keyId!,
        workspaceId: actor.workspaceId,
      }));
      const issued = await issueForService({
        ...granted,
        scopes: granted.scopes ?? KEY_SCOPES,
        audience,
        seconds: Math.min(expiresInSeconds, granted.mostSeconds),
      });
      c.header("Cache-Control", "no-store");
      return c.json(contract.ServiceToken.parse({ ...issued, tokenType: "Bearer", audience }), 200);
    });
