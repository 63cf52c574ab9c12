import { Anchor, Center, Container, Paper, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";

type Props = {
  title: string;
  lead?: string;
  /** Whether it carries our name: not before somebody's client, who knows the agency only. */
  signed?: boolean;
  children: ReactNode;
};

/** One task on an otherwise empty page: signing in, accepting an invitation. */
export function CenterCard({ title, lead, signed = true, children }: Props) {
  return (
    <Center mih="100dvh" component="main" p="md">
      <Container size={420} w="100%" p={0}>
        {signed && (
          <Text component="p" ta="center" fw={700} size="lg" mb="lg">
            <Anchor href="/" underline="never" inherit c="inherit">
              ContentOS
            </Anchor>
          </Text>
        )}
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
