"""What is said of models: what they foretell, how good they are, and beside what."""

from typing import Any

from groovelog.dashboard.texts.wording import Headline, count

LEAD = (
    "A model is worth something where it beats simple rules on weeks that it has not seen. Here is each of them, on the same "
    "weeks, with how sure the figure is."
)
NOTHING = Headline("No model is ", "trained", " yet.")
NOTHING_LEAD = (
    "Suggestions rest on simple rules until then. The command below learns from this listener's plays; models stay in "
    "this Groovelog and go with the listener."
)
TITLES = {
    "finish": "Will you hear a song to its end?",
    "come_back": "Will you come back to a song?",
    "ranking": "Which songs will you choose next?",
}
METRICS = {
    "finish": ("auc", "AUC: 0.5 is a coin, 1 is always right"),
    "come_back": ("auc", "AUC: 0.5 is a coin, 1 is always right"),
    "ranking": ("ndcg_at_10", "nDCG@10: 0 is none of the right songs among ten, 1 is all of them in order"),
}
NAMES = {
    "random_forest": "random forest", "xgboost": "boosted trees", "voting": "three models, voting",
    "xgboost_ranker": "boosted ranker", "xgboost_ranker_reranked": "the same, made varied",
    "song_skips": "rule: skips of the song", "artist_skips": "rule: skips of the artist",
    "hour_skips": "rule: skips at this hour", "most_played": "rule: most played", "last_month": "rule: last month",
    "artist_last_month": "rule: the artist's last month", "recency": "rule: played lately", "last_week": "rule: last week again",
    "popularity": "rule: most popular", "colistening": "rule: heard together",
}  # fmt: skip
DEFINITIONS = {
    "auc": (
        "Of two plays of which one was heard to its end (or came back) and one was not, how often the method gives the first a "
        "higher value. Learnt on the past, measured on the newest weeks. The line is where 95 in 100 resamplings of the weeks "
        "lie."
    ),
    "ndcg_at_10": (
        "Of the songs that were looked at for a moment, how many of those that were then played stand among the first ten, and "
        "how high (Järvelin and Kekäläinen 2002). All methods order the same songs. The line is where 95 in 100 resamplings of "
        "the weeks lie."
    ),
}
CALIBRATION = "Can its chances be trusted?"
CALIBRATION_SUB = "Where the line lies on the dashes, of 100 plays foretold at 70 %, 70 were heard to the end"
CARD = "Model card"


def name_of(method: str) -> str:
    return NAMES.get(method, method.replace("_", " "))


def headline(better: int, of: int) -> Headline:
    """Of how many questions the model is the better one, beyond chance."""
    if better == of:
        return Headline("The models ", "beat the rules", ".")
    if not better:
        return Headline("No model is ", "clearly better", " than the simple rules.")
    return Headline(f"On {better} of {of} questions the models ", "beat the rules", ".")


def verdict(model: tuple[str, float], rule: tuple[str, float], *, clear: bool) -> str:
    """Who is ahead; `clear` is whether the rule's score lies below the model's interval."""
    margin = model[1] - rule[1]
    ahead, behind = (model[0], rule[0]) if margin > 0 else (rule[0], model[0])
    beside = "" if clear or margin <= 0 else ", which may be chance"
    told = f"{name_of(ahead)}: {abs(margin):.3f} ahead of “{name_of(behind).removeprefix('rule: ')}”{beside}"
    return told[0].upper() + told[1:]


def amount(row: dict[str, Any], metric: str) -> str:
    bounds = row.get(f"{metric}_interval") or [None, None]
    sure = "" if None in bounds else f", from {bounds[0]:.3f} to {bounds[1]:.3f}"
    return f"{row[metric]:.3f}{sure}"


def trained(listener: str, made_at: str, run: int) -> str:
    return f"{listener}, trained {made_at[:10]} on the plays of run {count(run)}"
