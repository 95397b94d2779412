### हिन्दी: सीखने वाले से क्या पूछा जाए, और आउटपुट के स्थायी शब्द।
### Any term can stand in any of these: no postposition follows a bare term, since its oblique form is not known, and
### no adjective or verb agrees with it, since its gender is not known.

## Questions

ask-meaning = “{ $term }” का क्या अर्थ है?
ask-meaning-of-kind = “{ $term }” से क्या आशय है? ({ $kind })
ask-term = नीचे दिया गया अर्थ किस शब्द का है?
ask-term-of-kind = नीचे किसका वर्णन है? ({ $kind })
ask-full-form = “{ $term }” का पूरा रूप क्या है?
ask-abbreviation = “{ $full }” का संक्षिप्त रूप क्या है?
ask-pick = नीचे किसका वर्णन है? सही उत्तर चुनिए। ({ $kind })
ask-member = कौन-सा नाम छूटा है? ({ $kind })
ask-next = “{ $term }” के ठीक बाद क्या आता है? ({ $kind })
ask-region = चित्र में चिह्नित भाग क्या है? ({ $picture })
ask-all = { $kind }: सभी { $count } के नाम बताइए।
ask-all-in-order = { $kind }: सभी { $count } के नाम क्रम से बताइए।
ask-cell = “{ $subject }” – { $aspect }: इसके बारे में बताइए।
ask-row = { $subjects } में अंतर बताइए। पहलू: { $aspect }
ask-which = नीचे किसका वर्णन है: { $subjects }? (पहलू: { $aspect })
ask-true-false = सही या गलत? “{ $subject }” – { $aspect }:
correction = “{ $subject }” के बारे में सही कथन: { $cell }
list-and = { $first } और { $last }
list-or = { $first } या { $last }
list-comma = { $first }, { $last }

## Worksheets

name-line = नाम
date-line = दिनांक
do-match = दोनों स्तंभों का सही मिलान कीजिए।
do-gaps = रिक्त स्थान भरिए।
word-bank = शब्द-सूची
do-table = तालिका पूरी कीजिए।
do-true-false = सही या गलत बताइए।
statement = “{ $subject }” – { $aspect }:
do-choose = सही उत्तर चुनिए।
do-answer = संक्षेप में उत्तर दीजिए।
worksheet = कार्यपत्रक
answer-key = उत्तर-कुंजी
cards = कार्ड
sheet-number = पत्रक संख्या { $seed }
test = प्रश्न-पत्र
roll-line = अनुक्रमांक
class-line = कक्षा
max-marks = पूर्णांक: { $marks }
set-name = सेट { $set }
letters = क ख ग घ ङ च छ ज झ ञ ट ठ ड ढ ण त थ द ध न प फ ब भ म
nothing-asked = इस पाठ्य-सामग्री में अभ्यास के लिए कुछ नहीं है।
calibrate-size = वास्तविक आकार में छपने पर यह रेखा 100 मिमी लंबी है।
calibrate-light = पन्ने को यह पृष्ठ अपनी ओर रखकर रोशनी के सामने देखिए। पीछे का क्रॉस जहाँ झलके, वहाँ दाएँ और नीचे के मिलीमीटर पढ़िए: पिछले पृष्ठ को इतना ही खिसकाना है।

## Fixed words

page = { $number } / { $total }
on-page = पृष्ठ { $number }
contents = विषय-सूची
note = ध्यान दें
tip = सुझाव
important = महत्त्वपूर्ण
warning = चेतावनी
caution = सावधान
question = प्रश्न
answer = उत्तर
answers = उत्तर
hint = संकेत
choose = चुनिए:
true = सही
false = गलत
full-form = पूरा रूप
source = स्रोत
licence = लाइसेंस
updated = अद्यतन
figure = चित्र
authors = लेखक
subject = विषय
show-answer = उत्तर देखें
retired = यह कार्ड अब पाठ्य-सामग्री का हिस्सा नहीं है। आप इसे हटा सकते हैं।
