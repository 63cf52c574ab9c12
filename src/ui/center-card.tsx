import { Anchor, Center, Container, Paper, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { useTitle } from "./use-title";

type Props = {
  title: string;
  lead?: string;
  /** Whether it carries our name: not before somebody's client, who knows the agency only. */
  signed?: boolean;
  /** Whose name and logo it carries in place of ours; undefined as long as that is not known. */
  owner?: { name: string; logoUrl: string | null } | null | undefined;
  children: ReactNode;
};

/** One task on an otherwise empty page: signing in, accepting an invitation. */
export function CenterCard({ title, lead, signed = true, children, ...more }: Props) {
  const owner = "owner" in more ? more.owner : null;
  useTitle(title);
  return (
    <Center mih="100dvh" component="main" p="md">
      <Container size={420} w="100%" p={0}>
        {signed && owner === null && (
          <Text component="p" ta="center" fw={700} size="lg" mb="lg">
            <Anchor href="/" underline="never" inherit c="inherit">
              ContentOS
            </Anchor>
          </Text>
        )}
        {owner && <Owner {...owner} />}
        <Paper withBorder p={{ base: "lg", xs: "xl" }} radius="lg">
          <Stack gap="md">
            <div>
              <Title order={1} size="h3">
                {title}
              </Title>
              {lead && (
                <Text c="dimmed" size="sm" mt={4}>
                  {lead}
                </Text>
              )}
            </div>
            {children}
          </Stack>
        </Paper>
      </Container>
    </Center>
  );
}

function Owner({ name, logoUrl }: { name: string; logoUrl: string | null }) {
  return (
    <Anchor href="/" underline="never" c="inherit" fw={700} size="lg" mb="lg" display="block" ta="center">
      {logoUrl && (
        // biome-ignore lint/performance/noImgElement: The address is the workspace's, and known only here.
        <img
          src={logoUrl}
          alt=""
          style={{ display: "block", margin: "0 auto 8px", maxHeight: 56, maxWidth: "100%", objectFit: "contain" }}
        />
      )}
      {name}
    </Anchor>
  );
}
