"""What the page of an invitation is told of it, and nothing of whom it asks."""

from typing import Final

from cxplatform.tenancy.inboxes import Inbox

# Of more entries than that waiting, nobody asks how many.
MOST_COUNTED: Final = 1_000

PAGE_INBOX: Final = Inbox(
    look_up="survey_page",
    statement=f"""
SELECT jsonb_build_object(
    'invitation', i.id, 'language', i.language, 'state', i.state, 'expires_at', i.expires_at,
    'closed', i.state = 'DECLINED'
        OR EXISTS (SELECT FROM surveys_pageentry e WHERE e.invitation_id = i.id AND e.word IN ('FINISHED', 'DECLINED'))
        OR EXISTS (SELECT FROM surveys_invitationevent v
                   WHERE v.invitation_id = i.id AND v.state = 'ANSWERED' AND v.why IN ('FINISHED', 'LATE')),
    'entries', (SELECT count(*) FROM
        (SELECT FROM surveys_pageentry e WHERE e.invitation_id = i.id LIMIT {MOST_COUNTED}) AS waiting),
    'kind', s.kind,
    'version', jsonb_build_object(
        'default_language', f.default_language, 'texts', f.texts, 'look', f.look),
    'questions', (SELECT coalesce(jsonb_agg(jsonb_build_object(
            'key', q.key, 'kind', q.kind, 'required', q.required, 'low', q.low, 'high', q.high, 'texts', q.texts,
            'choices', q.choices, 'branches', q.branches) ORDER BY q.position), '[]')
        FROM surveys_question q WHERE q.version_id = f.id),
    'origins', coalesce((SELECT p.origins FROM surveys_pagesettings p), '[]')
)
FROM surveys_invitation i
JOIN surveys_survey s ON s.id = i.survey_id
JOIN surveys_surveyversion f ON f.id = i.form_id
WHERE i.token_hash = $1
   OR i.id = (SELECT t.invitation_id FROM surveys_formertoken t WHERE t.token_hash = $1)
""",  # noqa: S608  # of a number of ours
)
