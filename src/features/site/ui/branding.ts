import { Branding } from "@/features/workspaces/contract";

/** As it was saved. What an older or a wrong row says is left out: a page is shown in any case. */
export function brandingOf(saved: unknown): Branding {
  const known = Object.entries(Branding.shape).flatMap(([name, field]) => {
    const read = field.safeParse((saved as Record<string, unknown> | null)?.[name]);
    return read.success && read.data ? [[name, read.data]] : [];
  });
  return Object.fromEntries(known) as Branding;
}
