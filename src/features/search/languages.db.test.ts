import { describe, expect, test } from "vitest";
import { type Member, seedWorkspace } from "#tests/factories";
import { caller } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";

const t = testDatabase();
const call = caller(t);

type Text = { title: string; body?: string; language?: string };

async function workspaceIn(language: string, texts: Text[]) {
  const { id, admin } = await seedWorkspace(t);
  await t.asOwner("update workspaces set language = $2 where id = $1", [id, language]);
  for (const { title, body = "", language: own } of texts) {
    const made = await call(admin, "POST", "/content", { title, body, ...(own && { metadata: { language: own } }) });
    expect(made.status).toBe(201);
  }
  return admin;
}

const find = async (who: Member, q: string) => {
  const { status, body } = await call(who, "GET", `/search?q=${encodeURIComponent(q)}`);
  expect(status).toBe(200);
  return body.items!.map(({ title }) => String(title));
};

/** What is asked, and the titles of what is found, the best first. */
type Questions = Record<string, string[]>;

const LANGUAGES: Record<string, { texts: Text[]; questions: Questions }> = {
  en: {
    texts: [
      { title: "Studies in colour", body: "What a painter studied: a café, its naïve façade." },
      { title: "The painter's year", body: "She doesn't paint in winter; studying is for spring." },
    ],
    questions: {
      study: ["Studies in colour", "The painter's year"],
      painters: ["The painter's year", "Studies in colour"],
      "cafe facade": ["Studies in colour"],
      NAIVE: ["Studies in colour"],
      "the painter's year": ["The painter's year"],
      '"studying"': ["The painter's year"],
      "doesn't": ["The painter's year"],
    },
  },
  de: {
    texts: [
      { title: "Häuser am Fluss", body: "Große Bäume, grüne Wiesen. „Schön“, sagt Frau Müller – und geht." },
      { title: "Das Haus des Müllers", body: "Eine Straße mit Bäumen." },
    ],
    questions: {
      Haus: ["Das Haus des Müllers", "Häuser am Fluss"],
      häusern: ["Das Haus des Müllers", "Häuser am Fluss"],
      Baum: ["Das Haus des Müllers", "Häuser am Fluss"],
      strasse: ["Das Haus des Müllers"],
      STRASSE: ["Das Haus des Müllers"],
      schon: ["Häuser am Fluss"],
      MÜLLER: ["Das Haus des Müllers", "Häuser am Fluss"],
      '"Bäume grüne"': ["Häuser am Fluss"],
      "und geht": ["Häuser am Fluss"],
    },
  },
  fr: {
    texts: [
      { title: "L'été des éléphants", body: "Les articles publiés cette année : « un cœur »." },
      { title: "Un article", body: "Une œuvre publiée à Noël." },
    ],
    questions: {
      éléphant: ["L'été des éléphants"],
      elephants: ["L'été des éléphants"],
      ÉTÉ: ["L'été des éléphants"],
      publié: ["Un article", "L'été des éléphants"],
      oeuvre: ["Un article"],
      coeur: ["L'été des éléphants"],
      noel: ["Un article"],
      articles: ["Un article", "L'été des éléphants"],
    },
  },
  es: {
    texts: [
      { title: "Canciones de cuna", body: "¿Quién canta? El niño soñaba con pingüinos." },
      { title: "La canción del año", body: "Los niños cantan." },
    ],
    questions: {
      canción: ["La canción del año", "Canciones de cuna"],
      cancion: ["La canción del año", "Canciones de cuna"],
      niño: ["La canción del año", "Canciones de cuna"],
      pinguinos: ["Canciones de cuna"],
      quien: ["Canciones de cuna"],
      ano: ["La canción del año"],
    },
  },
  ja: {
    texts: [
      { title: "東京都の夏", body: "吾輩は猫である。名前はまだ無い。データベースとＡＰＩ。" },
      { title: "京都の東", body: "犬の名前。" },
    ],
    questions: {
      東京: ["東京都の夏"],
      東京都: ["東京都の夏"],
      京都: ["京都の東", "東京都の夏"],
      都東: [],
      猫: ["東京都の夏"],
      夏: ["東京都の夏"],
      名前: ["京都の東", "東京都の夏"],
      "犬 名前": ["京都の東"],
      データ: ["東京都の夏"],
      api: ["東京都の夏"],
      吾輩は猫である: ["東京都の夏"],
      京都の東: ["京都の東"],
    },
  },
  tr: {
    texts: [
      { title: "ISPARTA'da ilkbahar", body: "İstanbul'dan kapılar açıldı." },
      { title: "Kapı", body: "Diyarbakır ve ILIK sular." },
    ],
    questions: {
      ısparta: ["ISPARTA'da ilkbahar"],
      isparta: ["ISPARTA'da ilkbahar"],
      İSTANBUL: ["ISPARTA'da ilkbahar"],
      istanbul: ["ISPARTA'da ilkbahar"],
      kapı: ["Kapı", "ISPARTA'da ilkbahar"],
      KAPI: ["Kapı", "ISPARTA'da ilkbahar"],
      ılık: ["Kapı"],
      diyarbakir: ["Kapı"],
    },
  },
  ko: {
    texts: [{ title: "학교에서", body: "친구를 만났다." }],
    questions: { 학교: ["학교에서"], 친구: ["학교에서"], 교학: [] },
  },
  th: {
    texts: [{ title: "กรุงเทพมหานคร", body: "ฤดูร้อนในเมือง" }],
    questions: { กรุงเทพ: ["กรุงเทพมหานคร"], เมือง: ["กรุงเทพมหานคร"], เมืองฤดู: [] },
  },
  ru: {
    texts: [{ title: "Новые книги", body: "Ёлка и статья о ПУБЛИКАЦИЯХ" }],
    questions: { книга: ["Новые книги"], публикации: ["Новые книги"], елка: ["Новые книги"] },
  },
  el: { texts: [{ title: "Ο δρόμος", body: "Άνοιξη" }], questions: { ΔΡΟΜΟΣ: ["Ο δρόμος"], ανοιξη: ["Ο δρόμος"] } },
  tlh: {
    texts: [{ title: "Qapla' batlh", body: "running" }],
    questions: { qapla: ["Qapla' batlh"], running: ["Qapla' batlh"], '"batlh"': ["Qapla' batlh"], ran: [] },
  },
};

describe.each(Object.entries(LANGUAGES))("in the language %s", (language, { texts, questions }) => {
  test("words are found in their forms, however they are typed", async () => {
    const who = await workspaceIn(language, texts);
    const found: Questions = {};
    // The newer text is the second one: it comes first among equals.
    for (const question of Object.keys(questions)) found[question] = await find(who, question);
    expect(found).toEqual(questions);
  });
});

describe("an item's own language", () => {
  test("is that of its words, also where the workspace's is another", async () => {
    const who = await workspaceIn("en", [
      { title: "Running", body: "English" },
      { title: "Bäume", body: "Deutsch", language: "de" },
    ]);
    expect(await find(who, "run")).toEqual(["Running"]);
    expect(await find(who, "runs")).toEqual(["Running"]);
    expect(await find(who, "baum deutsch")).toEqual(["Bäume"]);
    expect(await find(who, "bäumen deutsch")).toEqual(["Bäume"]);
  });
});
