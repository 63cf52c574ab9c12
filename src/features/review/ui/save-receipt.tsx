"use client";

import { getReceipt } from "@contentos/sdk";
import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { client } from "@/ui/api";
import { saveFile } from "@/ui/save-file";
import { useGuestCredential } from "@/ui/workspace-scope";

/** Keeps the signed receipt of a decision as a file. */
export function SaveReceipt({ id }: { id: string }) {
  const t = useTranslations("client.item");
  const credential = useGuestCredential();
  const save = useMutation({
    meta: { quiet: true },
    mutationFn: async () => {
      const receipt = await client.asGuest(credential!).call(getReceipt, { id });
      saveFile(`receipt-${id}.json`, "application/json", JSON.stringify(receipt, null, 2));
    },
  });
  return (
    <Button variant="subtle" size="compact-sm" loading={save.isPending} onClick={() => save.mutate()}>
      {save.error ? t("saveAgain") : t("saveReceipt")}
    </Button>
  );
}
