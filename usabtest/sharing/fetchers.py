"""Whether a program opens a link by itself: a chat tool that makes a preview, a search engine."""

from __future__ import annotations

import re

# Programs by the names that they give themselves, then what such names have in common. CUBOT makes telephones.
_FETCHERS = re.compile(
    r"^WhatsApp/|^Viber\b|^Iframely|^Signal-|"
    r"SkypeUriPreview|facebookexternalhit|facebookcatalog|meta-external|Slack-ImgProxy|ZulipURLPreview|Embedly|"
    r"Google-PageRenderer|Google-InspectionTool|Google-Safety|GoogleOther|Mattermost|Mastodon/|Synapse\b|"
    r"(?<!cu)bot\b|crawler|spider|link ?preview|url ?preview|unfurl",
    re.IGNORECASE,
)


def fetches_by_itself(user_agent: str) -> bool:
    """Tell by the User-Agent; whoever hides there counts as a reader.

    Examples
    --------
    >>> fetches_by_itself("Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)")
    True
    >>> fetches_by_itself("Mozilla/5.0 (X11; Linux x86_64; rv:131.0) Gecko/20100101 Firefox/131.0")
    False
    """
    return bool(_FETCHERS.search(user_agent))
