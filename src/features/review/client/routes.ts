import type { Context } from "hono";
import type { IdentityService } from "@/features/auth";
import { guestClaimOf } from "@/http/authentication";
import { readAsGuest, refuseGuest, writeAsGuest } from "@/http/guests";
import { createRouter, type Env } from "@/http/router";
import { Receipt } from "../receipts/contract";
import type { Signing } from "../receipts/service";
import { approveItems } from "./batch";
import * as comments from "./comments";
import * as contract from "./contract";
import * as service from "./service";

type Deps = { identity: IdentityService; publicUrl: string };

export function clientRoutes({ identity, publicUrl }: Deps) {
  /** Had before the transaction begins, in which no other connection is taken. */
  const signing = async (c: Context<Env>): Promise<Signing> => ({
    sign: await identity.documentSigner(),
    issuer: publicUrl,
    now: c.var.clock.now(),
  });
  return createRouter()
    .openapi(contract.openReview, async (c) => {
      const { clientAddress: address, requestId, db } = c.var;
      const opened = service.openReview(db, { ...c.req.valid("json"), address, requestId });
      return c.json(contract.OpenedReview.parse(await opened.catch(refuseGuest)), 201);
    })
    .openapi(contract.getReviewSession, (c) => readAsGuest(c, contract.ReviewSession, service.getReviewSession))
    .openapi(contract.getReviewItem, (c) =>
      readAsGuest(c, contract.ReviewItem, (tx) => service.getReviewItem(tx, c.req.valid("param"))),
    )
    .openapi(contract.listReviewComments, (c) =>
      readAsGuest(c, contract.ReviewCommentPage, (tx, guest) =>
        comments.listReviewComments(tx, guest, { ...c.req.valid("param"), ...c.req.valid("query") }),
      ),
    )
    .openapi(contract.sayInReview, (c) =>
      writeAsGuest(c, contract.ReviewComment, 201, (tx, guest) =>
        comments.sayInReview(tx, guest, { ...c.req.valid("param"), ...c.req.valid("json") }),
      ),
    )
    .openapi(contract.approveItem, async (c) => {
      const by = await signing(c);
      return writeAsGuest(c, Receipt, 200, (tx, guest) =>
        service.approveItem(tx, guest, { ...c.req.valid("param"), ...c.req.valid("json") }, by),
      );
    })
    .openapi(contract.requestChanges, async (c) => {
      const by = await signing(c);
      return writeAsGuest(c, Receipt, 200, (tx, guest) =>
        service.requestChanges(tx, guest, { ...c.req.valid("param"), ...c.req.valid("json") }, by),
      );
    })
    .openapi(contract.holdItem, async (c) => {
      const by = await signing(c);
      return writeAsGuest(c, Receipt, 200, (tx, guest) =>
        service.holdItem(tx, guest, { ...c.req.valid("param"), ...c.req.valid("json") }, by),
      );
    })
    .openapi(contract.approveItems, async (c) => {
      const by = await signing(c);
      const results = await approveItems(c.var.db, guestClaimOf(c), c.req.valid("json"), by);
      return c.json(contract.BatchResult.parse({ results }), 200);
    });
}
