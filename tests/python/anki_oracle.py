"""Judges decks by an Anki of any age, from 2.1.54 on, that need not be the one the tests run with.

`python anki_oracle.py DECK.apkg…` imports each into an empty collection, renders every card, has Anki check the database,
the media and for empty cards, compares the tables around that, and imports the deck again. It ends with 1 where something is
wrong. Run it by the Python of an environment that has that Anki.
"""

import re
import sys
import tempfile
from pathlib import Path

from anki.collection import Collection

# Anki up to 2.1.54 keeps these by itself.
OWN = {"col", "config", "sqlite_stat1", "sqlite_stat4", "graves"}


def take(collection: Collection, deck: str) -> None:
    """Imports a deck by whatever this Anki has for it."""
    try:
        from anki.collection import ImportAnkiPackageOptions, ImportAnkiPackageRequest
    except ImportError:
        from anki.importing.apkg import AnkiPackageImporter
        from anki.lang import set_lang

        set_lang("en")
        AnkiPackageImporter(collection, deck).run()
        return
    collection.import_anki_package(ImportAnkiPackageRequest(package_path=deck, options=ImportAnkiPackageOptions()))


def tables(collection: Collection) -> dict[str, list]:
    names = collection.db.list("select name from sqlite_master where type = 'table'")
    found = {}
    for name in set(names) - OWN:
        # `unicase` can't be compared by SQLite itself: rows are ordered here.
        found[name] = sorted(collection.db.all(f"select * from {name}"), key=repr)
    return found


def words(rendered: str) -> str:
    return re.sub(r"<[^>]*>", "", re.sub(r"<(style|script).*?</\1>", "", rendered, flags=re.DOTALL)).strip()


def wrong(deck: str) -> list[str]:
    """What is wrong with a deck."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        collection = Collection(str(Path(folder) / "collection.anki2"))
        try:
            take(collection, deck)
            cards = collection.find_cards("")
            if not cards:
                found.append("no cards")
            for card in map(collection.get_card, cards):
                front, back = words(card.question()), words(card.answer())
                if not front or front == back or "{{" in re.sub(r"\\[(\[].*?\\[)\]]", "", front + back):
                    found.append(f"a side shows nothing of its own: {card.note().fields}")
            before = tables(collection)
            message, fine = collection.fix_integrity()
            after = tables(collection)
            if not fine:
                found.append(message)
            found += [f"Check Database changed {name}" for name in before if before[name] != after[name]]
            if collection.get_empty_cards().notes:
                found.append("empty cards")
            media = collection.media.check()
            found += [f"missing {name}" for name in media.missing] + [f"unused {name}" for name in media.unused]
            count = (collection.note_count(), collection.card_count())
            take(collection, deck)
            if (collection.note_count(), collection.card_count()) != count:
                found.append("a second import adds notes or cards")
            # Re-importing changes nothing of the notes.
            again = tables(collection)
            found += [f"a second import changed {name}" for name in ("notes", "cards") if again[name] != after[name]]
        finally:
            collection.close()
    return found


if __name__ == "__main__":
    failed = False
    for path in sys.argv[1:]:
        problems = wrong(path)
        failed |= bool(problems)
        print(f"{Path(path).name}: {'; '.join(problems) or 'clean'}")
    sys.exit(failed)
