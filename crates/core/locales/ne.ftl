### नेपाली

## Questions

ask-meaning = “{ $term }” को अर्थ के हो?
ask-meaning-of-kind = “{ $term }” भन्नाले के बुझिन्छ? ({ $kind })
ask-term = तल दिइएको अर्थ कुन शब्दको हो?
ask-term-of-kind = तल यीमध्ये कसको वर्णन छ? ({ $kind })
ask-full-form = “{ $term }” को पूरा रूप के हो?
ask-abbreviation = “{ $full }” को संक्षिप्त रूप के हो?
ask-pick = तल कसको वर्णन छ, छान्नुहोस्। ({ $kind })
ask-member = कुन नाम छुटेको छ? ({ $kind })
ask-next = “{ $term }” को लगत्तै पछि के आउँछ? ({ $kind })
ask-region = चित्रमा चिन्ह लगाइएको भाग के हो? ({ $picture })
ask-all = सबै { $count } वटाको नाम भन्नुहोस्: { $kind }
ask-all-in-order = सबै { $count } वटाको नाम क्रमैसँग भन्नुहोस्: { $kind }
ask-cell = “{ $subject }” बारे यो पक्ष बताउनुहोस्: { $aspect }
ask-row = { $subjects } बीचको फरक बताउनुहोस्। पक्ष: { $aspect }
ask-which = तल कसको वर्णन छ: { $subjects }? (पक्ष: { $aspect })
ask-true-false = ठीक कि बेठीक? “{ $subject }” – { $aspect }:
correction = “{ $subject }” बारे ठीक कुरा: { $cell }
list-and = { $first } र { $last }
list-or = { $first } वा { $last }
list-comma = { $first }, { $last }

## Worksheets

name-line = नाम
date-line = मिति
do-match = दुवै स्तम्भको सही जोडा मिलाउनुहोस्।
do-gaps = खाली ठाउँ भर्नुहोस्।
word-bank = शब्दसूची
do-table = तालिका पूरा गर्नुहोस्।
do-true-false = ठीक कि बेठीक, लेख्नुहोस्।
statement = “{ $subject }” – { $aspect }:
do-choose = सही उत्तर छान्नुहोस्।
do-answer = छोटो उत्तर दिनुहोस्।
worksheet = कार्यपत्र
answer-key = उत्तरकुञ्जिका
cards = कार्डहरू
sheet-number = पत्र नं. { $seed }
test = प्रश्नपत्र
roll-line = क्रमाङ्क
class-line = कक्षा
max-marks = पूर्णाङ्क: { $marks }
set-name = सेट { $set }
letters = क ख ग घ ङ च छ ज झ ञ ट ठ ड ढ ण त थ द ध न प फ ब भ म
nothing-asked = यस पाठ्यसामग्रीमा अभ्यासका लागि केही छैन।
calibrate-size = वास्तविक आकारमा छाप्दा यो रेखा 100 मिमी लामो हुन्छ।
calibrate-light = यो पाटो आफूतिर पारेर पाना उज्यालोतिर हेर्नुहोस्। पछाडिको क्रस जहाँ देखिन्छ, त्यहाँको दायाँ र तलको मिलिमिटर पढ्नुहोस्: पछाडिको पाटो त्यति नै सार्नुपर्छ।

## Fixed words

page = { $number } / { $total }
on-page = पृष्ठ { $number }
contents = विषयसूची
note = ध्यान दिनुहोस्
tip = सुझाव
important = महत्त्वपूर्ण
warning = चेतावनी
caution = सावधान
question = प्रश्न
answer = उत्तर
answers = उत्तरहरू
hint = सङ्केत
choose = छान्नुहोस्:
true = ठीक
false = बेठीक
full-form = पूरा रूप
source = स्रोत
licence = इजाजतपत्र
updated = अद्यावधिक
figure = चित्र
authors = लेखक
subject = विषय
show-answer = उत्तर हेर्नुहोस्
retired = यो अब पाठ्यक्रममा छैन।
