### English: what a learner is asked, and the fixed words of the outputs.

## Questions

# $term is a term or abbreviation.
ask-meaning = What does “{ $term }” mean?
# $kind is the kind of thing listed, as in “Types of BPO”.
ask-meaning-of-kind = What is meant by “{ $term }”? ({ $kind })
# The meaning stands on a line of its own after the question.
ask-term = Which term has this meaning?
ask-term-of-kind = Which of these is described? ({ $kind })
ask-full-form = What does “{ $term }” stand for?
# $count is the number of things listed.
ask-all = Name all { $count }: { $kind }
ask-all-in-order = Name all { $count } in order: { $kind }
# $subject is one of the things compared, $aspect the respect in which.
ask-cell = Describe “{ $subject }” in this respect: { $aspect }
# $subjects are the things compared, joined by list-and.
ask-row = How do { $subjects } differ in this respect: { $aspect }?
list-and = { $first } and { $last }
list-comma = { $first }, { $last }

## Fixed words

page = { $number } / { $total }
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
