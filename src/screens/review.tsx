"use client";

import { approveItems, type ReviewSession } from "@contentos/sdk";
import {
  Alert,
  Box,
  Button,
  Container,
  Group,
  List,
  Loader,
  NavLink,
  Progress,
  Stack,
  Text,
  Title,
} from "@mantine/core";
import { useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import { isOver, keepCredential, keptCredential, useSession } from "@/features/review/ui/hooks";
import { OpenLink } from "@/features/review/ui/open-link";
import { ReviewItemView } from "@/features/review/ui/review-item";
import { useBrand } from "@/ui/brand";
import { CenterCard } from "@/ui/center-card";
import { EmptyState } from "@/ui/empty-state";
import { OfflineBar } from "@/ui/offline-bar";
import { ProblemAlert } from "@/ui/problem-alert";
import { useWrite } from "@/ui/query";
import { StatusBadge } from "@/ui/status-badge";
import { Retold } from "@/ui/text/retold";
import { ZoneProvider } from "@/ui/text/text-provider";
import { GuestScope } from "@/ui/workspace-scope";
import classes from "./review.module.css";
import { IconInbox } from "./shell/icons";

/** What a client sees behind a review link. The token stands behind the #, which the browser keeps to itself. */
export function Review() {
  const [token, setToken] = useState<string>();
  const [credential, setCredential] = useState<string | null>(null);
  useEffect(() => {
    const given = window.location.hash.slice(1);
    setToken(given);
    setCredential(keptCredential(given));
  }, []);
  if (token === undefined) return <Waiting />;
  const open = (given: string | null) => {
    keepCredential(token, given ?? undefined);
    setCredential(given);
  };
  if (!credential) return <OpenLink token={token} onOpened={open} />;
  return (
    <GuestScope credential={credential}>
      <Opened onOver={() => open(null)} />
    </GuestScope>
  );
}

function Waiting() {
  const t = useTranslations("common");
  return (
    <Group justify="center" pt="30vh" component="main">
      <Loader aria-label={t("loading")} />
    </Group>
  );
}

function Opened({ onOver }: { onOver: () => void }) {
  const t = useTranslations("client");
  const session = useSession();
  const over = isOver(session.error);
  useEffect(() => {
    if (over) onOver();
  }, [over, onOver]);
  useBrand(session.data?.workspace.branding.primaryColor);
  if (session.isPending || over) return <Waiting />;
  if (session.error)
    return (
      <CenterCard title={t("open.title")} signed={false}>
        <ProblemAlert error={session.error} onRetry={() => session.refetch()} />
      </CenterCard>
    );
  return (
    <ZoneProvider timeZone={session.data.workspace.timeZone}>
      <Pieces session={session.data} />
    </ZoneProvider>
  );
}

function Pieces({ session }: { session: ReviewSession }) {
  const t = useTranslations("client");
  const { workspace, link, guest, items } = session;
  const [chosen, setChosen] = useState<string>();
  const pending = items.filter(({ decision }) => decision === "Pending");
  const id = chosen ?? pending[0]?.id ?? items[0]?.id;
  /** On to what still waits, once one is decided. */
  const next = () => {
    const after = pending.find((item) => item.id !== id);
    setChosen(after?.id ?? id);
    window.scrollTo({ top: 0 });
  };
  return (
    <>
      <Box component="header" className={classes.head}>
        <Container size="lg">
          <Group justify="space-between" wrap="nowrap">
            <Title order={1} size="h3" lineClamp={1}>
              {workspace.name}
            </Title>
            <Text size="sm" truncate>
              {guest.name}
            </Text>
          </Group>
        </Container>
      </Box>
      <Container size="lg" py="lg" component="main">
        <OfflineBar />
        <div className={items.length > 1 ? classes.columns : undefined}>
          {items.length > 1 && (
            <Stack gap="sm" component="nav" aria-label={t("pieces")}>
              <Decided done={items.length - pending.length} all={items.length} />
              <div>
                {items.map((item) => (
                  <NavLink
                    key={item.id}
                    component="button"
                    active={item.id === id}
                    aria-current={item.id === id || undefined}
                    label={item.title}
                    rightSection={<StatusBadge status={item.decision ?? item.status} />}
                    onClick={() => setChosen(item.id)}
                    className={classes.piece}
                  />
                ))}
              </div>
              {pending.length > 1 && link.canDecide && <ApproveAll pending={pending} />}
            </Stack>
          )}
          <Stack>
            {link.message && (
              <Alert color="gray" variant="light">
                {link.message}
              </Alert>
            )}
            {id ? (
              <ReviewItemView key={id} id={id} link={link} onDecided={next} />
            ) : (
              <EmptyState icon={IconInbox} title={t("nothing")} text={t("nothingText")} />
            )}
          </Stack>
        </div>
      </Container>
    </>
  );
}

function Decided({ done, all }: { done: number; all: number }) {
  const t = useTranslations("client");
  return (
    <div>
      <Text size="sm" mb={4}>
        {t("progress", { done, all })}
      </Text>
      <Progress value={(done / all) * 100} aria-label={t("progress", { done, all })} />
    </div>
  );
}

type Pending = ReviewSession["items"][number];

/** All that waits, each as it was listed: what was changed since is not decided, and told. */
function ApproveAll({ pending }: { pending: Pending[] }) {
  const t = useTranslations("client");
  const [sure, setSure] = useState(false);
  const approve = useWrite(approveItems, { onSettled: () => setSure(false) });
  const refused = approve.data?.results.filter(({ refusal }) => refusal) ?? [];
  const all = () => {
    const items = pending.map(({ id, contentHash }) => ({ contentItemId: id, contentHash: contentHash! }));
    approve.mutate({ body: { items } });
  };
  return (
    <Stack gap="xs">
      <Button
        variant={sure ? "filled" : "default"}
        loading={approve.isPending}
        onClick={sure ? all : () => setSure(true)}
      >
        {sure ? t("approveAllSure", { count: pending.length }) : t("approveAll")}
      </Button>
      {refused.length > 0 && (
        <Alert color="orange" variant="light" role="alert">
          <List size="sm">
            {refused.map(({ contentItemId, refusal }) => (
              <List.Item key={contentItemId}>{refusal && <Retold>{refusal.detail}</Retold>}</List.Item>
            ))}
          </List>
        </Alert>
      )}
      <ProblemAlert error={approve.error} />
    </Stack>
  );
}
