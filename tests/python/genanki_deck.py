"""Writes with genanki the deck that the example `speed` of patra-anki writes, as near as genanki comes to it.

`python genanki_deck.py 20000 deck.apkg`
"""

import sys

import genanki

count, path = int(sys.argv[1]), sys.argv[2]
front, back = "{{Question}}", '{{FrontSide}}<hr id="answer">{{Answer}}'
fields = [{"name": "Question"}, {"name": "Answer"}]
model = genanki.Model(1607392319, "Basic", fields=fields, templates=[{"name": "Card 1", "qfmt": front, "afmt": back}])
deck = genanki.Deck(2059400110, "गति")
for n in range(count):
    deck.add_note(genanki.Note(model=model, fields=[f"प्रश्न {n}: यह क्या है?", f"उत्तर {n}: यह एक वस्तु है।"]))
genanki.Package(deck).write_to_file(path)
