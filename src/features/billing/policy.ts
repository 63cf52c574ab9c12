import type { Actor } from "@/platform/actor";

/** Billing is the Admins'. */
export const canSee = (actor: Actor) => actor.role === "Admin";

/** Whoever pays decides what is paid, and sees the invoices. */
export const canPay = (account: { isPayer: boolean } | undefined) => account?.isPayer ?? false;
