"""Writes tests/metrics.json: examples with the values that scikit-learn gives for them.

Needs numpy and scikit-learn:  python3 -m venv v && v/bin/pip install scikit-learn && v/bin/python tests/metrics.py
"""
import json
import pathlib

import numpy
from sklearn import metrics

random = numpy.random.default_rng(20310105)
ranked = []
for pairs, levels in [(1, 1), (12, 3), (60, 1000), (60, 5), (400, 20), (400, 100000)]:
    labels = random.integers(0, 2, pairs)
    labels[0] = 1
    scores = numpy.round(numpy.clip(labels * 0.3 + random.random(pairs) * 0.8, 0, 1) * levels) / levels
    points = []
    for threshold in (0.1, 0.3, 0.5, 0.7, 0.95):
        called = scores >= threshold
        points.append({
            "threshold": threshold,
            "precision": metrics.precision_score(labels, called, zero_division=0),
            "recall": metrics.recall_score(labels, called, zero_division=0),
            "f1": metrics.f1_score(labels, called, zero_division=0),
            "accuracy": metrics.accuracy_score(labels, called),
        })
    ranked.append({
        "labels": labels.tolist(),
        "scores": scores.tolist(),
        "average_precision": metrics.average_precision_score(labels, scores),
        "points": points,
    })

partitions = []
for articles, groups, clusters in [(2, 1, 2), (3, 3, 3), (20, 4, 5), (20, 20, 1), (300, 40, 30), (300, 3, 90)]:
    truth = random.integers(0, groups, articles)
    found = numpy.where(random.random(articles) < 0.7, truth % clusters, random.integers(0, clusters, articles))
    confusion = metrics.cluster.pair_confusion_matrix(truth, found)
    positive, called, both = confusion[1].sum(), confusion[:, 1].sum(), confusion[1, 1]
    partitions.append({
        "truth": truth.tolist(),
        "found": found.tolist(),
        "adjusted_rand_index": metrics.adjusted_rand_score(truth, found),
        # Ordered pairs, so halved.
        "pairs_together": int(positive) // 2,
        "pairs_called": int(called) // 2,
        "pairs_right": int(both) // 2,
    })

path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps({"ranked": ranked, "partitions": partitions}) + "\n")
