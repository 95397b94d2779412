### ਪੰਜਾਬੀ

## Questions

ask-meaning = “{ $term }” ਦਾ ਕੀ ਅਰਥ ਹੈ?
ask-meaning-of-kind = “{ $term }” ਤੋਂ ਕੀ ਭਾਵ ਹੈ? ({ $kind })
ask-term = ਹੇਠਾਂ ਦਿੱਤਾ ਅਰਥ ਕਿਸ ਸ਼ਬਦ ਦਾ ਹੈ?
ask-term-of-kind = ਹੇਠਾਂ ਇਹਨਾਂ ਵਿੱਚੋਂ ਕਿਸ ਦਾ ਵਰਣਨ ਹੈ? ({ $kind })
ask-full-form = “{ $term }” ਦਾ ਪੂਰਾ ਰੂਪ ਕੀ ਹੈ?
ask-abbreviation = “{ $full }” ਦਾ ਸੰਖੇਪ ਰੂਪ ਕੀ ਹੈ?
ask-pick = ਚੁਣੋ ਕਿ ਹੇਠਾਂ ਕਿਸ ਦਾ ਵਰਣਨ ਹੈ। ({ $kind })
ask-member = ਕਿਹੜਾ ਨਾਂ ਰਹਿ ਗਿਆ ਹੈ? ({ $kind })
ask-next = “{ $term }” ਤੋਂ ਠੀਕ ਬਾਅਦ ਕੀ ਆਉਂਦਾ ਹੈ? ({ $kind })
ask-region = ਤਸਵੀਰ ਵਿੱਚ ਨਿਸ਼ਾਨ ਲੱਗਿਆ ਹਿੱਸਾ ਕੀ ਹੈ? ({ $picture })
ask-all = ਸਾਰੇ { $count } ਦੇ ਨਾਂ ਦੱਸੋ: { $kind }
ask-all-in-order = ਸਾਰੇ { $count } ਦੇ ਨਾਂ ਤਰਤੀਬ ਵਿੱਚ ਦੱਸੋ: { $kind }
ask-cell = “{ $subject }” ਬਾਰੇ ਇਹ ਪੱਖ ਸਮਝਾਓ: { $aspect }
ask-row = { $subjects } ਵਿੱਚ ਅੰਤਰ ਦੱਸੋ। ਪੱਖ: { $aspect }
ask-which = ਹੇਠਾਂ ਕਿਸ ਦਾ ਵਰਣਨ ਹੈ: { $subjects }? (ਪੱਖ: { $aspect })
ask-true-false = ਸਹੀ ਜਾਂ ਗ਼ਲਤ? “{ $subject }” – { $aspect }:
correction = “{ $subject }” ਬਾਰੇ ਸਹੀ ਕਥਨ: { $cell }
list-and = { $first } ਅਤੇ { $last }
list-or = { $first } ਜਾਂ { $last }
list-comma = { $first }, { $last }

## Worksheets

name-line = ਨਾਂ
date-line = ਮਿਤੀ
do-match = ਦੋਹਾਂ ਕਾਲਮਾਂ ਦਾ ਸਹੀ ਮਿਲਾਨ ਕਰੋ।
do-gaps = ਖ਼ਾਲੀ ਥਾਂਵਾਂ ਭਰੋ।
word-bank = ਸ਼ਬਦ-ਸੂਚੀ
do-table = ਸਾਰਣੀ ਪੂਰੀ ਕਰੋ।
do-true-false = ਸਹੀ ਜਾਂ ਗ਼ਲਤ ਦੱਸੋ।
statement = “{ $subject }” – { $aspect }:
do-choose = ਸਹੀ ਉੱਤਰ ਚੁਣੋ।
do-answer = ਸੰਖੇਪ ਵਿੱਚ ਉੱਤਰ ਦਿਓ।
worksheet = ਵਰਕਸ਼ੀਟ
answer-key = ਉੱਤਰ-ਕੁੰਜੀ
cards = ਕਾਰਡ
sheet-number = ਸ਼ੀਟ ਨੰ. { $seed }
test = ਪ੍ਰਸ਼ਨ-ਪੱਤਰ
roll-line = ਰੋਲ ਨੰ.
class-line = ਜਮਾਤ
max-marks = ਕੁੱਲ ਅੰਕ: { $marks }
set-name = ਸੈੱਟ { $set }
letters = ੳ ਅ ੲ ਸ ਹ ਕ ਖ ਗ ਘ ਙ ਚ ਛ ਜ ਝ ਞ ਟ ਠ ਡ ਢ ਣ ਤ ਥ ਦ ਧ ਨ
nothing-asked = ਇਸ ਪਾਠ-ਸਮੱਗਰੀ ਵਿੱਚ ਅਭਿਆਸ ਲਈ ਕੁਝ ਨਹੀਂ ਹੈ।
calibrate-size = ਅਸਲ ਆਕਾਰ ਵਿੱਚ ਛਾਪਣ ਤੇ ਇਹ ਰੇਖਾ 100 ਮਿਮੀ ਲੰਮੀ ਹੈ।
calibrate-light = ਇਹ ਪਾਸਾ ਆਪਣੇ ਵੱਲ ਰੱਖ ਕੇ ਪੰਨਾ ਰੋਸ਼ਨੀ ਸਾਹਮਣੇ ਵੇਖੋ। ਪਿਛਲਾ ਕਰਾਸ ਜਿੱਥੇ ਦਿਸੇ, ਉੱਥੇ ਸੱਜੇ ਅਤੇ ਹੇਠਾਂ ਦੇ ਮਿਲੀਮੀਟਰ ਪੜ੍ਹੋ: ਪਿਛਲਾ ਪਾਸਾ ਓਨਾ ਹੀ ਖਿਸਕਾਉਣਾ ਹੈ।

## Fixed words

page = { $number } / { $total }
on-page = ਪੰਨਾ { $number }
contents = ਤਤਕਰਾ
note = ਧਿਆਨ ਦਿਓ
tip = ਸੁਝਾਅ
important = ਮਹੱਤਵਪੂਰਨ
warning = ਚਿਤਾਵਨੀ
caution = ਸਾਵਧਾਨ
question = ਪ੍ਰਸ਼ਨ
answer = ਉੱਤਰ
answers = ਉੱਤਰ
hint = ਸੰਕੇਤ
choose = ਚੁਣੋ:
true = ਸਹੀ
false = ਗ਼ਲਤ
full-form = ਪੂਰਾ ਰੂਪ
source = ਸਰੋਤ
licence = ਲਾਇਸੈਂਸ
updated = ਨਵਿਆਇਆ
figure = ਚਿੱਤਰ
authors = ਲੇਖਕ
subject = ਵਿਸ਼ਾ
show-answer = ਉੱਤਰ ਵੇਖੋ
retired = ਇਹ ਹੁਣ ਪਾਠਕ੍ਰਮ ਵਿੱਚ ਨਹੀਂ ਹੈ।
