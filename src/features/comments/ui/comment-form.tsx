import type { Member } from "@contentos/sdk";
import { Button, Combobox, Group, Stack, Textarea, useCombobox } from "@mantine/core";
import { type ReactNode, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { ProblemAlert } from "@/ui/problem-alert";
import { begunMention, mentionedIn, offeredFor } from "./mentions";

type Props = {
  label: string;
  placeholder?: string;
  submit: string;
  initial?: string;
  members: readonly Member[];
  pending: boolean;
  error: Error | null;
  /** What is said is let go of once this succeeded. */
  onSubmit: (said: { body: string; mentions: string[] }) => Promise<unknown>;
  onCancel?: (() => void) | undefined;
  autoFocus?: boolean;
  beside?: ReactNode;
};

/** Words for others, who are named by @; Ctrl-Enter sends. */
export function CommentForm({
  label,
  submit,
  initial = "",
  members,
  pending,
  error,
  onSubmit,
  onCancel,
  ...look
}: Props) {
  const common = useTranslations("common");
  const [body, setBody] = useState(initial);
  const send = async () => {
    const said = body.trim();
    if (!said || pending) return;
    await onSubmit({ body: said, mentions: mentionedIn(said, members) }).then(
      () => setBody(""),
      // It is told below, and what was written stays.
      () => {},
    );
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <Stack gap="xs">
        <MentionField
          label={label}
          placeholder={look.placeholder}
          value={body}
          onChange={setBody}
          onSend={() => void send()}
          members={members}
          autoFocus={look.autoFocus}
        />
        <ProblemAlert error={error} />
        <Group justify="space-between" gap="xs">
          <div>{look.beside}</div>
          <Group gap="xs">
            {onCancel && (
              <Button size="xs" variant="subtle" color="gray" onClick={onCancel}>
                {common("cancel")}
              </Button>
            )}
            <Button size="xs" type="submit" disabled={body.trim() === ""} loading={pending}>
              {submit}
            </Button>
          </Group>
        </Group>
      </Stack>
    </form>
  );
}

type FieldProps = {
  label: string;
  placeholder: string | undefined;
  value: string;
  onChange: (value: string) => void;
  onSend: () => void;
  members: readonly Member[];
  autoFocus: boolean | undefined;
};

function MentionField({ label, placeholder, value, onChange, onSend, members, autoFocus }: FieldProps) {
  const combobox = useCombobox();
  const area = useRef<HTMLTextAreaElement>(null);
  const [begun, setBegun] = useState<{ from: number; query: string }>();
  const offered = begun ? offeredFor(begun.query, members) : [];
  const look = (text: string, cursor: number) => {
    const found = begunMention(text, cursor);
    setBegun(found);
    if (found && offeredFor(found.query, members).length > 0) {
      combobox.openDropdown();
      combobox.updateSelectedOptionIndex();
      requestAnimationFrame(() => combobox.selectFirstOption());
    } else combobox.closeDropdown();
  };
  const name = (userId: string) => {
    const member = members.find((each) => each.userId === userId);
    if (!begun || !member) return;
    const until = begun.from + 1 + begun.query.length;
    onChange(`${value.slice(0, begun.from)}@${member.name} ${value.slice(until)}`);
    setBegun(undefined);
    combobox.closeDropdown();
    area.current?.focus();
  };
  return (
    <Combobox store={combobox} onOptionSubmit={name} withinPortal position="bottom-start">
      <Combobox.EventsTarget withAriaAttributes={false}>
        <Textarea
          ref={area}
          aria-label={label}
          aria-haspopup="listbox"
          {...(combobox.dropdownOpened && combobox.listId && { "aria-controls": combobox.listId })}
          placeholder={placeholder ?? ""}
          value={value}
          autosize
          minRows={2}
          maxRows={8}
          maxLength={10_000}
          autoFocus={autoFocus ?? false}
          onChange={(event) => {
            onChange(event.currentTarget.value);
            look(event.currentTarget.value, event.currentTarget.selectionStart);
          }}
          onBlur={() => combobox.closeDropdown()}
          onKeyDown={(event) => {
            if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
              event.preventDefault();
              onSend();
            }
          }}
        />
      </Combobox.EventsTarget>
      <Combobox.DropdownTarget>
        <span />
      </Combobox.DropdownTarget>
      <Combobox.Dropdown hidden={offered.length === 0}>
        <Combobox.Options aria-label="@">
          {offered.map((member) => (
            <Combobox.Option key={member.userId} value={member.userId}>
              {member.name}
            </Combobox.Option>
          ))}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
