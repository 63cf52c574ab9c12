import type { Context } from "hono";
import { withWorkspace } from "@/db/scope";
import { claimOf } from "@/http/authentication";
import { readAs, write } from "@/http/handlers";
import { createRouter, type Env } from "@/http/router";
import * as contract from "./contract";
import * as paying from "./plan/paying";
import { getSubscription } from "./plan/shown";
import * as service from "./service";

/** Stripe is asked between transactions: each checks for itself who calls. */
export const billingRoutes = (deps: paying.PayingDeps) => {
  const inTxOf =
    (c: Context<Env>): paying.InTx =>
    (work) =>
      withWorkspace(c.var.db, claimOf(c), work);
  const shown = (c: Context<Env>) => ({ now: c.var.clock.now(), sells: deps.payments !== null });
  return createRouter()
    .openapi(contract.getSubscription, (c) =>
      readAs(c, contract.Subscription, (tx, actor) => getSubscription(tx, actor, shown(c))),
    )
    .openapi(contract.listCredits, (c) =>
      readAs(c, contract.CreditLedger, (tx, actor) => service.listCredits(tx, actor, c.req.valid("query"))),
    )
    .openapi(contract.choosePlan, async (c) => {
      const checkoutUrl = await paying.choosePlan(deps, inTxOf(c), c.req.valid("json"));
      return readAs(c, contract.ChosenPlan, async (tx, actor) => ({
        subscription: await getSubscription(tx, actor, shown(c)),
        checkoutUrl,
      }));
    })
    .openapi(contract.buyCredits, async (c) => {
      const checkoutUrl = await paying.buyCredits(deps, inTxOf(c), c.req.valid("json"));
      return write(c, contract.Checkout, 201, async () => ({ checkoutUrl }));
    })
    .openapi(contract.openPortal, async (c) => {
      const url = await paying.openPortal(deps, inTxOf(c));
      return readAs(c, contract.Portal, async () => ({ url }));
    })
    .openapi(contract.listInvoices, async (c) => {
      const invoices = await paying.listInvoices(deps, inTxOf(c));
      return readAs(c, contract.Invoices, async () => invoices);
    })
    .openapi(contract.setPooling, (c) =>
      write(c, contract.Subscription, 200, async (tx, actor) => {
        await paying.setPooling(tx, actor, c.req.valid("json"));
        return getSubscription(tx, actor, shown(c));
      }),
    )
    .openapi(contract.takeOverBilling, (c) =>
      write(c, contract.Subscription, 200, async (tx, actor) => {
        await paying.takeOverBilling(tx, actor);
        return getSubscription(tx, actor, shown(c));
      }),
    );
};
