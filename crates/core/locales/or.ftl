### ଓଡ଼ିଆ

## Questions

ask-meaning = “{ $term }” ର ଅର୍ଥ କ’ଣ?
ask-meaning-of-kind = “{ $term }” କହିଲେ କ’ଣ ବୁଝାଯାଏ? ({ $kind })
ask-term = ତଳେ ଦିଆଯାଇଥିବା ଅର୍ଥ କେଉଁ ଶବ୍ଦର?
ask-term-of-kind = ତଳେ ଏଗୁଡ଼ିକ ମଧ୍ୟରୁ କାହାର ବର୍ଣ୍ଣନା ଅଛି? ({ $kind })
ask-full-form = “{ $term }” ର ପୂର୍ଣ୍ଣ ରୂପ କ’ଣ?
ask-abbreviation = “{ $full }” ର ସଂକ୍ଷିପ୍ତ ରୂପ କ’ଣ?
ask-pick = ତଳେ କାହାର ବର୍ଣ୍ଣନା ଅଛି, ବାଛନ୍ତୁ। ({ $kind })
ask-member = କେଉଁ ନାମଟି ଛାଡ଼ି ଯାଇଛି? ({ $kind })
ask-next = “{ $term }” ର ଠିକ୍ ପରେ କ’ଣ ଆସେ? ({ $kind })
ask-region = ଚିତ୍ରରେ ଚିହ୍ନିତ ଅଂଶଟି କ’ଣ? ({ $picture })
ask-all = ସମସ୍ତ { $count }ଟିର ନାମ କୁହନ୍ତୁ: { $kind }
ask-all-in-order = ସମସ୍ତ { $count }ଟିର ନାମ କ୍ରମ ଅନୁସାରେ କୁହନ୍ତୁ: { $kind }
ask-cell = “{ $subject }” ବିଷୟରେ ଏହି ଦିଗଟି ବୁଝାନ୍ତୁ: { $aspect }
ask-row = { $subjects } ମଧ୍ୟରେ ପାର୍ଥକ୍ୟ କୁହନ୍ତୁ। ଦିଗ: { $aspect }
ask-which = ତଳେ କାହାର ବର୍ଣ୍ଣନା ଅଛି: { $subjects }? (ଦିଗ: { $aspect })
ask-true-false = ଠିକ୍ ନା ଭୁଲ? “{ $subject }” – { $aspect }:
correction = “{ $subject }” ବିଷୟରେ ଠିକ୍ କଥା: { $cell }
list-and = { $first } ଓ { $last }
list-or = { $first } କିମ୍ବା { $last }
list-comma = { $first }, { $last }

## Worksheets

name-line = ନାମ
date-line = ତାରିଖ
do-match = ଦୁଇ ସ୍ତମ୍ଭର ଠିକ୍ ମେଳ କରନ୍ତୁ।
do-gaps = ଶୂନ୍ୟସ୍ଥାନ ପୂରଣ କରନ୍ତୁ।
word-bank = ଶବ୍ଦ ତାଲିକା
do-table = ସାରଣୀଟି ପୂରଣ କରନ୍ତୁ।
do-true-false = ଠିକ୍ ନା ଭୁଲ, ଲେଖନ୍ତୁ।
statement = “{ $subject }” – { $aspect }:
do-choose = ଠିକ୍ ଉତ୍ତର ବାଛନ୍ତୁ।
do-answer = ସଂକ୍ଷେପରେ ଉତ୍ତର ଦିଅନ୍ତୁ।
worksheet = ଅଭ୍ୟାସପତ୍ର
answer-key = ଉତ୍ତରସୂଚୀ
cards = କାର୍ଡ
sheet-number = ପତ୍ର ସଂଖ୍ୟା { $seed }
test = ପ୍ରଶ୍ନପତ୍ର
roll-line = କ୍ରମିକ ସଂଖ୍ୟା
class-line = ଶ୍ରେଣୀ
max-marks = ପୂର୍ଣ୍ଣ ସଂଖ୍ୟା: { $marks }
set-name = ସେଟ୍ { $set }
letters = କ ଖ ଗ ଘ ଙ ଚ ଛ ଜ ଝ ଞ ଟ ଠ ଡ ଢ ଣ ତ ଥ ଦ ଧ ନ ପ ଫ ବ ଭ ମ
nothing-asked = ଏହି ପାଠ୍ୟସାମଗ୍ରୀରେ ଅଭ୍ୟାସ ପାଇଁ କିଛି ନାହିଁ।
calibrate-size = ପ୍ରକୃତ ଆକାରରେ ଛାପିଲେ ଏହି ରେଖା 100 ମିମି ଲମ୍ବା।
calibrate-light = ଏହି ପାର୍ଶ୍ୱକୁ ନିଜ ଆଡ଼କୁ ରଖି ପୃଷ୍ଠାଟିକୁ ଆଲୁଅ ସାମ୍ନାରେ ଧରନ୍ତୁ। ପଛପଟର କ୍ରସ୍ ଯେଉଁଠି ଦେଖାଯାଏ, ସେଠାରେ ଡାହାଣ ଓ ତଳର ମିଲିମିଟର ପଢ଼ନ୍ତୁ: ପଛପଟକୁ ସେତିକି ଘୁଞ୍ଚାଇବାକୁ ହେବ।

## Fixed words

page = { $number } / { $total }
on-page = ପୃଷ୍ଠା { $number }
contents = ସୂଚୀପତ୍ର
note = ଧ୍ୟାନ ଦିଅନ୍ତୁ
tip = ପରାମର୍ଶ
important = ଗୁରୁତ୍ୱପୂର୍ଣ୍ଣ
warning = ଚେତାବନୀ
caution = ସାବଧାନ
question = ପ୍ରଶ୍ନ
answer = ଉତ୍ତର
answers = ଉତ୍ତର
hint = ସଙ୍କେତ
choose = ବାଛନ୍ତୁ:
true = ଠିକ୍
false = ଭୁଲ
full-form = ପୂର୍ଣ୍ଣ ରୂପ
source = ଉତ୍ସ
licence = ଲାଇସେନ୍ସ
updated = ଅଦ୍ୟତନ
figure = ଚିତ୍ର
authors = ଲେଖକ
subject = ବିଷୟ
show-answer = ଉତ୍ତର ଦେଖନ୍ତୁ
retired = ଏହା ଏବେ ପାଠ୍ୟକ୍ରମରେ ନାହିଁ।
