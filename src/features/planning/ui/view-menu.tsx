"use client";

import { createView, removeView, type SavedView, updateView, type ViewFilter } from "@contentos/sdk";
import { Menu, Switch, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconDeviceFloppy, IconPencil, IconPlus, IconTrash, IconUsers } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { useBase } from "@/ui/base";
import { FormModal } from "@/ui/form-modal";
import { issuesOf } from "@/ui/issues";
import { useArrival } from "@/ui/later";
import { ProblemAlert } from "@/ui/problem-alert";
import { useWrite } from "@/ui/query";
import { RemoveModal } from "@/ui/remove-modal";
import { useTold } from "@/ui/told";
import { useViews, ViewButton, type ViewProps } from "./view-button";

type Asked = { what: "new" } | { what: "edit" | "remove"; view: SavedView };

export function ViewMenu({ current, onOpen, canShare }: ViewProps) {
  const t = useTranslations("views");
  const told = useTold();
  const [asked, setAsked] = useState<Asked>();
  const [openedId, setOpenedId] = useState<string>();
  const { views, shown, error } = useViews(current);
  const { button, opened: isOpen, setOpened: setOpen } = useArrival();
  const opened = shown ?? views.find(({ id }) => id === openedId);
  const mayChange = opened && (canShare || !opened.shared);
  const update = useWrite(updateView, { onSuccess: () => told() });
  const close = () => setAsked(undefined);
  return (
    <>
      <Menu opened={isOpen} onChange={setOpen} position="bottom-start" shadow="md" width={280}>
        <Menu.Target>
          <ViewButton ref={button} shown={shown} />
        </Menu.Target>
        <Menu.Dropdown>
          {views.length === 0 && <Menu.Label>{t(error ? "unread" : "none")}</Menu.Label>}
          {views.map((view) => (
            <Menu.Item
              key={view.id}
              rightSection={view.shared && <IconUsers size={14} aria-label={t("shared")} role="img" />}
              fw={view === shown ? 650 : undefined}
              style={{ overflowWrap: "anywhere" }}
              onClick={() => {
                setOpenedId(view.id);
                onOpen(view.filter);
              }}
            >
              {view.name}
            </Menu.Item>
          ))}
          <Menu.Divider />
          {mayChange && !shown && (
            <Menu.Item
              leftSection={<IconDeviceFloppy size={16} />}
              onClick={() =>
                update.mutate({ id: opened.id, body: { filter: current, baseUpdatedAt: opened.updatedAt } })
              }
            >
              {t("keepIn", { name: opened.name })}
            </Menu.Item>
          )}
          {!shown && (
            <Menu.Item leftSection={<IconPlus size={16} />} onClick={() => setAsked({ what: "new" })}>
              {t("keepAs")}
            </Menu.Item>
          )}
          {mayChange && (
            <>
              <Menu.Item
                leftSection={<IconPencil size={16} />}
                onClick={() => setAsked({ what: "edit", view: opened })}
              >
                {t("editOf", { name: opened.name })}
              </Menu.Item>
              <Menu.Item
                color="red"
                leftSection={<IconTrash size={16} />}
                onClick={() => setAsked({ what: "remove", view: opened })}
              >
                {t("removeOf", { name: opened.name })}
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      <ProblemAlert error={update.error} />
      {asked?.what === "new" && (
        <ViewForm filter={current} canShare={canShare} onClose={close} onDone={({ id }) => setOpenedId(id)} />
      )}
      {asked?.what === "edit" && (
        <ViewForm filter={asked.view.filter} view={asked.view} canShare={canShare} onClose={close} />
      )}
      {asked?.what === "remove" && (
        <RemoveModal
          operation={removeView}
          input={{ id: asked.view.id }}
          title={t("removeOf", { name: asked.view.name })}
          text={t(asked.view.shared ? "removeShared" : "removeOwn")}
          onClose={close}
        />
      )}
    </>
  );
}

type FormProps = {
  filter: ViewFilter;
  view?: SavedView;
  canShare: boolean;
  onClose: () => void;
  onDone?: (view: SavedView) => void;
};

function ViewForm({ filter, view, canShare, onClose, onDone }: FormProps) {
  const t = useTranslations("views");
  const common = useTranslations("common");
  const told = useTold();
  const form = useForm({ initialValues: { name: view?.name ?? "", shared: view?.shared ?? false } });
  const { base, refused } = useBase(view?.updatedAt);
  const done = {
    onSuccess: (saved: SavedView) => {
      onDone?.(saved);
      onClose();
      told();
    },
    onError: (error: Error) => {
      refused(error);
      form.setErrors(issuesOf(error));
    },
  };
  const create = useWrite(createView, done);
  const update = useWrite(updateView, done);
  const { isPending, error } = view ? update : create;
  return (
    <FormModal
      title={view ? t("editOf", { name: view.name }) : t("keepAs")}
      action={common("save")}
      busy={isPending}
      error={error}
      dirty={form.isDirty()}
      onClose={onClose}
      onSubmit={form.onSubmit(({ name, shared }) =>
        view
          ? update.mutate({
              id: view.id,
              body: { name, ...(shared !== view.shared && { shared }), baseUpdatedAt: base },
            })
          : create.mutate({ body: { name, shared, filter } }),
      )}
    >
      <TextInput label={t("name")} maxLength={60} required data-autofocus {...form.getInputProps("name")} />
      {canShare && (
        <Switch
          label={t("share")}
          description={t("shareText")}
          {...form.getInputProps("shared", { type: "checkbox" })}
        />
      )}
    </FormModal>
  );
}
