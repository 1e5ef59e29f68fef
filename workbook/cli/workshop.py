"""`workbook workshop`: the host of a workshop, where everybody answers alone."""

from __future__ import annotations

from workbook.cli.options import Browser, EngagementKey, Port, WorkspaceFolder

USUAL_PORT = 8877


def workshop(
    engagement: EngagementKey,
    port: Port = None,
    browser: Browser = True,
    workspace: WorkspaceFolder = None,
) -> None:
    """Open the workshop: the facilitator’s board here, a page for everybody who answers.

    Examples:

      workbook workshop acme

      workbook workshop acme --no-browser
    """
    from workbook.cli.serving import checked, run
    from workbook.serve import place_of
    from workbook.serve.host import WorkshopHost

    folder = checked(workspace, engagement, "")
    place = place_of(folder, "workshop", USUAL_PORT, port)
    run(WorkshopHost(folder, engagement, port=place.port), browser=browser)
