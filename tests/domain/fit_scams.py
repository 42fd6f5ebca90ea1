"""Fits the weights of the scam check to the labelled messages: `make scam-weights`. Held-back messages are never read.

`python -m tests.domain.fit_scams across` says instead how well each part is told apart by weights of all other parts.

Logistic regression with a penalty on large weights, by gradient descent with a step of its own for each weight
(Adagrad), over all messages at once: the same messages give the same weights.
"""

import hashlib
import json
import math
import sys
from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from bot.domain.scam_weights import Weights
from bot.domain.scamcheck import given_in, links_in
from bot.domain.vietnamese import normalize
from data.content import FOLDER, Content
from tests.domain.scam_set import SORTS, TUNING, messages

FILE = FOLDER / "scam_weights.json"
ROUNDS, STEP, PENALTY = 250, 0.5, 1.0
RARE = 3  # what stands in fewer messages than this has no weight
SMALL = 0.08  # a weight below this is none
Example = tuple[frozenset[str], bool]
MARK, WORD = "mark:", "word:"


def examples(content: Content, parts: Sequence[str]) -> list[Example]:
    """What has a weight in each message, and whether it is of a scam."""
    return [
        (features(content, text), sort == "scam") for part in parts for sort in SORTS for text in messages(part, sort)
    ]


def features(content: Content, text: str) -> frozenset[str]:
    """As the check sees them."""
    text = normalize(text)
    links = links_in(text)
    signs = [sign for link in links for sign in content.names.signs(link)]
    marks, words = content.patterns.features(text, given_in(text, links, signs, content.names))
    return frozenset([*(MARK + one for one in marks), *(WORD + one for one in words)])


def fit(known: Sequence[Example]) -> Mapping[str, float]:
    """The weight of each feature; that of "" is where the sum starts."""
    seen = Counter(name for found, _ in known for name in found)
    names = ["", *sorted(name for name, count in seen.items() if count >= RARE)]
    place = {name: at for at, name in enumerate(names)}
    rows = [([0, *sorted(place[name] for name in found if name in place)], float(scam)) for found, scam in known]
    weights, steps = [0.0] * len(names), [0.0] * len(names)
    for _ in range(ROUNDS):
        slopes = [0.0, *(PENALTY * weight for weight in weights[1:])]
        for found, scam in rows:
            off = 1 / (1 + math.exp(-sum(map(weights.__getitem__, found)))) - scam
            for at in found:
                slopes[at] += off
        for at, slope in enumerate(slopes):
            steps[at] += slope * slope
            if slope:
                weights[at] -= STEP * slope / math.sqrt(steps[at])
    return dict(zip(names, weights, strict=True))


def weights_of(fitted: Mapping[str, float], fitted_to: str) -> Weights:
    """As the check reads them, in order."""
    large = {name: round(weight, 2) for name, weight in sorted(fitted.items()) if abs(weight) >= SMALL}
    marks, words = (
        {name.removeprefix(sort): weight for name, weight in large.items() if name.startswith(sort)}
        for sort in (MARK, WORD)
    )
    return Weights(fitted_to, large.get("", 0.0), marks, words)


def fingerprint(parts: Collection[str] = TUNING) -> str:
    """Of everything that the weights come from."""
    said = [(FOLDER / "scam_patterns.toml").read_text("utf-8"), (FOLDER / "trusted.toml").read_text("utf-8")]
    said += ["\n".join(messages(part, sort)) for part in sorted(parts) for sort in SORTS]
    return hashlib.sha256("\0".join(said).encode()).hexdigest()[:16]


def across(content: Content) -> None:
    """Print precision and recall of each part by what was fitted to the others; signs of links are left out."""
    parts = {part: examples(content, [part]) for part in TUNING}
    for part, unseen in parts.items():
        weights = fit([one for other in TUNING if other != part for one in parts[other]])
        warned = [scam for found, scam in unseen if weights[""] + sum(weights.get(one, 0.0) for one in found) > 0]
        right, scams = sum(warned), sum(scam for _, scam in unseen)
        told = f"{part}: {len(unseen)} messages, precision {right / len(warned):.3f}, recall {right / scams:.3f}\n"
        sys.stdout.write(told)


def write(content: Content) -> None:
    """Write the file."""
    found = weights_of(fit(examples(content, TUNING)), fingerprint())
    tree = {"fitted_to": found.fitted_to, "start": found.start, "marks": found.marks, "words": found.words}
    FILE.write_text(json.dumps(tree, ensure_ascii=False, indent=0) + "\n", "utf-8")


if __name__ == "__main__":
    (across if sys.argv[1:] == ["across"] else write)(Content.load())
