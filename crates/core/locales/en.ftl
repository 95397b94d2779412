### English: what a learner is asked, and the fixed words of the outputs.

## Questions

# $term is a term or abbreviation.
ask-meaning = What does “{ $term }” mean?
# $kind is the kind of thing listed, as in “Types of BPO”.
ask-meaning-of-kind = What is meant by “{ $term }”? ({ $kind })
# The meaning stands on a line of its own after the question.
ask-term = Which term has this meaning?
ask-term-of-kind = What is described here? ({ $kind })
ask-full-form = What does “{ $term }” stand for?
# $full is what an abbreviation stands for.
ask-abbreviation = What is the short form of “{ $full }”?
# The meaning stands on a line of its own after the question, the choices after it.
ask-pick = Choose what is described. ({ $kind })
# Part of the list stands on lines of its own after the question, with one thing left out.
ask-member = Which one is missing? ({ $kind })
ask-next = What comes after “{ $term }”? ({ $kind })
# $picture is what the picture shows; a part of it is covered.
ask-region = What does the picture show at the marked place? ({ $picture })
# $count is the number of things listed.
ask-all = Name all { $count }: { $kind }
ask-all-in-order = Name all { $count } in order: { $kind }
# $subject is one of the things compared, $aspect the respect in which.
ask-cell = How would you describe “{ $subject }”? ({ $aspect })
# $subjects are the things compared, joined by list-and.
ask-row = { $subjects }: how do they differ? ({ $aspect })
# $subjects are the things compared, joined by list-or; the cell stands on a line of its own after the question.
ask-which = Which of them is described: { $subjects }? ({ $aspect })
ask-true-false = True or false? “{ $subject }”, { $aspect }:
# The answer to a false statement. $cell is what does hold of the subject.
correction = What is true of “{ $subject }”: { $cell }
list-and = { $first } and { $last }
list-or = { $first } or { $last }
list-comma = { $first }, { $last }

## Worksheets

name-line = Name
date-line = Date
do-match = Match the two columns.
do-gaps = Fill in the gaps.
word-bank = Words to choose from
do-table = Complete the table.
do-true-false = True or false?
# A statement to be judged under do-true-false; the cell stands on a line of its own after it.
statement = “{ $subject }”, { $aspect }:
do-choose = Choose the right answer.
do-answer = Answer briefly.
worksheet = Worksheet
answer-key = Answer key
cards = Cards
# $seed is the number that the worksheet was drawn by, and by which its key is made again.
sheet-number = Sheet no. { $seed }
test = Question paper
roll-line = Roll no.
class-line = Class
max-marks = Maximum marks: { $marks }
set-name = Set { $set }
# What the right column of a matching and the choices of a question are lettered with, in order.
letters = a b c d e f g h i j k l m n o p q r s t u v w x y z
# Printed where a worksheet has no exercises, or there are no cards.
nothing-asked = There is nothing to practise in this material.
# On the page that shows how far a printer moves the back of a sheet.
calibrate-size = Printed at its actual size, this line is 100 mm long.
calibrate-light = Hold the sheet against the light, this side towards you. Where the cross of the other side shows through, read the millimetres to the right and down: they are the back offset.

## Fixed words

page = { $number } / { $total }
on-page = page { $number }
contents = Contents
note = Note
tip = Tip
important = Important
warning = Warning
caution = Caution
question = Question
answer = Answer
answers = Answers
hint = Hint
choose = Choose:
true = True
false = False
full-form = Full form
source = Source
licence = Licence
updated = Updated
figure = Figure
authors = Authors
subject = Subject
show-answer = Show the answer
# On a card that learners have and the material no longer asks.
retired = This card is no longer part of the material. You can delete it.
