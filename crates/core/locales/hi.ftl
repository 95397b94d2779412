### हिन्दी: सीखने वाले से क्या पूछा जाए, और आउटपुट के स्थायी शब्द।
### Any term can stand in any of these: no postposition follows a bare term, since its oblique form is not known, and
### no adjective or verb agrees with it, since its gender is not known.

## Questions

ask-meaning = “{ $term }” का क्या अर्थ है?
ask-meaning-of-kind = “{ $term }” से क्या आशय है? ({ $kind })
ask-term = नीचे दिया गया अर्थ किस शब्द का है?
ask-term-of-kind = नीचे इनमें से किसका वर्णन है? ({ $kind })
ask-full-form = “{ $term }” का पूरा रूप क्या है?
ask-all = सभी { $count } के नाम बताइए: { $kind }
ask-all-in-order = सभी { $count } के नाम क्रम से बताइए: { $kind }
ask-cell = “{ $subject }” के बारे में यह पहलू समझाइए: { $aspect }
ask-row = { $subjects } में अंतर बताइए। पहलू: { $aspect }
list-and = { $first } और { $last }
list-comma = { $first }, { $last }

## Fixed words

page = { $number } / { $total }
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
