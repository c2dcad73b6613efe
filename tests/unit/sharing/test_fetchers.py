from __future__ import annotations

import pytest

from usabtest.sharing.fetchers import fetches_by_itself

_SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
_CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0"

PROGRAMS = [
    "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
    "Slackbot 1.0 (+https://api.slack.com/robots)",
    "Slack-ImgProxy (+https://api.slack.com/robots)",
    "Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5 skype-url-preview@microsoft.com",
    "WhatsApp/2.23.20.0 A",
    "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    "facebookexternalhit/1.1 Facebot Twitterbot/1.0",
    "meta-externalagent/1.1 (+https://developers.facebook.com/docs/sharing/webmasters/crawler)",
    "Twitterbot/1.0",
    "LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)",
    "Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)",
    "TelegramBot (like TwitterBot)",
    f"Mozilla/5.0 {_CHROME} Safari/537.36 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 (compatible; Google-PageRenderer Google (+https://developers.google.com/+/web/snippet/))",
    f"Mozilla/5.0 {_CHROME} (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
    "Mozilla/5.0 (Applebot/0.1; +http://www.apple.com/go/applebot)",
    "Mattermost-Bot/1.1",
    "Synapse (bot; +https://github.com/matrix-org/synapse)",
    "Mozilla/5.0 (compatible; ZulipURLPreview/9.0; +https://chat.example)",
    "http.rb/5.1.1 (Mastodon/4.2.0; +https://social.example/) Bot",
    "Iframely/1.3.1 (+https://iframely.com/docs/about)",
]
READERS = [
    "Mozilla/5.0 (X11; Linux x86_64; rv:131.0) Gecko/20100101 Firefox/131.0",
    f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {_CHROME} Safari/537.36 Edg/131.0.0.0",
    f"{_SAFARI} Version/17.4 Mobile/15E148 Safari/604.1",
    f"{_SAFARI} Mobile/15E148 [LinkedInApp]/9.29",
    f"{_SAFARI} Mobile/15E148 [FBAN/FBIOS;FBAV/450.0]",
    f"{_SAFARI} Mobile/15E148 Twitter for iPhone/10.30",
    f"Mozilla/5.0 (Linux; Android 13; CUBOT X30) {_CHROME} Mobile Safari/537.36",
    f"Mozilla/5.0 (Linux; Android 9; CUBOT_X18_Plus) {_CHROME} Mobile Safari/537.36 Telegram-Android/10.1",
    f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {_CHROME} Electron/33.0 Safari/537.36 Teams/24.1",
    "",
]


@pytest.mark.parametrize("user_agent", PROGRAMS)
def test_what_fetches_by_itself_says_so(user_agent: str) -> None:
    assert fetches_by_itself(user_agent)


@pytest.mark.parametrize("user_agent", READERS)
def test_people_read(user_agent: str) -> None:
    assert not fetches_by_itself(user_agent)
