"""What a message says besides the brand's own words, by language. Pure."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Words:
    subject: str
    reminder: str
    answer: str
    confirm: str
    why: str
    unsubscribe: str


_ENGLISH: Final = Words(
    subject="Your opinion, please",
    reminder="Reminder",
    answer="Answer",
    confirm="A click opens a page where you confirm your answer.",
    why="You get this message because you were in touch with {brand}.",
    unsubscribe="No more such messages",
)
_WORDS: Final = {
    "en": _ENGLISH,
    "de": Words(
        subject="Ihre Meinung, bitte",
        reminder="Erinnerung",
        answer="Antworten",
        confirm="Ein Klick öffnet eine Seite, auf der Sie Ihre Antwort bestätigen.",
        why="Sie erhalten diese Nachricht, weil Sie mit {brand} in Kontakt waren.",
        unsubscribe="Keine solchen Nachrichten mehr",
    ),
    "fr": Words(
        subject="Votre avis, si vous le voulez bien",
        reminder="Rappel",
        answer="Répondre",
        confirm="Un clic ouvre une page où vous confirmez votre réponse.",
        why="Vous recevez ce message parce que vous avez été en contact avec {brand}.",
        unsubscribe="Ne plus recevoir de tels messages",
    ),
    "es": Words(
        subject="Su opinión, por favor",
        reminder="Recordatorio",
        answer="Responder",
        confirm="Un clic abre una página en la que confirma su respuesta.",
        why="Recibe este mensaje porque estuvo en contacto con {brand}.",
        unsubscribe="No recibir más mensajes como este",
    ),
    "it": Words(
        subject="La Sua opinione, per favore",
        reminder="Promemoria",
        answer="Rispondi",
        confirm="Un clic apre una pagina in cui conferma la Sua risposta.",
        why="Riceve questo messaggio perché è stato in contatto con {brand}.",
        unsubscribe="Non ricevere più messaggi come questo",
    ),
    "ar": Words(
        subject="رأيك يهمنا",
        reminder="تذكير",
        answer="أجب",
        confirm="تفتح النقرة صفحة تؤكد فيها إجابتك.",
        why="وصلتك هذه الرسالة لأنك تواصلت مع {brand}.",
        unsubscribe="عدم تلقي رسائل كهذه",
    ),
}


def words_in(language: str) -> Words:
    """Return the words of a language, whatever its region; English where there are none."""
    return _WORDS.get(language.lower().split("-")[0], _ENGLISH)
