"""Reads the event logs of a run with pm4py and compares them with what the office knows.

    python event_logs.py runs.xes runs.ocel.json expected.json

Ends with an error, in words, if a log says something else.
"""

import json
import sys

import pm4py


def same(what, found, expected):
    if found != expected:
        raise SystemExit(f"{what}:\n  in the log: {found}\n  expected:   {expected}")


def main(xes, ocel, expected):
    with open(expected, encoding="utf-8") as file:
        expected = json.load(file)

    log = pm4py.read_xes(xes)
    same("cases", sorted(log["case:concept:name"].unique().tolist()), expected["cases"])
    same("events", len(log), expected["events"])
    # From one activity straight to the next, and how often: the edges of the procedure and
    # the returns.
    graph, starts, ends = pm4py.discover_dfg(log)
    found = sorted([before, after, int(times)] for (before, after), times in graph.items())
    same("directly-follows graph", found, expected["edges"])
    same("first activities", sorted(starts), expected["starts"])
    same("last activities", sorted(ends), expected["ends"])

    objects = pm4py.read_ocel2_json(ocel)
    kinds = objects.objects["ocel:type"].value_counts().to_dict()
    same("objects", {kind: int(count) for kind, count in kinds.items()}, expected["objects"])
    same("object-centric events", len(objects.events), expected["object_events"])
    same("relations", len(objects.relations), expected["relations"])
    print(f"pm4py agrees: {len(log)} events, {len(found)} edges, {len(objects.events)} object-centric events")


if __name__ == "__main__":
    main(*sys.argv[1:])
