import { follows, type LanguageRules, phrases, setOf } from "./rules";

const SER = setOf(`
  soy eres es somos sois son era eras éramos erais eran fui fuiste fue fuimos fuisteis fueron seré serás será seremos seréis serán
  sería serías seríamos serían sea seas seamos sean fuera fueras fuéramos fueran fuese fuesen sido siendo ser`);
const IRREGULAR =
  /^(?:des|re|en|pre|contra|com|im|ex|in|dis|su|su[bp]|trans)?(?:escrit|hech|dich|puest|vist|abiert|rot|vuelt|muert|cubiert|resuelt|impres|satisfech|suelt|inscrit|elect|product)[oa]s?$/;
const REGULAR = /^[a-záéíóúüñ]{2,}(?:ad|id|íd)[oa]s?$/;
const NOT_PARTICIPLES = setOf(`
  lado lados estado estados pasado pasada pasados cuidado mercado mercados soldado soldados partido partidos partida sentido
  vestido marido demasiado demasiada demasiados cansado cansada cansados cansadas callado pesado pesada delgado delgada
  complicado complicada complicados complicadas parecido parecida parecidos parecidas divertido divertida aburrido aburrida
  educado educada debido debida grado nada cada ciudad vida salida comida medida medidas bebida helado abogado abogada
  adecuado adecuada adecuados adecuadas apropiado apropiada elevado elevada limitado limitada honrado`);
const ENDS = setOf(
  "el la los las un una unos unas lo este esta estos estas ese esa su sus mi tu que de y o pero como más muy tan",
);

export const es: LanguageRules = {
  functionWords: setOf(`
    a al algo algunas algunos ante antes aquel aquella como cómo con contra cual cuál cuando cuándo cuánto de del desde donde dónde
    durante e el él ella ellas ellos en entre era eran es esa esas ese eso esos esta está estaba están estas este esto estos fue
    fueron ha han has hasta hay he la las le les lo los más me mi mí mis mucho muchos muy nada ni no nos nosotros nuestra nuestras
    nuestro nuestros o os otra otras otro otros para pero poco por porque qué que quien quién quienes se sea ser si sí sin sobre
    son su sus también tan tanto te tiene tienen ti todo todos tu tú tus un una unas uno unos y ya yo`),
  articles: setOf("el la los las lo un una unos unas este esta estos estas ese esa esos esas aquel aquella"),
  transitions: phrases(`
    a causa de, a continuación, a diferencia de, a fin de que, a menos que, a no ser que, a pesar de, además, a saber, ahora bien
    al final, al igual que, al mismo tiempo, al principio, ante todo, antes de, antes que nada, así, así pues, así que, asimismo
    aun así, aun cuando, aunque, cabe destacar, como consecuencia, como resultado, con el fin de, con todo, concretamente
    considerando que, cuando, de ahí que, de esta forma, de esta manera, de este modo, de hecho, de igual modo, de modo que
    de todos modos, debido a, dado que, del mismo modo, desde luego, después, durante, en cambio, en concreto, en conclusión
    en consecuencia, en cuanto a, en definitiva, en efecto, en general, en lugar de, en otras palabras, en particular
    en primer lugar, en realidad, en resumen, en segundo lugar, en suma, en vez de, entonces, entre tanto, es decir, es más
    específicamente, finalmente, gracias a, hasta que, igualmente, incluso, inicialmente, luego, mas, mientras, mientras tanto
    no obstante, o sea, ojalá, para concluir, para empezar, para que, para terminar, pero, por consiguiente, por ejemplo, por ende
    por eso, por esta razón, por el contrario, por lo general, por lo tanto, por otra parte, por otro lado, por supuesto, por tanto
    por último, por un lado, por una parte, porque, posteriormente, primero, principalmente, pues, puesto que, segundo
    seguidamente, si bien, siempre que, simultáneamente, sin duda, sin embargo, sino, sobre todo, también, tampoco
    tan pronto como, tras, una vez que, y luego, ya que`),
  emptyLinks: new Set(
    phrases(
      "aquí, clic aquí, haz clic aquí, haga clic aquí, pulsa aquí, pincha aquí, enlace, este enlace, más, leer más, seguir leyendo, ver más, más información, página, esta página, sitio web, saber más",
    ),
  ),
  abbreviations: setOf(
    "sr sra srta dr dra d dña ud uds prof av avda aprox p.ej ej pág págs núm tel art cap vol ed ee.uu st sto sta ing lic",
  ),
  ordinalsHavePoints: false,
  longSentence: 25,
  // Szigriszt Pazos, F. (1993), read by the INFLESZ scale of Barrio Cantalejo (2007): 55 is ordinary, 40 fairly hard.
  readability: {
    formula: "Szigriszt-Pazos",
    score: (perSentence, perWord) => 206.835 - perSentence - 62.3 * perWord,
    plain: 55,
    hard: 40,
  },
  isPassive: (clause) =>
    clause.some(
      (word, at) =>
        SER.has(word) &&
        follows(clause, at + 1, {
          within: 3,
          ends: ENDS,
          is: (next) => !NOT_PARTICIPLES.has(next) && (IRREGULAR.test(next) || REGULAR.test(next)),
        }),
    ),
};
