### മലയാളം

## Questions

ask-meaning = “{ $term }” എന്നതിന്റെ അർഥമെന്ത്?
ask-meaning-of-kind = “{ $term }” എന്നാൽ എന്ത്? ({ $kind })
ask-term = താഴെ കൊടുത്ത അർഥം ഏതു പദത്തിന്റേതാണ്?
ask-term-of-kind = താഴെ ഇവയിൽ ഏതിനെയാണ് വിവരിക്കുന്നത്? ({ $kind })
ask-full-form = “{ $term }” എന്നതിന്റെ പൂർണരൂപം എന്ത്?
ask-abbreviation = “{ $full }” എന്നതിന്റെ ചുരുക്കരൂപം എന്ത്?
ask-pick = താഴെ വിവരിക്കുന്നത് ഏതിനെയെന്നു തിരഞ്ഞെടുക്കുക. ({ $kind })
ask-member = വിട്ടുപോയത് ഏത്? ({ $kind })
ask-next = “{ $term }” കഴിഞ്ഞാൽ ഉടനെ വരുന്നത് എന്ത്? ({ $kind })
ask-region = ചിത്രത്തിൽ അടയാളപ്പെടുത്തിയ ഭാഗം ഏത്? ({ $picture })
ask-all = { $count } എണ്ണത്തിന്റെയും പേരു പറയുക: { $kind }
ask-all-in-order = { $count } എണ്ണത്തിന്റെയും പേരു ക്രമത്തിൽ പറയുക: { $kind }
ask-cell = “{ $subject }” എന്നതിന്റെ ഈ വശം വിവരിക്കുക: { $aspect }
ask-row = { $subjects }: വ്യത്യാസം പറയുക. വശം: { $aspect }
ask-which = താഴെ ഏതിനെയാണ് വിവരിക്കുന്നത്: { $subjects }? (വശം: { $aspect })
ask-true-false = ശരിയോ തെറ്റോ? “{ $subject }” – { $aspect }:
correction = “{ $subject }” എന്നതിനെക്കുറിച്ചു ശരിയായ പ്രസ്താവന: { $cell }
list-and = { $first }, { $last } എന്നിവ
list-or = { $first } അല്ലെങ്കിൽ { $last }
list-comma = { $first }, { $last }

## Worksheets

name-line = പേര്
date-line = തീയതി
do-match = രണ്ടു കോളങ്ങൾ ചേരുംപടി ചേർക്കുക.
do-gaps = വിട്ടുപോയ ഭാഗം പൂരിപ്പിക്കുക.
word-bank = പദസഞ്ചയം
do-table = പട്ടിക പൂർത്തിയാക്കുക.
do-true-false = ശരിയോ തെറ്റോ എന്നെഴുതുക.
statement = “{ $subject }” – { $aspect }:
do-choose = ശരിയുത്തരം തിരഞ്ഞെടുക്കുക.
do-answer = ചുരുക്കി ഉത്തരമെഴുതുക.
worksheet = പ്രവർത്തനപത്രം
answer-key = ഉത്തരസൂചിക
cards = കാർഡുകൾ
sheet-number = പത്രം നമ്പർ { $seed }
test = ചോദ്യപേപ്പർ
roll-line = റോൾ നമ്പർ
class-line = ക്ലാസ്
max-marks = ആകെ മാർക്ക്: { $marks }
set-name = സെറ്റ് { $set }
letters = അ ആ ഇ ഈ ഉ ഊ എ ഏ ഐ ഒ ഓ ഔ ക ഖ ഗ ഘ ച ഛ ജ ഝ ട ഠ ഡ ഢ ത
nothing-asked = ഈ പാഠത്തിൽ പരിശീലിക്കാൻ ഒന്നുമില്ല.
calibrate-size = യഥാർഥ വലുപ്പത്തിൽ അച്ചടിച്ചാൽ ഈ വരയ്ക്ക് 100 മി.മീ. നീളമുണ്ട്.
calibrate-light = ഈ വശം നിങ്ങൾക്കു നേരെ വരത്തക്കവിധം കടലാസ് വെളിച്ചത്തിനു നേരെ പിടിക്കുക. മറുവശത്തെ കുരിശ് കാണുന്നിടത്ത് വലത്തോട്ടും താഴോട്ടുമുള്ള മില്ലിമീറ്റർ വായിക്കുക: മറുവശം അത്രയും നീക്കണം.

## Fixed words

page = { $number } / { $total }
on-page = പേജ് { $number }
contents = ഉള്ളടക്കം
note = ശ്രദ്ധിക്കുക
tip = നിർദേശം
important = പ്രധാനം
warning = മുന്നറിയിപ്പ്
caution = ജാഗ്രത
question = ചോദ്യം
answer = ഉത്തരം
answers = ഉത്തരങ്ങൾ
hint = സൂചന
choose = തിരഞ്ഞെടുക്കുക:
true = ശരി
false = തെറ്റ്
full-form = പൂർണരൂപം
source = ഉറവിടം
licence = ലൈസൻസ്
updated = പുതുക്കിയത്
figure = ചിത്രം
authors = രചയിതാക്കൾ
subject = വിഷയം
show-answer = ഉത്തരം കാണുക
retired = ഇത് ഇപ്പോൾ പാഠ്യപദ്ധതിയിൽ ഇല്ല.
