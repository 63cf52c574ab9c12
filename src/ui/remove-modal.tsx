"use client";

import type { Operation } from "@contentos/sdk";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { ConfirmModal } from "./confirm-modal";
import { useWrite } from "./query";
import { useTold } from "./told";

type Props<I> = {
  operation: Operation<I, unknown>;
  input: I;
  title: string;
  text: ReactNode;
  onClose: () => void;
};

/** Asks before a thing is removed, and tells that it was. */
export function RemoveModal<I>({ operation, input, title, text, onClose }: Props<I>) {
  const t = useTranslations("common");
  const told = useTold();
  const remove = useWrite(operation, {
    onSuccess: () => {
      onClose();
      told();
    },
  });
  return (
    <ConfirmModal
      opened
      title={title}
      text={text}
      action={t("remove")}
      busy={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate(input)}
      onClose={onClose}
    />
  );
}
