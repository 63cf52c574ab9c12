import classes from "./tags.module.css";

type Props = { tags: { id: string; name: string; color: string }[] };

/** A dot in the tag's colour, and its name in the colour of text: so that it reads whatever the colour is. */
export function Tags({ tags }: Props) {
  if (tags.length === 0) return null;
  return (
    <span className={classes.tags}>
      {tags.map(({ id, name, color }) => (
        <span key={id} className={classes.tag}>
          <span className={classes.dot} style={{ background: color }} />
          {name}
        </span>
      ))}
    </span>
  );
}
