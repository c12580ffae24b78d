"""Which answers speak of what is asked here: recommendation of the brand, satisfaction and effort of one moment.

Answers of the other scope to the same kind of question say something else, and are never pooled with these.
"""

from typing import Final

# Over the alias `r`, an answer.
OF_USUAL_SCOPE: Final = (
    "r.survey_id IN (SELECT u.id FROM surveys_survey u WHERE (u.kind = 'NPS') = (u.scope = 'RELATIONAL'))"
)
