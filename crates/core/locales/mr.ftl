### मराठी

## Questions

ask-meaning = “{ $term }” म्हणजे काय?
ask-meaning-of-kind = “{ $term }” म्हणजे काय? ({ $kind })
ask-term = खाली दिलेला अर्थ कोणत्या शब्दाचा आहे?
ask-term-of-kind = खाली यांपैकी कशाचे वर्णन आहे? ({ $kind })
ask-full-form = “{ $term }” चे पूर्ण रूप काय आहे?
ask-abbreviation = “{ $full }” चे संक्षिप्त रूप काय आहे?
ask-pick = खाली कशाचे वर्णन आहे ते निवडा. ({ $kind })
ask-member = कोणते नाव सुटले आहे? ({ $kind })
ask-next = “{ $term }” नंतर लगेच काय येते? ({ $kind })
ask-region = चित्रात खूण केलेला भाग कोणता आहे? ({ $picture })
ask-all = सर्व { $count } नावे सांगा: { $kind }
ask-all-in-order = सर्व { $count } नावे क्रमाने सांगा: { $kind }
ask-cell = “{ $subject }” बद्दल हा पैलू स्पष्ट करा: { $aspect }
ask-row = { $subjects } यांच्यातील फरक सांगा. पैलू: { $aspect }
ask-which = खाली कशाचे वर्णन आहे: { $subjects }? (पैलू: { $aspect })
ask-true-false = बरोबर की चूक? “{ $subject }” – { $aspect }:
correction = “{ $subject }” बद्दल बरोबर विधान: { $cell }
list-and = { $first } आणि { $last }
list-or = { $first } किंवा { $last }
list-comma = { $first }, { $last }

## Worksheets

name-line = नाव
date-line = दिनांक
do-match = दोन्ही स्तंभांच्या योग्य जोड्या लावा.
do-gaps = रिकाम्या जागा भरा.
word-bank = शब्दसूची
do-table = तक्ता पूर्ण करा.
do-true-false = बरोबर की चूक ते सांगा.
statement = “{ $subject }” – { $aspect }:
do-choose = योग्य उत्तर निवडा.
do-answer = थोडक्यात उत्तरे द्या.
worksheet = कार्यपत्रिका
answer-key = उत्तरसूची
cards = कार्डे
sheet-number = पत्रिका क्र. { $seed }
test = प्रश्नपत्रिका
roll-line = आसन क्रमांक
class-line = इयत्ता
max-marks = एकूण गुण: { $marks }
set-name = संच { $set }
letters = अ आ इ ई उ ऊ ए ऐ ओ औ क ख ग घ च छ ज झ ट ठ ड ढ त थ द
nothing-asked = या पाठ्यसामग्रीत सरावासाठी काहीही नाही.
calibrate-size = प्रत्यक्ष आकारात छापल्यास ही रेघ 100 मिमी लांब असते.
calibrate-light = ही बाजू आपल्याकडे ठेवून पान उजेडासमोर धरा. मागची फुली जिथे दिसते तिथले उजवीकडचे आणि खालचे मिलिमीटर वाचा: मागची बाजू तेवढीच सरकवायची.

## Fixed words

page = { $number } / { $total }
on-page = पृष्ठ { $number }
contents = अनुक्रमणिका
note = टीप
tip = सूचना
important = महत्त्वाचे
warning = इशारा
caution = सावधान
question = प्रश्न
answer = उत्तर
answers = उत्तरे
hint = संकेत
choose = निवडा:
true = बरोबर
false = चूक
full-form = पूर्ण रूप
source = स्रोत
licence = परवाना
updated = अद्ययावत
figure = आकृती
authors = लेखक
subject = विषय
show-answer = उत्तर पाहा
retired = हे आता अभ्यासक्रमात नाही.
