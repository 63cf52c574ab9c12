"use client";

import { changePassword, isProblem } from "@contentos/sdk";
import { Button, PasswordInput, Stack } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslations } from "use-intl";
import { issuesOf } from "@/ui/issues";
import { ProblemAlert } from "@/ui/problem-alert";
import { useWrite } from "@/ui/query";
import { useTold } from "@/ui/told";

/** Ends all other sessions of the person. @param email for password managers, which keep it beside the password */
export function PasswordForm({ email }: { email: string }) {
  const t = useTranslations("settings.account");
  const told = useTold();
  const form = useForm({ initialValues: { currentPassword: "", newPassword: "" } });
  const change = useWrite(changePassword, {
    onSuccess: () => {
      form.reset();
      told(t("passwordChanged"));
    },
    onError: (error) =>
      form.setErrors({
        ...issuesOf(error),
        ...(isProblem(error, "invalid_credentials") && { currentPassword: t("wrongPassword") }),
      }),
  });
  const shown = isProblem(change.error, "invalid_credentials") ? null : change.error;
  return (
    <form onSubmit={form.onSubmit((body) => change.mutate({ body }))}>
      <Stack maw={380}>
        <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
        <PasswordInput
          label={t("currentPassword")}
          autoComplete="current-password"
          required
          withAsterisk={false}
          visibilityToggleButtonProps={{ "aria-label": t("showPassword") }}
          {...form.getInputProps("currentPassword")}
        />
        <PasswordInput
          label={t("newPassword")}
          description={t("passwordHint")}
          autoComplete="new-password"
          required
          withAsterisk={false}
          visibilityToggleButtonProps={{ "aria-label": t("showPassword") }}
          {...form.getInputProps("newPassword")}
        />
        <ProblemAlert error={shown} />
        <Button type="submit" w="fit-content" loading={change.isPending}>
          {t("changePassword")}
        </Button>
      </Stack>
    </form>
  );
}
