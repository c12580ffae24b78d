"""What a mutation does that asks for a file of a connection's rows."""

from enum import Enum

from django.urls import reverse

from cxplatform.exports.kinds import ExportKind
from cxplatform.exports.models import ExportFormat, ExportJob
from cxplatform.exports.submissions import begin_export
from cxplatform.graphql.context import Info
from cxplatform.graphql.filters.conditions import narrowed
from cxplatform.graphql.nodes import Stored


def ask_for_export(
    info: Info, kind: ExportKind, node: type[Stored], where: object, file_format: Enum
) -> tuple[ExportJob, str]:
    """Have the rows exported that the node type's connection would show this viewer, with the columns it may read.

    Returns the job, and the path at which the file will be. Raises: Forbidden; BadInput.
    """
    rights = info.context.rights
    columns = [each.name for each in kind.columns if each.requires is None or rights.may(each.requires)]
    asked = begin_export(
        actor=info.context.viewer.actor,
        kind=kind,
        file_format=ExportFormat(file_format.value),
        rows=narrowed(node, where, info),
        columns=columns,
        now=info.context.now,
    )
    return asked.job, reverse("export", kwargs={"token": asked.token})
