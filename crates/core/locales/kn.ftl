### ಕನ್ನಡ

## Questions

ask-meaning = “{ $term }” ಪದದ ಅರ್ಥವೇನು?
ask-meaning-of-kind = “{ $term }” ಎಂದರೇನು? ({ $kind })
ask-term = ಕೆಳಗಿನ ಅರ್ಥ ಯಾವ ಪದದ್ದು?
ask-term-of-kind = ಕೆಳಗೆ ಇವುಗಳಲ್ಲಿ ಯಾವುದರ ವಿವರಣೆ ಇದೆ? ({ $kind })
ask-full-form = “{ $term }” ಪದದ ಪೂರ್ಣ ರೂಪವೇನು?
ask-abbreviation = “{ $full }” ಎಂಬುದರ ಸಂಕ್ಷಿಪ್ತ ರೂಪವೇನು?
ask-pick = ಕೆಳಗೆ ವಿವರಿಸಿರುವುದು ಯಾವುದು? ಆರಿಸಿ. ({ $kind })
ask-member = ಯಾವುದು ಬಿಟ್ಟುಹೋಗಿದೆ? ({ $kind })
ask-next = “{ $term }” ಆದ ಕೂಡಲೇ ಏನು ಬರುತ್ತದೆ? ({ $kind })
ask-region = ಚಿತ್ರದಲ್ಲಿ ಗುರುತಿಸಿದ ಭಾಗ ಯಾವುದು? ({ $picture })
ask-all = ಎಲ್ಲ { $count } ಹೆಸರುಗಳನ್ನು ಹೇಳಿ: { $kind }
ask-all-in-order = ಎಲ್ಲ { $count } ಹೆಸರುಗಳನ್ನು ಕ್ರಮವಾಗಿ ಹೇಳಿ: { $kind }
ask-cell = “{ $subject }” ಕುರಿತು ಈ ಅಂಶವನ್ನು ವಿವರಿಸಿ: { $aspect }
ask-row = { $subjects } ನಡುವಿನ ವ್ಯತ್ಯಾಸ ಹೇಳಿ. ಅಂಶ: { $aspect }
ask-which = ಕೆಳಗೆ ಯಾವುದರ ವಿವರಣೆ ಇದೆ: { $subjects }? (ಅಂಶ: { $aspect })
ask-true-false = ಸರಿಯೇ, ತಪ್ಪೇ? “{ $subject }” – { $aspect }:
correction = “{ $subject }” ಕುರಿತು ಸರಿಯಾದ ಹೇಳಿಕೆ: { $cell }
list-and = { $first } ಮತ್ತು { $last }
list-or = { $first } ಅಥವಾ { $last }
list-comma = { $first }, { $last }

## Worksheets

name-line = ಹೆಸರು
date-line = ದಿನಾಂಕ
do-match = ಎರಡೂ ಪಟ್ಟಿಗಳನ್ನು ಹೊಂದಿಸಿ.
do-gaps = ಬಿಟ್ಟ ಸ್ಥಳ ತುಂಬಿ.
word-bank = ಪದಪಟ್ಟಿ
do-table = ಕೋಷ್ಟಕವನ್ನು ಪೂರ್ಣಗೊಳಿಸಿ.
do-true-false = ಸರಿಯೋ ತಪ್ಪೋ ತಿಳಿಸಿ.
statement = “{ $subject }” – { $aspect }:
do-choose = ಸರಿಯಾದ ಉತ್ತರವನ್ನು ಆರಿಸಿ.
do-answer = ಸಂಕ್ಷಿಪ್ತವಾಗಿ ಉತ್ತರಿಸಿ.
worksheet = ಅಭ್ಯಾಸ ಹಾಳೆ
answer-key = ಉತ್ತರಸೂಚಿ
cards = ಕಾರ್ಡ್‌ಗಳು
sheet-number = ಹಾಳೆ ಸಂಖ್ಯೆ { $seed }
test = ಪ್ರಶ್ನೆ ಪತ್ರಿಕೆ
roll-line = ಕ್ರಮ ಸಂಖ್ಯೆ
class-line = ತರಗತಿ
max-marks = ಒಟ್ಟು ಅಂಕಗಳು: { $marks }
set-name = ಸೆಟ್ { $set }
letters = ಅ ಆ ಇ ಈ ಉ ಊ ಎ ಏ ಐ ಒ ಓ ಔ ಕ ಖ ಗ ಘ ಚ ಛ ಜ ಝ ಟ ಠ ಡ ಢ ತ
nothing-asked = ಈ ಪಾಠದಲ್ಲಿ ಅಭ್ಯಾಸಕ್ಕೆ ಏನೂ ಇಲ್ಲ.
calibrate-size = ನಿಜ ಗಾತ್ರದಲ್ಲಿ ಮುದ್ರಿಸಿದರೆ ಈ ಗೆರೆ 100 ಮಿ.ಮೀ. ಉದ್ದವಿರುತ್ತದೆ.
calibrate-light = ಈ ಬದಿ ನಿಮ್ಮ ಕಡೆ ಇರುವಂತೆ ಹಾಳೆಯನ್ನು ಬೆಳಕಿಗೆ ಹಿಡಿಯಿರಿ. ಹಿಂಬದಿಯ ಗುರುತು ಕಾಣುವಲ್ಲಿ ಬಲಕ್ಕೆ ಮತ್ತು ಕೆಳಕ್ಕೆ ಇರುವ ಮಿಲಿಮೀಟರ್‌ಗಳನ್ನು ಓದಿ: ಹಿಂಬದಿಯನ್ನು ಅಷ್ಟೇ ಸರಿಸಬೇಕು.

## Fixed words

page = { $number } / { $total }
on-page = ಪುಟ { $number }
contents = ಪರಿವಿಡಿ
note = ಗಮನಿಸಿ
tip = ಸಲಹೆ
important = ಮುಖ್ಯ
warning = ಎಚ್ಚರಿಕೆ
caution = ಜಾಗ್ರತೆ
question = ಪ್ರಶ್ನೆ
answer = ಉತ್ತರ
answers = ಉತ್ತರಗಳು
hint = ಸುಳಿವು
choose = ಆರಿಸಿ:
true = ಸರಿ
false = ತಪ್ಪು
full-form = ಪೂರ್ಣ ರೂಪ
source = ಮೂಲ
licence = ಪರವಾನಗಿ
updated = ಪರಿಷ್ಕರಿಸಿದ ದಿನ
figure = ಚಿತ್ರ
authors = ಲೇಖಕರು
subject = ವಿಷಯ
show-answer = ಉತ್ತರ ನೋಡಿ
retired = ಇದು ಈಗ ಪಠ್ಯಕ್ರಮದಲ್ಲಿ ಇಲ್ಲ.
