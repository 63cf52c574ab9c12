import { type LanguageRules, phrases, setOf } from "./rules";

const WERDEN = setOf("werde wirst wird werden werdet wurde wurdest wurden wurdet würde würdest würden würdet");
/** Participles that end as infinitives do, and have no "ge" to tell. */
const STRONG = setOf(`
  verloren verboten beschlossen entschieden verschoben betroffen empfohlen erhoben gefunden begonnen benommen besprochen bestochen
  betrieben bewiesen bezogen erschossen erschlossen erwiesen erworben erzogen missverstanden überschritten übernommen unternommen
  unterschrieben unterbrochen verbunden vergessen verlassen verliehen vermieden vernommen verschlossen verschwiegen versprochen
  verstanden verstoßen verwiesen verworfen verziehen vollzogen widersprochen zerbrochen zerrissen beschrieben bestritten befohlen
  erfunden empfunden enthalten entlassen entnommen entworfen entzogen erfahren erhalten beladen überwiesen übertroffen verdorben`);
const NOT_PARTICIPLES = setOf(`
  gehen gehören geben gelten genießen gefallen gewinnen gelingen geschehen genesen geraten gedeihen gebären gelangen gestehen
  gebieten gefährden gestatten gestalten gewähren gewöhnen geleiten gebrauchen gefährdet gesamt gesund gern gerecht geht gibt
  geeignet gewohnt gelassen gegen gestern gut genannten gesamten geraden gemeinsam gleichen gewesen geworden`);
const GE =
  /^(?:ab|an|auf|aus|bei|da|dar|durch|ein|empor|fehl|fern|fest|fort|frei|gut|her|herab|heran|herauf|heraus|herein|hervor|hin|hinaus|hinein|hinzu|hoch|kennen|los|mit|nach|nieder|sicher|still|teil|um|unter|vor|voraus|vorbei|weg|weiter|wieder|zu|zurück|zusammen|über)?ge[a-zäöüß]{2,}(?:t|en)$/;
const PREFIXED = /^(?:be|emp|ent|er|miss|ver|zer|über|unter|um|durch|wider|hinter)[a-zäöüß]{3,}t$/;
/** "er verkauft" has no werden beside it; these do, and are none. */
const NOUNLIKE =
  /(?:heit|keit|schaft|zeit|haft|bereit|bekannt|bewusst|beliebt|berühmt|entfernt|erst|überhaupt|vielleicht|unterwegs|verrückt|verliebt|vernünft|verwandt)$/;

const isParticiple = (word: string) =>
  !NOT_PARTICIPLES.has(word) &&
  !NOUNLIKE.test(word) &&
  (STRONG.has(word) || GE.test(word) || PREFIXED.test(word) || /^[a-zäöüß]{2,}iert$/.test(word));

export const de: LanguageRules = {
  functionWords: setOf(`
    ab aber alle allem allen aller alles als also am an auch auf aus bei beim bin bis bist da damit dann das dass dein deine dem den
    denn der des dessen die dies diese diesem diesen dieser dieses doch dort du durch ein eine einem einen einer eines er es euer
    eure für gegen gibt hat hatte hatten habe haben hier hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im in ins ist ja jede
    jedem jeden jeder jedes jetzt kann kein keine können man mein meine mich mir mit nach nicht noch nun nur ob oder ohne sehr sein
    seine seinem seinen seiner sich sie sind so soll sollen über um und uns unser unsere unter vom von vor war waren was weil welche
    welcher welches wenn wer werde werden wie wieder will wir wird wo worden wurde wurden zu zum zur zwischen`),
  articles: setOf("der die das den dem des ein eine einen einem einer dieser diese dieses diesen diesem"),
  transitions: phrases(`
    aber, abgesehen davon, abschließend, allerdings, alsdann, also, am ende, anders gesagt, andererseits, anschließend, anstatt
    auch wenn, auf diese weise, auf jeden fall, aufgrund, aus diesem grund, außerdem, beispielsweise, bevor, bis dahin, bloß
    da, dabei, dadurch, dafür, dagegen, daher, damals, damit, danach, dann, dank, darauf, daraufhin, darum, darüber hinaus, davor
    dazu, dazwischen, dementsprechend, demnach, demzufolge, denn, dennoch, des weiteren, deshalb, deswegen, doch, dort, ebenfalls
    ebenso, einerseits, endlich, entweder, erstens, falls, ferner, folglich, genauso, gleichwohl, gleichzeitig, hauptsächlich
    hingegen, hinzu kommt, im gegensatz, im gegenteil, im grunde, im vergleich, immerhin, in der tat, indem, indessen, infolgedessen
    insbesondere, insgesamt, inzwischen, jedenfalls, jedoch, kurz gesagt, letztendlich, letztlich, mit anderen worten, mittlerweile
    nachdem, nachher, nämlich, nebenbei, nicht nur, nichtsdestotrotz, obgleich, obwohl, ohnehin, schließlich, schlussendlich
    seitdem, sobald, sofern, solange, somit, sondern, sonst, soweit, sowie, sowohl, später, stattdessen, trotz, trotzdem, überdies
    unter anderem, vielmehr, vor allem, vorausgesetzt, vorher, während, währenddessen, wegen, weil, weiterhin, weshalb, wenn
    wenngleich, wohingegen, z. b., zudem, zuerst, zufolge, zuletzt, zum beispiel, zumal, zunächst, zusammenfassend, zusätzlich
    zuvor, zwar, zweitens, drittens`),
  emptyLinks: new Set(
    phrases(
      "hier, hier klicken, klicken sie hier, klick hier, link, dieser link, mehr, mehr lesen, weiterlesen, weiter, mehr erfahren, seite, diese seite, website, details, mehr dazu",
    ),
  ),
  abbreviations: setOf(
    "dr prof hr fr st z z.b u u.a d d.h ca bzw vgl nr abs art evtl ggf inkl max min mind sog usf zzgl bspw geb str tel s o.ä o i i.d.r bd hrsg",
  ),
  ordinalsHavePoints: true,
  longSentence: 20,
  // Amstad, T. (1978): Wie verständlich sind unsere Zeitungen?
  readability: {
    formula: "Amstad",
    score: (perSentence, perWord) => 180 - perSentence - 58.5 * perWord,
    plain: 50,
    hard: 30,
  },
  isPassive: (clause) =>
    clause.includes("worden") || (clause.some((word) => WERDEN.has(word)) && clause.some(isParticiple)),
};
