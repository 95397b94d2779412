### తెలుగు

## Questions

ask-meaning = “{ $term }” అంటే అర్థం ఏమిటి?
ask-meaning-of-kind = “{ $term }” అంటే ఏమిటి? ({ $kind })
ask-term = కింది అర్థం ఏ పదానిది?
ask-term-of-kind = కింద వీటిలో దేని గురించి వివరించారు? ({ $kind })
ask-full-form = “{ $term }” పూర్తి రూపం ఏమిటి?
ask-abbreviation = “{ $full }” సంక్షిప్త రూపం ఏమిటి?
ask-pick = కింద వివరించినది ఏదో ఎంచుకోండి. ({ $kind })
ask-member = ఏది తప్పిపోయింది? ({ $kind })
ask-next = “{ $term }” తర్వాత వెంటనే ఏది వస్తుంది? ({ $kind })
ask-region = చిత్రంలో గుర్తించిన భాగం ఏది? ({ $picture })
ask-all = మొత్తం { $count } పేర్లు చెప్పండి: { $kind }
ask-all-in-order = మొత్తం { $count } పేర్లు వరుసగా చెప్పండి: { $kind }
ask-cell = “{ $subject }” గురించి ఈ అంశాన్ని వివరించండి: { $aspect }
ask-row = { $subjects } మధ్య తేడా చెప్పండి. అంశం: { $aspect }
ask-which = కింద దేని గురించి వివరించారు: { $subjects }? (అంశం: { $aspect })
ask-true-false = ఒప్పా, తప్పా? “{ $subject }” – { $aspect }:
correction = “{ $subject }” గురించి సరైన వాక్యం: { $cell }
list-and = { $first } మరియు { $last }
list-or = { $first } లేదా { $last }
list-comma = { $first }, { $last }

## Worksheets

name-line = పేరు
date-line = తేదీ
do-match = రెండు వరుసలను జతపరచండి.
do-gaps = ఖాళీలను పూరించండి.
word-bank = పదాల పట్టిక
do-table = పట్టికను పూరించండి.
do-true-false = ఒప్పో తప్పో చెప్పండి.
statement = “{ $subject }” – { $aspect }:
do-choose = సరైన జవాబును ఎంచుకోండి.
do-answer = క్లుప్తంగా జవాబు రాయండి.
worksheet = అభ్యాస పత్రం
answer-key = జవాబుల సూచి
cards = కార్డులు
sheet-number = పత్రం సంఖ్య { $seed }
test = ప్రశ్నపత్రం
roll-line = రోల్ నం.
class-line = తరగతి
max-marks = మొత్తం మార్కులు: { $marks }
set-name = సెట్ { $set }
letters = అ ఆ ఇ ఈ ఉ ఊ ఎ ఏ ఐ ఒ ఓ ఔ క ఖ గ ఘ చ ఛ జ ఝ ట ఠ డ ఢ త
nothing-asked = ఈ పాఠంలో అభ్యాసానికి ఏమీ లేదు.
calibrate-size = అసలు పరిమాణంలో ముద్రిస్తే ఈ గీత 100 మి.మీ. పొడవు ఉంటుంది.
calibrate-light = ఈ వైపు మీ వైపు ఉండేలా కాగితాన్ని వెలుతురులో పట్టుకోండి. వెనుక ఉన్న గుర్తు కనిపించే చోట కుడికి, కిందికి ఉన్న మిల్లీమీటర్లు చదవండి: వెనుక వైపును అంతే జరపాలి.

## Fixed words

page = { $number } / { $total }
on-page = పేజీ { $number }
contents = విషయసూచిక
note = గమనిక
tip = సూచన
important = ముఖ్యం
warning = హెచ్చరిక
caution = జాగ్రత్త
question = ప్రశ్న
answer = జవాబు
answers = జవాబులు
hint = ఆధారం
choose = ఎంచుకోండి:
true = ఒప్పు
false = తప్పు
full-form = పూర్తి రూపం
source = మూలం
licence = లైసెన్సు
updated = తాజాకరించిన తేదీ
figure = చిత్రం
authors = రచయితలు
subject = విషయం
show-answer = జవాబు చూడండి
retired = ఇది ఇప్పుడు పాఠ్యాంశంలో లేదు.
