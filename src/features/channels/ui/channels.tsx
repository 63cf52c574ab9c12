"use client";

import {
  beginAuthorization,
  type Channel,
  type ConnectChannel,
  dismissWantedChannel,
  listAuthorizedNetworks,
  listChannels,
  listWantedChannels,
} from "@contentos/sdk";
import { Alert, Button, Group, Paper, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { IconPlugConnected } from "@tabler/icons-react";
import dynamic from "next/dynamic";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { AUTHORIZED, GIVEN } from "@/channels/network-names";
import { LoadingRows } from "@/ui/loading-rows";
import { NetworkIcon } from "@/ui/network-icon";
import { ProblemAlert } from "@/ui/problem-alert";
import { useRead, useWrite } from "@/ui/query";
import { ChannelCard } from "./channel-card";
import { DisconnectDialog } from "./disconnect-dialog";

const ConnectDialog = dynamic(() => import("./connect-dialog").then((module) => module.ConnectDialog));

type Network = ConnectChannel["network"];

type Props = {
  isAdmin: boolean;
  /** What another room has to say of a channel, on its card. */
  about?: (channel: Channel) => ReactNode;
};

/** Where the workspace publishes, how each channel is, and how to connect another. */
export function Channels({ isAdmin, about }: Props) {
  const t = useTranslations("channels");
  const channels = useRead(listChannels, { limit: 100 }, { select: ({ items }) => items });
  const [connecting, setConnecting] = useState<Network>();
  const [leaving, setLeaving] = useState<Channel>();
  const authorized = useRead(
    listAuthorizedNetworks,
    {},
    { select: ({ items }) => items.map(({ network }) => network) },
  );
  const begin = useWrite(beginAuthorization, { onSuccess: ({ authorizeUrl }) => window.location.assign(authorizeUrl) });
  const offered = [...GIVEN, ...(authorized.data ?? [])];
  const connect = (network: Channel["network"]) => {
    const agreedThere = AUTHORIZED.find((one) => one === network);
    if (agreedThere) begin.mutate({ body: { network: agreedThere } });
    else setConnecting(network as Network);
  };
  return (
    <Stack gap="xl">
      <ProblemAlert error={channels.error} onRetry={() => channels.refetch()} />
      {channels.isPending && !channels.error && <LoadingRows rows={3} height={110} />}
      <Stack gap="sm" component="ul" m={0} p={0} style={{ listStyle: "none" }}>
        {channels.data?.map((channel) => (
          <ChannelCard
            key={channel.id}
            channel={channel}
            isAdmin={isAdmin}
            about={about?.(channel)}
            onReconnect={() => connect(channel.network)}
            onDisconnect={() => setLeaving(channel)}
          />
        ))}
      </Stack>
      <ProblemAlert error={begin.error} />
      {channels.data && <Wanted isAdmin={isAdmin} offered={offered} onConnect={connect} />}
      {channels.data && (
        <section aria-labelledby="connect-another">
          <Title order={2} size="h4" id="connect-another" mb="xs">
            {t("connectAnother")}
          </Title>
          {!isAdmin && (
            <Text size="sm" c="dimmed" mb="sm">
              {t("adminsOnly")}
            </Text>
          )}
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            {offered.map((network) => (
              <Paper key={network} withBorder p="md">
                <Stack gap="xs" h="100%" justify="space-between">
                  <div>
                    <Group gap="xs" mb={4}>
                      <NetworkIcon network={network} size={20} />
                      <Text fw={650}>{t(`networks.${network}.name`)}</Text>
                    </Group>
                    <Text size="sm" c="dimmed">
                      {t(`networks.${network}.about`)}
                    </Text>
                  </div>
                  {isAdmin && (
                    <Group>
                      <Button
                        size="xs"
                        variant="light"
                        loading={begin.isPending && begin.variables?.body.network === network}
                        onClick={() => connect(network)}
                      >
                        {t(`networks.${network}.connect`)}
                      </Button>
                    </Group>
                  )}
                </Stack>
              </Paper>
            ))}
          </SimpleGrid>
        </section>
      )}
      {connecting && <ConnectDialog network={connecting} onClose={() => setConnecting(undefined)} />}
      {leaving && <DisconnectDialog channel={leaving} onClose={() => setLeaving(undefined)} />}
    </Stack>
  );
}

type WantedProps = {
  isAdmin: boolean;
  /** What can be connected here. */
  offered: Channel["network"][];
  onConnect: (network: Channel["network"]) => void;
};

/** The networks that the workspace was set up for, and that it has no account of yet. */
function Wanted({ isAdmin, offered, onConnect }: WantedProps) {
  const t = useTranslations("channels");
  const wanted = useRead(listWantedChannels).data?.items ?? [];
  const dismiss = useWrite(dismissWantedChannel);
  if (wanted.length === 0) return null;
  return (
    <Alert color="blue" variant="light" icon={<IconPlugConnected size={18} />} title={t("wanted")}>
      <Stack gap="xs">
        <Text size="sm">{t("wantedText")}</Text>
        {wanted.map(({ network, label }) => (
          <Group key={network} gap="sm">
            <NetworkIcon network={network} size={18} />
            <Text size="sm" fw={600}>
              {label}
            </Text>
            {isAdmin && (
              <Group gap="xs" ml="auto">
                {offered.includes(network) && (
                  <Button size="compact-sm" variant="light" onClick={() => onConnect(network)}>
                    {t(`networks.${network}.connect`)}
                  </Button>
                )}
                <Button
                  size="compact-sm"
                  variant="subtle"
                  color="gray"
                  loading={dismiss.isPending && dismiss.variables?.network === network}
                  aria-label={t("wantedNoLongerOf", { network: label })}
                  onClick={() => dismiss.mutate({ network })}
                >
                  {t("wantedNoLonger")}
                </Button>
              </Group>
            )}
          </Group>
        ))}
        <ProblemAlert error={dismiss.error} />
      </Stack>
    </Alert>
  );
}
