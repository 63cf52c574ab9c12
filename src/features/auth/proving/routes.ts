import { sessionOf } from "@/http/authentication";
import { createRouter } from "@/http/router";
import { clientOf } from "../client-of";
import * as contract from "./contract";
import type { Proving } from "./service";

export const provingRoutes = (proving: Proving) =>
  createRouter().openapi(contract.prove, async (c) => {
    const answer = await proving.prove(sessionOf(c).sessionId, c.req.valid("json"), clientOf(c));
    return c.json(contract.Proved.parse(answer), 200);
  });
