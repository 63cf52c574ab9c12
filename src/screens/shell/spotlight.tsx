"use client";

import "@mantine/spotlight/styles.css";
import { listMembers, type SearchHit, search, type Workspace } from "@contentos/sdk";
import { useDebouncedValue } from "@mantine/hooks";
import { createSpotlight, Spotlight as MantineSpotlight } from "@mantine/spotlight";
import {
  IconArrowRight,
  IconFileText,
  IconMessage,
  IconPhoto,
  IconPlus,
  IconSearch,
  IconUser,
} from "@tabler/icons-react";
import { keepPreviousData } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import { useRead } from "@/ui/query";
import { StatusBadge } from "@/ui/status-badge";
import { useMay } from "../workspace-context";
import { PLACES } from "./pages";

type Props = { workspace: Workspace; workspaces: Workspace[]; onClose: () => void };
type Found = { id: string; label: string; description?: string; icon: ReactNode; right?: ReactNode; go: string };
type Group = { label: string; found: Found[] };

/** Looked for once somebody has stopped typing for so long, in ms. */
const PAUSE_MS = 120;
/** Of each kind, so that all kinds are seen. */
const AT_MOST = 6;

const [store, { open }] = createSpotlight();

/** Items, comments, files, people, pages and workspaces by a few letters of them. */
export function Spotlight({ workspace, workspaces, onClose }: Props) {
  const t = useTranslations("shell");
  const router = useRouter();
  const [query, setQuery] = useState("");
  useEffect(open, []);
  const written = useWritten(query, workspace);
  const others = useOthers(query, workspace, workspaces);
  const groups = [...written.groups, ...others].filter(({ found }) => found.length > 0);
  const choose = (address: string) => {
    onClose();
    router.push(address);
  };
  return (
    <MantineSpotlight.Root
      store={store}
      query={query}
      onQueryChange={setQuery}
      onSpotlightClose={onClose}
      shortcut={null}
      scrollable
      maxHeight={460}
    >
      <MantineSpotlight.Search
        placeholder={t("searchHint")}
        aria-label={t("search")}
        leftSection={<IconSearch size={18} aria-hidden />}
      />
      <MantineSpotlight.ActionsList>
        {groups.map(({ label, found }) => (
          <MantineSpotlight.ActionsGroup key={label} label={label}>
            {found.map(({ id, label: name, description, icon, right, go }) => (
              <MantineSpotlight.Action
                key={id}
                label={name}
                {...(description && { description })}
                leftSection={icon}
                rightSection={right}
                onClick={() => choose(go)}
              />
            ))}
          </MantineSpotlight.ActionsGroup>
        ))}
        {groups.length === 0 && !written.isFetching && (
          <MantineSpotlight.Empty>{written.error ? t("searchFailed") : t("searchNothing")}</MantineSpotlight.Empty>
        )}
      </MantineSpotlight.ActionsList>
    </MantineSpotlight.Root>
  );
}

/** What was written: items, comments and files, best first. */
function useWritten(query: string, { slug }: Workspace) {
  const t = useTranslations("shell.groups");
  const [q] = useDebouncedValue(query.trim(), PAUSE_MS);
  const hits = useRead(search, { q, limit: 30 }, { enabled: q !== "", placeholderData: keepPreviousData });
  const items = q === "" ? [] : (hits.data?.items ?? []);
  const base = `/w/${slug}`;
  const of = (kind: SearchHit["kind"], show: (hit: SearchHit) => Omit<Found, "id">): Found[] =>
    items
      .filter((hit) => hit.kind === kind)
      .slice(0, AT_MOST)
      .map((hit) => ({ id: hit.id, ...show(hit) }));
  const groups: Group[] = [
    {
      label: t("items"),
      found: of("Item", ({ id, title, status, highlights }) => ({
        label: title,
        description: excerpt(highlights.text),
        icon: <IconFileText size={18} stroke={1.6} />,
        right: status && <StatusBadge status={status} />,
        go: `${base}/content/${id}`,
      })),
    },
    {
      label: t("comments"),
      found: of("Comment", ({ contentItemId, title, highlights }) => ({
        label: excerpt(highlights.text) || title,
        description: title,
        icon: <IconMessage size={18} stroke={1.6} />,
        go: `${base}/content/${contentItemId}`,
      })),
    },
    {
      label: t("files"),
      found: of("Asset", ({ id, title }) => ({
        label: title,
        icon: <IconPhoto size={18} stroke={1.6} />,
        go: `${base}/files?file=${id}`,
      })),
    },
  ];
  return { groups, isFetching: hits.isFetching || q !== query.trim(), error: hits.error };
}

const excerpt = (parts: { text: string }[]) => parts.map(({ text }) => text).join("");

/** What is found without asking: pages, people, workspaces, and what can be done. */
function useOthers(query: string, workspace: Workspace, workspaces: Workspace[]): Group[] {
  const t = useTranslations("shell");
  const may = useMay();
  const words = query.trim().toLowerCase();
  const members = useRead(listMembers, { id: workspace.id, limit: 100 }, { staleTime: 60_000 });
  const base = `/w/${workspace.slug}`;
  const fits = ({ label, description = "" }: Found) => `${label} ${description}`.toLowerCase().includes(words);
  const pages = PLACES.map(
    ({ path, label, icon: Icon }): Found => ({
      id: path,
      label: t(`pages.${label}`),
      icon: <Icon size={18} stroke={1.6} />,
      go: `${base}/${path}`,
    }),
  );
  const write: Found = {
    id: "new",
    label: t("keys.new"),
    icon: <IconPlus size={18} stroke={1.6} />,
    go: `${base}/content?new`,
  };
  const people = (members.data?.items ?? []).map(
    ({ userId, name, email }): Found => ({
      id: userId,
      label: name,
      description: email,
      icon: <IconUser size={18} stroke={1.6} />,
      go: `${base}/content?assignee=${userId}`,
    }),
  );
  const elsewhere = workspaces
    .filter(({ id }) => id !== workspace.id)
    .map(
      ({ id, name, slug }): Found => ({
        id,
        label: name,
        icon: <IconArrowRight size={18} stroke={1.6} />,
        go: `/w/${slug}/content`,
      }),
    );
  return [
    { label: t("groups.do"), found: may("Writer") ? [write].filter(fits) : [] },
    { label: t("groups.go"), found: pages.filter(fits) },
    // Without a word, all people and workspaces would be too many.
    { label: t("groups.people"), found: words ? people.filter(fits).slice(0, AT_MOST) : [] },
    { label: t("groups.workspaces"), found: words ? elsewhere.filter(fits).slice(0, AT_MOST) : [] },
  ];
}
