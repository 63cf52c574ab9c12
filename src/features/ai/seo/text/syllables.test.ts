import { expect, it } from "vitest";
import { syllablesOf } from "./syllables";

const KNOWN = {
  en: "cat=1 table=2 people=2 beautiful=3 idea=3 reading=2 organization=5 walked=1 wanted=2",
  de: "haus=1 mutter=2 straße=2 lehrer=2 bauer=2 feuer=2 nation=3 theater=3 genehmigung=4 kaffee=2 zustimmungserklärung=6 quelle=2 beobachten=4 ruinieren=4 museum=3 europa=3 neue=2 schauen=2 ferien=3 see=1 boot=1 radio=3",
  es: "casa=2 país=2 agua=2 ciudad=2 poeta=3 leer=2 aéreo=4 guerra=2 pingüino=3 quien=1 día=2 bueno=2 causa=2 rey=1 reyes=2 muy=1 oír=2 construcción=3 viuda=2 europeo=4 administración=5 y=1 ahora=3",
  fr: "maison=2 eau=1 famille=2 homme=1 fille=1 nation=2 vie=1 pays=2 table=1 création=3 théâtre=2 gens=1 monde=1 élève=2 journée=2 oiseau=2 travailler=3 compagnie=3 langue=1 quatre=1 beaucoup=2 le=1 les=1 voyage=2 réunion=3 municipalité=6",
};

it.each(Object.entries(KNOWN))("counts syllables as people of %s do", (language, words) => {
  const pairs = words.split(" ").map((pair) => pair.split("=") as [string, string]);
  expect(pairs.map(([word]) => `${word}=${syllablesOf(word, language)}`).join(" ")).toBe(words);
});

it("takes no time for what is no word", () => {
  expect(syllablesOf("a".repeat(300_000), "en")).toBe(100_000);
});
