"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";
import { useSignOut } from "@/features/auth/ui/hooks";
import { useMe } from "@/features/auth/ui/use-me";
import { ConfirmModal } from "@/ui/confirm-modal";
import { forgetPerson, unsentWords } from "@/ui/leaving";

/** Signs out, and leaves nothing of the person in this browser. Words that are here alone are asked about first. */
export function useLeaving() {
  const t = useTranslations("shell");
  const me = useMe();
  const [unsent, setUnsent] = useState(0);
  const userId = me.data?.user.id ?? "";
  const signOut = useSignOut(() => forgetPerson(userId));
  const go = () => signOut.mutate({});
  const leave = async () => {
    const count = await unsentWords(userId);
    if (count > 0) setUnsent(count);
    else go();
  };
  const asking = unsent > 0 && (
    <ConfirmModal
      opened
      title={t("unsentTitle")}
      text={t("unsent", { count: unsent })}
      action={t("signOut")}
      busy={signOut.isPending}
      onConfirm={go}
      onClose={() => setUnsent(0)}
    />
  );
  return { leave, asking };
}
