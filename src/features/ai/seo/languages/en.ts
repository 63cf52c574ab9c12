import { follows, type LanguageRules, phrases, setOf } from "./rules";

const BE = setOf(
  "am is are was were be been being isn't aren't wasn't weren't i'm it's that's he's she's we're they're you're get gets got gotten getting",
);
const IRREGULAR = setOf(`
  beaten become begun bent bet bitten blown born borne bought bound broken brought built burnt burst cast caught chosen cut dealt
  done drawn driven drunk dug eaten fed felt fought found forbidden forgiven forgotten frozen given ground grown heard held hidden
  hit hung hurt kept known laid lain led left lent let lit lost made meant met misled mistaken mown overcome overthrown paid
  proven put read ridden risen rung said sawn seen sent set sewn shaken shed shot shown shrunk shut slain slid slit sold sought
  sown spent spilt split spoilt spoken spread stolen strewn stricken struck stuck stung sung sunk sworn swept swollen sworn taken
  taught thought thrown told torn trodden undergone understood undertaken undone upheld upset withdrawn withheld woken won worn
  woven written wrung rebuilt redone rewritten resold retold overridden oversold outdone unbroken unseen`);
/** States and feelings, and words that only look like a participle. */
const NOT_PARTICIPLES = setOf(`
  tired interested excited worried pleased bored scared delighted concerned married dedicated committed experienced qualified
  supposed used ashamed amazed surprised confused annoyed disappointed satisfied embarrassed frightened shocked relaxed
  motivated convinced determined inclined related based located situated retired crowded detailed sophisticated talented gifted
  skilled limited complicated unexpected naked sacred wicked rugged ragged beloved need needed indeed bed red seed feed speed
  hundred weed greed breed shed exceed proceed succeed agreed aged advanced involved worth finished gone done`);
const ENDS = setOf(
  "a an the this that these those my your his her its our their who which when because while if and but or so than as like",
);
const isParticiple = (word: string) =>
  !NOT_PARTICIPLES.has(word) &&
  (IRREGULAR.has(word) || /^[a-z-]{2,}[^e]ed$/.test(word) || /^(dyed|freed|tied|died|lied|sued|used)$/.test(word));
/** What passive verbs have beside them: "is finished by", "will be finished". */
const isLooselyParticiple = (words: readonly string[], at: number) =>
  /^(finished|done|needed|limited|used|surprised|convinced|involved)$/.test(words[at]!) &&
  (words[at + 1] === "by" || /^(be|been|being)$/.test(words[at - 1] ?? ""));

export const en: LanguageRules = {
  functionWords: setOf(`
    a about above after again all also am an and another any are aren't as at be because been before being below between both but
    by can can't cannot could did didn't do does doesn't doing don't down during each every few for from further get had has have
    having he her here hers him his how i if in into is isn't it it's its itself just let me more most my no nor not of off on once
    only or other our ours out over own same she should so some such than that that's the their theirs them then there these they
    this those through to too under until up upon very was we were what what's when where which while who whom whose why will
    with without would you your yours`),
  articles: setOf("the a an this that these those one"),
  transitions: phrases(`
    accordingly, additionally, afterwards, also, although, altogether, anyway, as a consequence, as a result, as long as, as soon as
    as well as, at first, at last, at the same time, because, before, besides, but, by contrast, certainly, clearly, consequently
    conversely, despite, earlier, either, equally, especially, even if, even so, even though, eventually, finally, first, firstly
    for example, for instance, for this reason, for that reason, furthermore, hence, however, if, in addition, in brief, in case
    in comparison, in conclusion, in contrast, in fact, in other words, in particular, in short, in spite of, in sum, in summary
    in the end, in the meantime, indeed, instead, in turn, last but not least, lastly, later, likewise, meanwhile, moreover
    most importantly, namely, nevertheless, next, nonetheless, not only, notably, now that, of course, on the contrary
    on the one hand, on the other hand, otherwise, overall, particularly, previously, provided that, rather, second, secondly
    similarly, since, so, so that, soon, specifically, still, subsequently, such as, that is why, that said, then, thereby
    therefore, third, thirdly, though, thus, to begin with, to put it differently, to sum up, too, ultimately, unless, unlike
    until, until then, what is more, whereas, while, with this in mind, yet`),
  emptyLinks: new Set(
    phrases(
      "click here, click, here, this, this link, this page, link, more, read more, learn more, see more, see here, page, website, go, details, find out more, this article, this post",
    ),
  ),
  abbreviations: setOf(
    "mr mrs ms dr prof st mt rev hon gen col capt lt sgt gov sen rep jr sr vs e.g i.e cf approx ca fig no vol ed eds dept est al resp a.m p.m inc ltd u.s u.k",
  ),
  ordinalsHavePoints: false,
  longSentence: 20,
  // Flesch, R. (1948): A new readability yardstick.
  readability: {
    formula: "Flesch",
    score: (perSentence, perWord) => 206.835 - 1.015 * perSentence - 84.6 * perWord,
    plain: 50,
    hard: 30,
  },
  isPassive: (clause) =>
    clause.some(
      (word, at) =>
        BE.has(word) &&
        follows(clause, at + 1, {
          within: 5,
          ends: ENDS,
          is: (next, place) => isParticiple(next) || isLooselyParticiple(clause, place),
        }),
    ),
};
