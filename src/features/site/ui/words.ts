const en = {
  skip: "Skip to the text",
  home: "All articles",
  older: "Older articles",
  newer: "Newer articles",
  pages: "Pages",
  feeds: "Feeds",
  choices: "Your privacy choices",
  more: "More to read",
  updated: "Updated",
  minutes: (count: number) => `${count} min read`,
  empty: "Nothing has been published yet",
  emptyHint: "The first article will appear here. Until then, you can follow the feed and hear of it.",
  notFound: "This page does not exist",
  notFoundHint: "The address may be mistyped, or the page has moved.",
  gone: "This page was taken down",
  goneHint: "It was published here once and is no longer available.",
};
type Words = typeof en;

const WORDS: Record<string, Words> = {
  en,
  de: {
    skip: "Zum Text springen",
    home: "Alle Artikel",
    older: "Ältere Artikel",
    newer: "Neuere Artikel",
    pages: "Seiten",
    feeds: "Feeds",
    choices: "Ihre Entscheidungen zum Datenschutz",
    more: "Weiterlesen",
    updated: "Aktualisiert",
    minutes: (count) => `${count} Min. Lesezeit`,
    empty: "Noch ist nichts veröffentlicht",
    emptyHint: "Hier wird der erste Artikel stehen. Wer den Feed abonniert, erfährt davon.",
    notFound: "Diese Seite gibt es nicht",
    notFoundHint: "Vielleicht ist die Adresse vertippt, oder die Seite ist umgezogen.",
    gone: "Diese Seite wurde zurückgezogen",
    goneHint: "Sie stand einmal hier und ist nicht mehr verfügbar.",
  },
  fr: {
    skip: "Aller au texte",
    home: "Tous les articles",
    older: "Articles plus anciens",
    newer: "Articles plus récents",
    pages: "Pages",
    feeds: "Flux",
    choices: "Vos choix de confidentialité",
    more: "À lire aussi",
    updated: "Mis à jour",
    minutes: (count) => `${count} min de lecture`,
    empty: "Rien n’est encore publié",
    emptyHint: "Le premier article paraîtra ici. En attendant, suivez le flux pour en être averti.",
    notFound: "Cette page n’existe pas",
    notFoundHint: "L’adresse est peut-être mal saisie, ou la page a été déplacée.",
    gone: "Cette page a été retirée",
    goneHint: "Elle a été publiée ici et n’est plus disponible.",
  },
  es: {
    skip: "Ir al texto",
    home: "Todos los artículos",
    older: "Artículos anteriores",
    newer: "Artículos más recientes",
    pages: "Páginas",
    feeds: "Canales",
    choices: "Tus opciones de privacidad",
    more: "Más para leer",
    updated: "Actualizado",
    minutes: (count) => `${count} min de lectura`,
    empty: "Todavía no hay nada publicado",
    emptyHint: "El primer artículo aparecerá aquí. Mientras tanto, puedes seguir el canal.",
    notFound: "Esta página no existe",
    notFoundHint: "Puede que la dirección esté mal escrita o que la página se haya movido.",
    gone: "Esta página fue retirada",
    goneHint: "Se publicó aquí y ya no está disponible.",
  },
};

const RIGHT_TO_LEFT = new Set(["ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"]);

/** What a page says by itself in a language (BCP 47); in English where that is not one of ours, and marked as such. */
export function wordsFor(language: string) {
  const primary = language.split("-")[0]!.toLowerCase();
  return {
    words: WORDS[primary] ?? en,
    /** The language of `words`. */
    spoken: WORDS[primary] ? language : "en",
    direction: RIGHT_TO_LEFT.has(primary) ? ("rtl" as const) : ("ltr" as const),
  };
}

/** A day in the site's time zone, in words. */
export function dayIn(language: string, timeZone: string, at: string): string {
  const options = { dateStyle: "long", timeZone } as const;
  try {
    return new Intl.DateTimeFormat(language, options).format(new Date(at));
  } catch {
    // A tag that is well-formed and no language.
    return new Intl.DateTimeFormat("en", options).format(new Date(at));
  }
}

const WORDS_PER_MINUTE = 220;
export const readingMinutes = (wordCount: number) => Math.max(1, Math.round(wordCount / WORDS_PER_MINUTE));
