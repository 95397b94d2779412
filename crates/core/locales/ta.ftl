### தமிழ்

## Questions

ask-meaning = “{ $term }” என்பதன் பொருள் என்ன?
ask-meaning-of-kind = “{ $term }” என்றால் என்ன? ({ $kind })
ask-term = கீழே உள்ள பொருள் எந்தச் சொல்லுக்கு உரியது?
ask-term-of-kind = கீழே இவற்றில் எது விவரிக்கப்பட்டுள்ளது? ({ $kind })
ask-full-form = “{ $term }” என்பதன் விரிவாக்கம் என்ன?
ask-abbreviation = “{ $full }” என்பதன் சுருக்கம் என்ன?
ask-pick = கீழே விவரிக்கப்பட்டிருப்பது எது? தேர்ந்தெடுக்கவும். ({ $kind })
ask-member = விடுபட்டது எது? ({ $kind })
ask-next = “{ $term }” என்பதற்கு அடுத்து வருவது எது? ({ $kind })
ask-region = படத்தில் குறிக்கப்பட்ட பகுதி எது? ({ $picture })
ask-all = அனைத்து { $count } பெயர்களையும் கூறுக: { $kind }
ask-all-in-order = அனைத்து { $count } பெயர்களையும் வரிசையாகக் கூறுக: { $kind }
ask-cell = “{ $subject }” பற்றி இந்தக் கூறை விளக்குக: { $aspect }
ask-row = { $subjects } – வேறுபாட்டைக் கூறுக. கூறு: { $aspect }
ask-which = கீழே எது விவரிக்கப்பட்டுள்ளது: { $subjects }? (கூறு: { $aspect })
ask-true-false = சரியா, தவறா? “{ $subject }” – { $aspect }:
correction = “{ $subject }” பற்றிச் சரியான கூற்று: { $cell }
list-and = { $first } மற்றும் { $last }
list-or = { $first } அல்லது { $last }
list-comma = { $first }, { $last }

## Worksheets

name-line = பெயர்
date-line = தேதி
do-match = இரு பத்திகளையும் பொருத்துக.
do-gaps = கோடிட்ட இடங்களை நிரப்புக.
word-bank = சொற்பட்டியல்
do-table = அட்டவணையை நிறைவு செய்க.
do-true-false = சரியா, தவறா எனக் கூறுக.
statement = “{ $subject }” – { $aspect }:
do-choose = சரியான விடையைத் தேர்ந்தெடுக்கவும்.
do-answer = சுருக்கமாக விடையளிக்கவும்.
worksheet = பயிற்சித்தாள்
answer-key = விடைக்குறிப்பு
cards = அட்டைகள்
sheet-number = தாள் எண் { $seed }
test = வினாத்தாள்
roll-line = பதிவு எண்
class-line = வகுப்பு
max-marks = மொத்த மதிப்பெண்கள்: { $marks }
set-name = தொகுப்பு { $set }
letters = அ ஆ இ ஈ உ ஊ எ ஏ ஐ ஒ ஓ ஔ க ங ச ஞ ட ண த ந ப ம ய ர ல
nothing-asked = இந்தப் பாடத்தில் பயிற்சிக்கு எதுவும் இல்லை.
calibrate-size = உண்மை அளவில் அச்சிட்டால் இந்தக் கோடு 100 மி.மீ. நீளம்.
calibrate-light = இந்தப் பக்கம் உங்களை நோக்கி இருக்குமாறு தாளை வெளிச்சத்தில் பிடியுங்கள். பின்புறச் சிலுவைக் குறி தெரியும் இடத்தில் வலப்புறமும் கீழும் உள்ள மில்லிமீட்டர்களைப் படியுங்கள்: பின்புறத்தை அந்த அளவு நகர்த்த வேண்டும்.

## Fixed words

page = { $number } / { $total }
on-page = பக்கம் { $number }
contents = பொருளடக்கம்
note = குறிப்பு
tip = உதவிக்குறிப்பு
important = முக்கியம்
warning = எச்சரிக்கை
caution = கவனம்
question = வினா
answer = விடை
answers = விடைகள்
hint = துப்பு
choose = தேர்ந்தெடுக்கவும்:
true = சரி
false = தவறு
full-form = விரிவாக்கம்
source = மூலம்
licence = உரிமம்
updated = புதுப்பிக்கப்பட்டது
figure = படம்
authors = ஆசிரியர்கள்
subject = பாடம்
show-answer = விடையைக் காண்க
retired = இது இப்போது பாடத்திட்டத்தில் இல்லை.
