import { follows, type LanguageRules, phrases, setOf } from "./rules";

const ETRE = setOf(`
  suis es est sommes êtes sont étais était étions étiez étaient serai seras sera serons serez seront serais serait serions seraient
  sois soit soyons soyez soient fus fut fûmes furent été étant être`);
const BY_LIST =
  /^(?:fini|choisi|rempli|bâti|réuni|saisi|suivi|poursuivi|servi|établi|rétabli|garanti|fourni|averti|investi|élargi|défini|puni|envahi|accompli|subi|trahi|abouti|enrichi|nourri|vu|revu|prévu|lu|élu|vendu|rendu|perdu|reçu|conçu|perçu|aperçu|connu|reconnu|tenu|obtenu|retenu|détenu|contenu|soutenu|maintenu|entretenu|entendu|attendu|étendu|défendu|répandu|tendu|pendu|suspendu|fondu|confondu|mordu|rompu|interrompu|corrompu|vaincu|convaincu|battu|abattu|combattu|voulu|résolu|bu|cru|mû|ému|promu|cousu|inclus|exclu|conclu)(?:e|s|es)?$|^(?:écri|décri|inscri|prescri|fai|refai|défai|satisfai|di|interdi|prédi|condui|produi|réduit|traduit|construi|détrui|introdui|sédui|instrui|ouver|couver|découver|offer|souffer|pein|étein|attein|joi?n|rejoin|crain|contrain|tradui|rédui|cui|extrai)t(?:e|s|es)?$|^(?:mis|remis|permis|promis|admis|soumis|transmis|commis|omis|pris|repris|appris|compris|surpris|entrepris|acquis|conquis|requis|assis|clos)(?:e|es)?$/;
const REGULAR = /^[a-zàâäçéèêëîïôöùûü]{2,}é(?:e|s|es)?$/;
/** Verbs that make their past with être, states, and nouns. */
const NOT_PARTICIPLES = setOf(`
  allé allée allés allées arrivé arrivée arrivés arrivées entré entrée entrés entrées rentré rentrée rentrés rentrées monté montée
  montés tombé tombée tombés tombées resté restée restés restées retourné retournée retournés retournées né née nés nées passé
  passée passés passées décédé décédée décédés été fatigué fatiguée fatigués fatiguées âgé âgée âgés âgées marié mariée mariés
  côté côtés clé clés santé qualité société pré thé café année années journée soirée matinée idée idées musée lycée intéressé
  intéressée intéressés désolé désolée désolés compliqué compliquée compliqués compliquées situé située situés situées adapté
  adaptée adaptés adaptées réalité beauté vérité liberté gré degré blé congé`);
const ENDS = setOf(
  "le la les l un une des ce cette ces mon ton son ma ta sa nos vos leur leurs qui que qu et ou mais si plus très aussi comme de d",
);
const REFLEXIVE = setOf("se s me m te t");

export const fr: LanguageRules = {
  functionWords: setOf(`
    à afin ai ainsi après as au aucun aucune aussi autre autres aux avait avant avec avoir avons ayant c car ce ceci cela celle
    celui ces cet cette ceux chaque chez ci comme comment d dans de depuis des donc du elle elles en encore entre es est et été être
    eu eux il ils j je l la là le les leur leurs lui m ma mais me même mes moi mon n ne nos notre nous on ont ou où par pas plus
    pour pourquoi qu quand que quel quelle quelles quels qui quoi s sa sans se sera ses si son sont sous sur t ta te tes toi ton
    tous tout toute toutes très tu un une vers vos votre vous y`),
  articles: setOf("le la les l un une des du ce cette ces cet"),
  transitions: phrases(`
    à cause de, à cet égard, à condition que, à l'inverse, à la suite de, à moins que, à part, à savoir, ainsi, alors, alors que
    après, après que, après tout, au contraire, au début, au final, au lieu de, au moins, aussi, aussitôt, auparavant, autant que
    autrement, autrement dit, avant de, avant que, avant tout, bien entendu, bien que, bien sûr, bref, c'est pourquoi, c'est-à-dire
    car, ce faisant, cependant, certes, comme, contrairement à, d'abord, d'ailleurs, d'autant plus, d'autre part, d'où, d'un côté
    d'un autre côté, d'une part, dans ce cas, dans l'ensemble, dans le but de, de ce fait, de cette façon, de fait, de la même façon
    de même, de plus, de sorte que, de toute façon, deuxièmement, depuis, dès lors, dès que, donc, du coup, du reste, effectivement
    également, en attendant, en bref, en ce sens, en conclusion, en conséquence, en dépit de, en effet, en fait, en fin de compte
    en général, en outre, en particulier, en premier lieu, en raison de, en réalité, en résumé, en revanche, en second lieu
    en somme, encore que, enfin, ensuite, entre-temps, et puis, étant donné, finalement, grâce à, jusqu'à ce que, là-dessus
    lorsque, lorsqu'il, mais, malgré, même si, néanmoins, non seulement, notamment, or, outre, par ailleurs, par conséquent
    par contre, par exemple, par la suite, par rapport à, parce que, parce qu'il, pareillement, pendant ce temps, pendant que
    pour cette raison, pour conclure, pour que, pourtant, premièrement, puis, puisque, quand, quoique, sans quoi, sauf, selon
    simultanément, sinon, soit, somme toute, surtout, tandis que, tant que, tout d'abord, toutefois, troisièmement, une fois que
    à la fin, sans doute`),
  emptyLinks: new Set(
    phrases(
      "ici, cliquez ici, clique ici, cliquer ici, par ici, lien, ce lien, plus, lire plus, lire la suite, en savoir plus, voir plus, suite, page, cette page, site, site web, détails",
    ),
  ),
  abbreviations: setOf("m mm mme mlle dr pr me st ste env p ex p.ex av bd cf éd fig no vol chap tél art j.-c vs"),
  ordinalsHavePoints: false,
  longSentence: 20,
  // Kandel, L., Moles, A. (1958): Application de l'indice de Flesch à la langue française.
  readability: {
    formula: "Kandel-Moles",
    score: (perSentence, perWord) => 207 - 1.015 * perSentence - 73.6 * perWord,
    plain: 50,
    hard: 30,
  },
  isPassive: (clause) =>
    clause.some(
      (word, at) =>
        ETRE.has(word) &&
        !REFLEXIVE.has(clause[at - 1] ?? "") &&
        follows(clause, at + 1, {
          within: 3,
          ends: ENDS,
          is: (next) => !NOT_PARTICIPLES.has(next) && (REGULAR.test(next) || BY_LIST.test(next)),
        }),
    ),
};
