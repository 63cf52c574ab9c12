import type { VersionDiff } from "@contentos/sdk";
import { VisuallyHidden } from "@mantine/core";
import { useState } from "react";
import { useTranslations } from "use-intl";
import classes from "./versions.module.css";

type Operation = VersionDiff["body"]["operations"][number];
type Props = {
  operations: Operation[];
  /** All of it is new, which needs no marks. */
  plain?: boolean;
};

/** So much of what is the same is shown beside what isn't, in characters. */
const BESIDE = 280;

/** Words that came and words that went, marked for the eye and told to who hears it. What is the same is folded. */
export function DiffText({ operations, plain = false }: Props) {
  return (
    <div className={classes.diff}>
      {operations.map((operation, place) => (
        <Stretch
          // biome-ignore lint/suspicious/noArrayIndexKey: What was compared stays as it is.
          key={place}
          operation={operation}
          plain={plain}
          first={place === 0}
          last={place === operations.length - 1}
        />
      ))}
    </div>
  );
}

type StretchProps = { operation: Operation; plain: boolean; first: boolean; last: boolean };

function Stretch({ operation: { kind, text }, plain, first, last }: StretchProps) {
  const t = useTranslations("versions");
  if (plain) return <>{text}</>;
  if (kind === "Equal") return <Same text={text} first={first} last={last} />;
  const Mark = kind === "Added" ? "ins" : "del";
  return (
    <Mark className={kind === "Added" ? classes.added : classes.removed}>
      <VisuallyHidden>{kind === "Added" ? t("addedStart") : t("removedStart")}</VisuallyHidden>
      {text}
      <VisuallyHidden>{t("markEnd")}</VisuallyHidden>
    </Mark>
  );
}

function Same({ text, first, last }: { text: string; first: boolean; last: boolean }) {
  const t = useTranslations("versions");
  const [open, setOpen] = useState(false);
  const head = first ? 0 : BESIDE;
  const tail = last ? 0 : BESIDE;
  if (open || text.length <= (head + tail) * 1.5 + 200) return <>{text}</>;
  return (
    <>
      {text.slice(0, head)}
      <button type="button" className={classes.fold} onClick={() => setOpen(true)}>
        {t("unchanged")}
      </button>
      {tail > 0 && text.slice(-tail)}
    </>
  );
}
