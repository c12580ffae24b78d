"""The page's own words, of which brands say nothing: by language, English where there is none."""

from typing import Final

from apps.surveys.forms import AnswerProblem
from apps.surveys.forms.wording import is_right_to_left, pick

_NAMES: Final = (
    "next", "send", "decline", "thanks", "thanks_more", "declined", "unsubscribe", "unsubscribe_ask",
    "unsubscribe_do", "unsubscribed", "gone", "gone_more", "wait", "failed",
    "required", "optional", "error", "preview", "yes", "no",
    *AnswerProblem,
)  # fmt: skip

_SAID: Final[dict[str, tuple[str, ...]]] = {
    "en": (
        "Next", "Send", "No, thank you", "Thank you!", "You can close this page.", "Noted. You will not be reminded.",
        "Unsubscribe from surveys", "Do you no longer wish to be asked for your opinion?", "Do not ask me again",
        "Done. You will not be asked again.", "This page is not available",
        "The link is not valid, has expired or was used already.", "Too many attempts. Please try again later.",
        "Something went wrong. Please try again later.",
        "required", "optional", "Please check what is marked.", "Preview: nothing is recorded.", "Yes", "No",
        "Please answer this question.", "Please choose a value of the scale.", "Please choose one of the answers.",
        "There is no such question.", "Please use fewer words.", "Please write text.",
    ),
    "de": (
        "Weiter", "Senden", "Nein, danke", "Vielen Dank!", "Sie können diese Seite schließen.",
        "Ist notiert. Wir erinnern Sie nicht.", "Von Umfragen abmelden",
        "Möchten Sie nicht mehr nach Ihrer Meinung gefragt werden?", "Nicht mehr fragen",
        "Erledigt. Sie werden nicht mehr gefragt.", "Diese Seite ist nicht verfügbar",
        "Der Link ist ungültig, abgelaufen oder wurde schon benutzt.",
        "Zu viele Versuche. Bitte versuchen Sie es später noch einmal.",
        "Etwas ging schief. Bitte versuchen Sie es später noch einmal.", "Pflichtfeld", "freiwillig",
        "Bitte prüfen Sie, was markiert ist.", "Vorschau: Nichts wird gespeichert.", "Ja", "Nein",
        "Bitte beantworten Sie diese Frage.", "Bitte wählen Sie einen Wert der Skala.",
        "Bitte wählen Sie eine der Antworten.", "Diese Frage gibt es nicht.", "Bitte fassen Sie sich kürzer.",
        "Bitte schreiben Sie Text.",
    ),
    "fr": (
        "Suivant", "Envoyer", "Non, merci", "Merci !", "Vous pouvez fermer cette page.",
        "C'est noté. Vous ne recevrez pas de rappel.", "Ne plus recevoir d'enquêtes",
        "Vous ne souhaitez plus être sollicité pour votre avis ?", "Ne plus me solliciter",
        "C'est fait. Vous ne serez plus sollicité.", "Cette page n'est pas disponible",
        "Le lien n'est pas valable, a expiré ou a déjà été utilisé.", "Trop d'essais. Veuillez réessayer plus tard.",
        "Une erreur est survenue. Veuillez réessayer plus tard.",
        "obligatoire", "facultatif", "Veuillez vérifier ce qui est signalé.", "Aperçu : rien n'est enregistré.",
        "Oui", "Non",
        "Veuillez répondre à cette question.", "Veuillez choisir une valeur de l'échelle.",
        "Veuillez choisir une des réponses.", "Cette question n'existe pas.", "Veuillez écrire moins de mots.",
        "Veuillez écrire du texte.",
    ),
    "es": (
        "Siguiente", "Enviar", "No, gracias", "¡Gracias!", "Puede cerrar esta página.",
        "Anotado. No le enviaremos recordatorios.", "No recibir más encuestas",
        "¿Ya no desea que le pidamos su opinión?", "No volver a preguntarme", "Hecho. No se le volverá a preguntar.",
        "Esta página no está disponible", "El enlace no es válido, ha caducado o ya se ha utilizado.",
        "Demasiados intentos. Inténtelo más tarde.", "Algo ha fallado. Inténtelo más tarde.", "obligatorio",
        "opcional", "Revise lo que está marcado.",
        "Vista previa: no se guarda nada.", "Sí", "No", "Responda a esta pregunta.", "Elija un valor de la escala.",
        "Elija una de las respuestas.", "Esa pregunta no existe.", "Use menos palabras.", "Escriba texto.",
    ),
    "ar": (
        "التالي", "إرسال", "لا، شكرًا", "شكرًا لك!", "يمكنك إغلاق هذه الصفحة.", "تم التسجيل. لن نرسل إليك تذكيرًا.",
        "إلغاء الاشتراك في الاستبيانات", "ألا ترغب في أن نسألك عن رأيك بعد الآن؟", "لا تسألوني مرة أخرى",
        "تم. لن نسألك مرة أخرى.", "هذه الصفحة غير متاحة", "الرابط غير صالح أو انتهت صلاحيته أو سبق استخدامه.",
        "محاولات كثيرة جدًا. يرجى المحاولة لاحقًا.", "حدث خطأ ما. يرجى المحاولة لاحقًا.", "إلزامي", "اختياري",
        "يرجى مراجعة ما تم تمييزه.",
        "معاينة: لا يُسجَّل شيء.", "نعم", "لا", "يرجى الإجابة عن هذا السؤال.", "يرجى اختيار قيمة من المقياس.",
        "يرجى اختيار إحدى الإجابات.", "لا يوجد مثل هذا السؤال.", "يرجى الاختصار.", "يرجى كتابة نص.",
    ),
}  # fmt: skip


def words_in(language: str | None) -> dict[str, str]:
    """Return the page's words in a language, or in the nearest there is; `language` is which, `dir` its direction."""
    chosen = pick(_SAID, language, "en")
    words = dict(zip(_NAMES, _SAID[chosen], strict=True))
    return {**words, "language": chosen, "dir": "rtl" if is_right_to_left(chosen) else "ltr"}
