import type { Workspace } from "@contentos/sdk";
import { useTranslations } from "use-intl";

export type Role = Workspace["role"];
export const ROLES: Role[] = ["Viewer", "Writer", "Editor", "Admin"];
export const isRole = (value: string | null): value is Role => ROLES.includes(value as Role);

export function useRoleChoices() {
  const t = useTranslations("roles");
  return ROLES.map((value) => ({ value, label: t(value) }));
}
