"use client";

import { Problem } from "@contentos/sdk";
import { Button, Container, Group, Paper, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { IconFiles, IconFilterOff } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { BRAND_SHADE, brandShades, contrast } from "@/ui/brand-colors";
import { EmptyState } from "@/ui/empty-state";
import { LoadingRows } from "@/ui/loading-rows";
import { Page } from "@/ui/page";
import { ProblemAlert } from "@/ui/problem-alert";
import { SearchButton } from "@/ui/search-button";
import { StatusBadge } from "@/ui/status-badge";
import { messages } from "@/ui/text/en/messages";

const PROBLEMS = {
  "a refusal": new Problem(409, "not_approved", "Only what is approved can be scheduled: submit it for review first."),
  "wrong fields": new Problem(400, "invalid_request", "Two fields are wrong.", [
    { path: "name", message: "At most 120 characters." },
    { path: "branding.primaryColor", message: "A colour in hex, such as #0a7d5a." },
  ]),
  "a defect": new Problem(500, "internal", "Something broke on our side; nothing was changed. Try again.", [], {
    requestId: "0b8ef9f0-5a51-4a3a-9f7e-4b1d0a8c2a11",
  }),
  "no network": new Problem(0, "unreachable", "ContentOS can't be reached. What you wrote is still here: try again."),
};

const COLORS = ["#0b7a5c", "#c2410c", "#ffd400", "#00e5ff", "#111111", "#f5f5f5"];
const nothing = () => {};

/** Our own components, each with its states. What is Mantine's is shown on its own pages. */
export function Components() {
  return (
    <Container size="lg" py="xl" component="main">
      <Page
        title="Components"
        lead="Each of src/ui with its states; change the scheme of your system to see the other."
      >
        <Shown name="StatusBadge">
          <Group>
            {Object.keys(messages.status).map((status) => (
              <StatusBadge key={status} status={status} />
            ))}
          </Group>
        </Shown>
        <Shown name="ProblemAlert">
          <Stack>
            {Object.entries(PROBLEMS).map(([name, problem]) => (
              <ProblemAlert key={name} error={problem} onRetry={problem.status === 409 ? undefined : nothing} />
            ))}
          </Stack>
        </Shown>
        <Shown name="EmptyState">
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <EmptyState
              icon={IconFiles}
              title="Nothing here yet"
              text="Says why, and what would bring something."
              action={<Button>The first thing to do</Button>}
            />
            <EmptyState icon={IconFilterOff} title="Nothing fits" />
          </SimpleGrid>
        </Shown>
        <Shown name="LoadingRows">
          <LoadingRows rows={3} />
        </Shown>
        <Shown name="SearchButton">
          <SearchButton label="Search" onClick={nothing} />
        </Shown>
        <Shown name="brandShades">
          <Stack>
            {COLORS.map((color) => (
              <Shades key={color} color={color} />
            ))}
          </Stack>
        </Shown>
      </Page>
    </Container>
  );
}

function Shown({ name, children }: { name: string; children: ReactNode }) {
  return (
    <Paper withBorder p="lg" radius="lg" component="section">
      <Title order={2} size="h4" mb="md">
        {name}
      </Title>
      {children}
    </Paper>
  );
}

function Shades({ color }: { color: string }) {
  return (
    <Group gap={4}>
      <Text size="sm" w={80} ff="monospace">
        {color}
      </Text>
      {brandShades(color).map((shade, place) => (
        <Paper
          key={shade}
          w={56}
          h={40}
          bg={shade}
          c={contrast(shade, "#ffffff") >= 4.5 ? "white" : "black"}
          ta="center"
          pt={10}
          fz="xs"
          fw={place === BRAND_SHADE ? 700 : 400}
        >
          {place}
        </Paper>
      ))}
    </Group>
  );
}
