/** Of what models do, and what they are allowed. */
export const models: Record<string, string> = {
  "Rules made it, as was asked.": "Es wurde nach Regeln gemacht, wie gewünscht.",
  "No model is set up, so rules made it: an Admin sets one up under Settings, AI.":
    "Hier ist kein Modell eingerichtet, also wurde es nach Regeln gemacht: Ein Admin richtet eines unter Einstellungen, KI ein.",
  "The text is too long to be rewritten as a whole, so it was taken as it is.":
    "Der Text ist zu lang, um als Ganzes umgeschrieben zu werden, und wurde übernommen, wie er ist.",
  "What the model wrote said more than the source, so rules made it.":
    "Was das Modell schrieb, sagte mehr als die Vorlage, also wurde es nach Regeln gemacht.",
  "This text can't be made fit for {channel} by rule: adapt it by hand.":
    "Nach Regeln lässt sich dieser Text für {channel} nicht passend machen: Passen Sie ihn von Hand an.",
  "There is no such image in this workspace.": "Dieses Bild gibt es in diesem Workspace nicht.",
  "What the model wrote is no description of the image: try again, or write one.":
    "Was das Modell schrieb, beschreibt das Bild nicht: Versuchen Sie es noch einmal, oder schreiben Sie selbst.",
  "No model gave an answer that can be used: try again in a while.":
    "Kein Modell gab etwas Brauchbares: Versuchen Sie es später noch einmal.",
  "The models took too long: try again, or with a shorter text.":
    "Die Modelle brauchten zu lange: Versuchen Sie es noch einmal, oder mit einem kürzeren Text.",
  "The call was canceled.": "Das wurde abgebrochen.",
  "Writers, Editors and Admins use AI: ask an Admin for a role.":
    "KI nutzen Writer, Editoren und Admins: Bitten Sie einen Admin um eine Rolle.",
  "This workspace allows {most} {what}: wait, or ask an Admin to allow more.":
    "Mehr davon erlaubt dieser Workspace gerade nicht: Warten Sie, oder bitten Sie einen Admin, mehr zu erlauben.",
  "Say which models the second endpoint has.": "Sagen Sie, welche Modelle die zweite Adresse hat.",
  "Needed where there is a second endpoint.": "Nötig, wo es eine zweite Adresse gibt.",
  "{host} doesn't take the key it was given: {who}.":
    "{host} nimmt den Schlüssel nicht an: Ein Admin gibt unter Einstellungen, KI einen neuen an, oder wer ContentOS betreibt.",
  "There is no such generation in this workspace.": "Diesen Vorgang gibt es in diesem Workspace nicht.",
  "Whoever asked says what became of it, or an Editor: ask one of them.":
    "Was daraus wurde, sagt, wer gefragt hat, oder ein Editor: Fragen Sie jemanden davon.",
  "There is too little text to find a headline for: write some of it first.":
    "Für eine Überschrift ist noch zu wenig Text da: Schreiben Sie erst etwas davon.",
  "All that the model suggested was too long or claimed what the text doesn't say: try again.":
    "Alles, was das Modell vorschlug, war zu lang oder behauptete, was nicht im Text steht: Versuchen Sie es noch einmal.",
  "There is something like a key or a password in it: take it out first.":
    "Darin steht etwas wie ein Schlüssel oder Passwort: Nehmen Sie es erst heraus.",
  "What the model wrote says or has what your text doesn't, so it is not shown: try again. {why}":
    "Was das Modell schrieb, enthält anderes als Ihr Text und wird nicht gezeigt: Versuchen Sie es noch einmal.",
  "There is too little text to say what it is found for: write some of it first.":
    "Um zu sagen, wofür der Text gefunden wird, ist es noch zu wenig: Schreiben Sie erst etwas davon.",
  "All that the model suggested was too wide or said what the text doesn't: try again.":
    "Alles, was das Modell vorschlug, war zu breit oder sagte, was nicht im Text steht: Versuchen Sie es noch einmal.",
  "AI is not set up: whoever runs ContentOS sets OPENROUTER_API_KEY (and AI_MODELS), or an Admin gives the workspace a key of its own under Settings, AI.":
    "KI ist nicht eingerichtet: Wer ContentOS betreibt, setzt OPENROUTER_API_KEY (und AI_MODELS), oder ein Admin gibt dem Workspace unter Einstellungen, KI einen eigenen Schlüssel.",
  "No model is left that the workspace allows: an Admin changes regions, retention or models under Settings, AI.":
    "Kein Modell entspricht dem, was dieser Workspace erlaubt: Ein Admin ändert Regionen, Aufbewahrung oder Modelle unter Einstellungen, KI.",
  "API keys can't set up AI: ask an Admin, who does it under Settings, AI.":
    "Mit einem API-Schlüssel lässt sich KI nicht einrichten: Fragen Sie einen Admin.",
  "Only Admins set up AI: ask one of your workspace.": "KI richten nur Admins ein: Fragen Sie einen Ihres Workspace.",
  "An endpoint of your own needs a key of your own: give both.":
    "Eine eigene Adresse braucht einen eigenen Schlüssel: Geben Sie beides an.",
  "Needed where {url} is set.": "Zu einer eigenen Adresse gehört ein Schlüssel.",
  "Give the key again with another endpoint, so that it goes where you mean it to.":
    "Geben Sie zu einer anderen Adresse den Schlüssel noch einmal an, damit er dorthin geht, wohin Sie ihn meinen.",
  "Needed where {url} changes.": "Zu einer anderen Adresse gehört der Schlüssel noch einmal.",
  "These texts are too short to tell how they sound: choose longer ones.":
    "Diese Texte sind zu kurz, um ihren Ton zu erkennen: Wählen Sie längere.",
  "The model told what the texts say instead of how: try again, or with other texts.":
    "Das Modell sagte, was die Texte sagen, und nicht wie: Versuchen Sie es noch einmal, oder mit anderen Texten.",
  "This needs up to {credits} credits and {left} are left: ask an Admin to add some, or wait for the next month.":
    "Das braucht bis zu {credits} Credits, und {left} sind übrig: Bitten Sie einen Admin um mehr, oder warten Sie auf den nächsten Monat.",
  "Links that the source doesn't have.": "Links, die nicht in der Vorlage stehen.",
  "{what} that the source doesn't have.": "Angaben, die nicht in der Vorlage stehen.",
  "Links of the source that are left out.": "Links der Vorlage, die wegfallen.",
  "{what} of the source that are left out.": "Angaben der Vorlage, die wegfallen.",
  "Links are as in the source.": "Die Links sind wie in der Vorlage.",
  "{what} are as in the source.": "Die Angaben sind wie in der Vorlage.",
  "It is within the channel's limits.": "Es ist innerhalb der Grenzen des Kanals.",
};
