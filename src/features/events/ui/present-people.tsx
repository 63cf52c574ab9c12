import { Avatar, Group, Tooltip, VisuallyHidden } from "@mantine/core";
import { useTranslations } from "use-intl";
import type { Present } from "./hooks";
import classes from "./presence.module.css";

const SHOWN = 4;

/** Who else has it open: each person once, and as writing if any of their tabs is. */
export function PresentPeople({ present }: { present: Present[] }) {
  const t = useTranslations("item.present");
  const people = new Map<string, Present>();
  for (const one of present) if (one.state === "Editing" || !people.has(one.userId)) people.set(one.userId, one);
  const all = [...people.values()];
  const told = ({ name, state }: Present) => (state === "Editing" ? t("editing", { name }) : t("here", { name }));
  return (
    <Group gap={0} wrap="nowrap">
      <VisuallyHidden role="status">{all.length > 0 && t("label", { names: all.map(told).join(", ") })}</VisuallyHidden>
      <Avatar.Group aria-hidden>
        {all.slice(0, SHOWN).map((one) => (
          <Tooltip key={one.userId} label={told(one)}>
            <Avatar
              size={32}
              radius="xl"
              name={one.name}
              color="initials"
              className={classes.person ?? ""}
              data-writing={one.state === "Editing" || undefined}
            />
          </Tooltip>
        ))}
        {all.length > SHOWN && (
          <Tooltip label={all.slice(SHOWN).map(told).join(", ")}>
            <Avatar size={32} radius="xl">
              +{all.length - SHOWN}
            </Avatar>
          </Tooltip>
        )}
      </Avatar.Group>
    </Group>
  );
}
