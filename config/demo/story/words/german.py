"""German words."""

FIRST_NAMES = (
    *("Lukas", "Anna", "Jürgen", "Sabine", "Thomas", "Petra", "Jan", "Ursula", "Felix", "Monika", "Emilia"),
    *("Björn", "Leonie", "Finn", "Käthe", "Paul", "Mila", "Stefan", "Heike", "Matthias", "Lena", "Jonas"),
)
LAST_NAMES = (
    *("Müller", "Schmidt", "Schneider", "Fischer", "Weber", "Meyer", "Wagner", "Becker", "Schulz", "Hoffmann"),
    *("Koch", "Richter", "Klein", "Wolf", "Schröder", "Neumann", "Schwarz", "Zimmermann", "Krüger", "Groß"),
)
DANA = "Dana Weiß"
PHONES = 1_000

SUBJECTS = {
    "Returns/Return policy unclear": ("Kann ich das noch zurückgeben?", "Wie funktioniert die Rückgabe?"),
    "Checkout/Payment fails": ("Meine Zahlung geht nicht durch", "Die Kasse bricht ab"),
    "Returns/Refund not received": ("Wo bleibt meine Erstattung?", "Erstattung fehlt noch"),
    "Returns/Return label missing": ("Kein Retourenschein im Paket", "Bitte Retourenschein senden"),
    "Checkout/Discount code refused": ("Mein Gutschein wird abgelehnt", "Code geht nicht"),
    "Delivery/Where is my order": ("Wo ist meine Bestellung?", "Paket ist nicht da"),
    "Delivery/Damaged on arrival": ("Beschädigt angekommen", "Karton war zerdrückt"),
    "Account/Cannot sign in": ("Ich kann mich nicht anmelden", "Passwort-Mail kommt nicht an"),
    "Account/Change of details": ("Neue Anschrift", "Bitte E-Mail-Adresse ändern"),
    "Product/Question before buying": ("Frage zur Größe", "Ist die Jacke wasserdicht?"),
    "Billing/Copy of an invoice": ("Rechnungskopie", "Rechnung für meine Firma"),
}
TEXTS = {
    "Returns": (
        "An einer Stelle steht 14 Tage, an der anderen 30. Was gilt?",
        "Ich habe die Rückgaberegeln zweimal gelesen und weiß immer noch nicht, wer das Porto zahlt.",
    ),
    "Checkout": (
        "Ich habe meine Karte dreimal eingegeben und bin jedes Mal wieder im Warenkorb gelandet.",
        "Im letzten Schritt kommt ein Fehler, danach ist der Warenkorb leer.",
    ),
    "Delivery": ("Die Sendungsverfolgung steht seit Tagen.", "Das Paket stand im Regen."),
    "Account": ("Der Link ist abgelaufen, bevor er ankommt.", "Ich bin letzte Woche umgezogen."),
    "Product": ("Fällt das klein aus?", "Passt ein Laptop mit 15 Zoll hinein?"),
    "Billing": ("Ich brauche die Rechnung mit unserer USt-IdNr.", "Bitte die Rechnung noch einmal senden."),
}
CSAT_GOOD = (
    "So freundlich und schnell!",
    "Sie hat mein Problem sofort verstanden.",
    "Der Mitarbeiter war großartig, danke.",
    "Tolle Hilfe ohne Warten.",
    "Der Rückruf kam wie versprochen.",
)
CSAT_BAD = ("Ich musste alles zweimal erklären.", "Immer noch nicht gelöst.", "Niemand hat zurückgerufen.")
NPS_GOOD = (
    "Bestellen geht jetzt wie von selbst.",
    "Gute Ware, und die neue Retourenseite ist prima.",
    "Ich empfehle euch allen Freunden.",
    "Schnell geliefert, faire Preise.",
)
NPS_NEUTRAL = ("Ist in Ordnung.", "Gute Ware, könnte schneller gehen.", "Die Preise sind gestiegen.")
NPS_BAD = (
    "Niemand kann mir die Rückgaberegeln erklären.",
    "Die Kasse ist dreimal abgebrochen, bevor die Bestellung durchging.",
    "Warum muss ich anrufen, um Schuhe zurückzugeben?",
    "Eure Leute sind nett, eure Webseite ist es nicht.",
    "Etwas zurückzuschicken ist ein Irrgarten.",
)
CES_HARD = ("Viel zu viele Schritte.", "Ich musste schreiben, nur um zu bezahlen.", "Das Formular versteht niemand.")
CES_EASY = ("In einer Minute erledigt.", "Sehr einfach.", "Sofort eine klare Antwort.")
DANA_SUBJECT = "Zwei Wochen zu spät, und niemand sagt etwas"
DANA_TEXT = "Die Seite kriecht, die Kasse ist zweimal abgebrochen und nun ist alles zwei Wochen zu spät."
DANA_THANKS = "Ihre Mitarbeiterin war fantastisch: Paket gefunden, Versand erstattet."
DANA_RELATION = "Fantastische Mitarbeiterin, aber durch diese Webseite gehe ich nicht noch einmal."
DANA_REPAIR = "Versand erstattet und um Entschuldigung gebeten."

_PLAIN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def plain(name: str) -> str:
    """Write a name as it may stand in an address."""
    return name.lower().translate(_PLAIN)


def phone(number: int) -> str:
    """Make one of the numbers reserved for fiction."""
    return f"+49 30 23125{number:03d}"
