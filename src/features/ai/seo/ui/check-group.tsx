import type { SeoCheck } from "@contentos/sdk";
import { Anchor, Box, Group, Stack, Text, Title, UnstyledButton, VisuallyHidden } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconAlertTriangle, IconCircleCheck, IconCircleX } from "@tabler/icons-react";
import Link from "next/link";
import { useParams } from "next/navigation";
import { useTranslations } from "use-intl";
import classes from "./seo-panel.module.css";

export type ShowPassage = (passage: { start: number; end: number; quote: string }) => void;

type Props = { category: SeoCheck["category"]; score: number; checks: readonly SeoCheck[]; onShow: ShowPassage };

/** What is to be done first; what passed is folded away. */
export function CheckGroup({ category, score, checks, onShow }: Props) {
  const t = useTranslations("seo");
  const [opened, { toggle }] = useDisclosure(false);
  const passed = checks.filter(({ status }) => status === "Pass");
  const open = checks.filter(({ status }) => status !== "Pass");
  return (
    <Stack gap="xs" component="section">
      <Group justify="space-between" wrap="nowrap">
        <Title order={3} size="h6">
          {t(`categories.${category}`)}
        </Title>
        <Text size="sm" c="dimmed">
          {t("score", { score })}
        </Text>
      </Group>
      {open.length > 0 && <Checks checks={open} onShow={onShow} />}
      {passed.length > 0 && (
        <>
          <UnstyledButton className={classes.passed ?? ""} aria-expanded={opened} onClick={toggle}>
            {t("passed", { count: passed.length })}
          </UnstyledButton>
          {opened && <Checks checks={passed} onShow={onShow} />}
        </>
      )}
    </Stack>
  );
}

function Checks({ checks, onShow }: Pick<Props, "checks" | "onShow">) {
  return (
    <Stack gap="sm" component="ul" className={classes.list ?? ""}>
      {checks.map((check) => (
        <CheckRow key={check.id} check={check} onShow={onShow} />
      ))}
    </Stack>
  );
}

const LOOKS = {
  Fail: { icon: IconCircleX, color: "var(--mantine-color-red-text)" },
  Warn: { icon: IconAlertTriangle, color: "var(--mantine-color-yellow-text)" },
  Pass: { icon: IconCircleCheck, color: "var(--mantine-color-teal-text)" },
};

function CheckRow({ check, onShow }: { check: SeoCheck; onShow: ShowPassage }) {
  const t = useTranslations("seo");
  const { slug } = useParams<{ slug: string }>();
  const { icon: Icon, color } = LOOKS[check.status];
  const { params, items } = check.evidence;
  return (
    <Group component="li" gap="xs" wrap="nowrap" align="flex-start">
      <Icon size={18} color={color} aria-hidden className={classes.icon} />
      <Box miw={0} flex={1}>
        <Text size="sm" fw={600}>
          {t(`names.${check.id}`)}
          <VisuallyHidden>: {t(`status.${check.status}`)}</VisuallyHidden>
        </Text>
        {/* The same sentence as the API's, in the reader's language. */}
        <Text size="sm">{t(`checks.${check.id}.${check.reason}` as never, params as never)}</Text>
        {check.status !== "Pass" && <Passages check={check} onShow={onShow} />}
        {items.map(({ id, title }) => (
          <Text key={id} size="sm" truncate>
            <Anchor component={Link} href={`/w/${slug}/content/${id}`}>
              {title}
            </Anchor>
          </Text>
        ))}
      </Box>
    </Group>
  );
}

const SHOWN = 3;

function Passages({ check, onShow }: { check: SeoCheck; onShow: ShowPassage }) {
  const t = useTranslations("seo");
  const [all, { open }] = useDisclosure(false);
  const { passages, passageCount } = check.evidence;
  const inText = passages.filter(({ field }) => field === "body");
  const shown = all ? inText : inText.slice(0, SHOWN);
  return (
    <>
      {shown.map((passage) => (
        <UnstyledButton
          key={passage.start}
          className={classes.passage ?? ""}
          title={t("showPlace", { quote: passage.quote })}
          onClick={() => onShow(passage)}
        >
          {passage.quote}
        </UnstyledButton>
      ))}
      {inText.length > 0 && passageCount > shown.length && (
        <UnstyledButton className={classes.passed ?? ""} disabled={all} onClick={open}>
          {t("more", { count: passageCount - shown.length })}
        </UnstyledButton>
      )}
    </>
  );
}
