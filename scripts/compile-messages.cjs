// What Turbopack does with a file of the catalogue: its messages are parsed while the pages are built, so that no
// browser fetches the parser of ICU messages. The form is that of `icu-minify`, which next.config.ts has use-intl read.
module.exports = function compileMessages(source) {
  const done = this.async();
  import("icu-minify/compile").then(
    ({ default: compile }) => {
      const compiled = (said) =>
        typeof said === "string"
          ? compile(said)
          : Object.fromEntries(Object.entries(said).map(([name, value]) => [name, compiled(value)]));
      done(null, JSON.stringify(compiled(JSON.parse(source))));
    },
    (error) => done(error),
  );
};
