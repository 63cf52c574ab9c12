"use client";

import { IconAlertTriangle } from "@tabler/icons-react";
import { useTranslations } from "use-intl";
import { Problem } from "./api";
import { Notice } from "./notice";
import { PlainButton } from "./plain-button";

type Props = { error: Error | null | undefined; onRetry?: (() => void) | undefined };

/** Says what went wrong and what to do, in the API's own sentence; and the request's id, by which an operator finds it. */
export function ProblemAlert({ error, onRetry }: Props) {
  const t = useTranslations("common");
  if (!error) return null;
  const issues = error instanceof Problem ? error.issues : [];
  // One wrong field is what the sentence says already.
  const listed = issues.filter(({ message }) => !error.message.includes(message));
  const requestId = error instanceof Problem && error.status >= 500 ? error.requestId : undefined;
  return (
    <Notice tone="problem" icon={<IconAlertTriangle size={18} aria-hidden />}>
      <span>{error.message}</span>
      {listed.length > 0 && (
        <ul>
          {listed.map(({ path, message }) => (
            <li key={path + message}>
              {path}: {message}
            </li>
          ))}
        </ul>
      )}
      {requestId && <small>{t("requestId", { id: requestId })}</small>}
      {onRetry && (
        <PlainButton quiet shape="small" onClick={onRetry}>
          {t("retry")}
        </PlainButton>
      )}
    </Notice>
  );
}
