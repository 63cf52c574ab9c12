import { ColorSwatch, Group, Text } from "@mantine/core";

type Props = { tags: { id: string; name: string; color: string }[] };

/** A dot in the tag's colour, and its name in the colour of text: so that it reads whatever the colour is. */
export function Tags({ tags }: Props) {
  if (tags.length === 0) return null;
  return (
    <Group gap={10} component="span">
      {tags.map(({ id, name, color }) => (
        <Group key={id} gap={5} wrap="nowrap" component="span">
          <ColorSwatch color={color} size={8} withShadow={false} component="span" />
          <Text size="xs" c="dimmed" component="span">
            {name}
          </Text>
        </Group>
      ))}
    </Group>
  );
}
