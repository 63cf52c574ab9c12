"use client";

import { Alert, Container, Group, Loader, NavLink, Stack, Text, Title } from "@mantine/core";
import { useEffect, useState } from "react";
import { isOver, keepCredential, keptCredential, useSession } from "@/features/review/ui/hooks";
import { OpenLink } from "@/features/review/ui/open-link";
import { ReviewItemView } from "@/features/review/ui/review-item";
import { CenterCard } from "@/ui/center-card";
import { ProblemAlert } from "@/ui/problem-alert";
import { StatusBadge } from "@/ui/status-badge";

/** What a client sees behind a review link. The token stands behind the #, which the browser keeps to itself. */
export function Review() {
  const [token, setToken] = useState<string>();
  const [credential, setCredential] = useState<string | null>(null);
  useEffect(() => {
    const given = window.location.hash.slice(1);
    setToken(given);
    setCredential(keptCredential(given));
  }, []);
  if (token === undefined) return <CenterCard title="Review">{<Loader aria-label="Loading" />}</CenterCard>;
  const open = (given: string | null) => {
    keepCredential(token, given ?? undefined);
    setCredential(given);
  };
  if (!credential) return <OpenLink token={token} onOpened={open} />;
  return <Opened credential={credential} onOver={() => open(null)} />;
}

function Opened({ credential, onOver }: { credential: string; onOver: () => void }) {
  const session = useSession(credential);
  const [chosen, setChosen] = useState<string>();
  const over = isOver(session.error);
  useEffect(() => {
    if (over) onOver();
  }, [over, onOver]);
  if (session.isPending || over) return <CenterCard title="Review">{<Loader aria-label="Loading" />}</CenterCard>;
  if (session.error) return <CenterCard title="Review">{<ProblemAlert error={session.error} />}</CenterCard>;
  const { workspace, link, guest, items } = session.data;
  const id = chosen ?? items.find(({ decision }) => decision === "Pending")?.id ?? items[0]?.id;
  return (
    <Container size="md" py="xl" component="main">
      <Stack>
        <Group justify="space-between">
          <Title order={1} size="h2" c={workspace.branding.primaryColor ?? "inherit"}>
            {workspace.name}
          </Title>
          <Text size="sm" c="dimmed">
            {guest.name}
          </Text>
        </Group>
        {link.message && <Alert color="gray">{link.message}</Alert>}
        {items.length > 1 &&
          items.map((item) => (
            <NavLink
              key={item.id}
              active={item.id === id}
              label={item.title}
              rightSection={<StatusBadge status={item.decision ?? item.status} />}
              onClick={() => setChosen(item.id)}
            />
          ))}
        {id ? (
          <ReviewItemView key={id} credential={credential} id={id} link={link} />
        ) : (
          <Text>There is nothing behind this link right now.</Text>
        )}
      </Stack>
    </Container>
  );
}
