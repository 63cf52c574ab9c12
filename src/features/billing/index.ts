export { billingTasks, lapseTask } from "./jobs";
export { requireChannelInPlan, requireSeat, requireWorkspaceRoom, withinPlan } from "./plan/service";
export { setDefaults, setTier, topUp } from "./queries";
export { creditsNow, openSubscription, releaseCredits, reserveCredits, settleCredits } from "./service";
export { createPayments, type Payments } from "./stripe/client";
export { stripeHook } from "./stripe/hook";
