### ગુજરાતી

## Questions

ask-meaning = “{ $term }” નો અર્થ શું છે?
ask-meaning-of-kind = “{ $term }” એટલે શું? ({ $kind })
ask-term = નીચે આપેલો અર્થ કયા શબ્દનો છે?
ask-term-of-kind = નીચે આમાંથી શાનું વર્ણન છે? ({ $kind })
ask-full-form = “{ $term }” નું પૂરું રૂપ શું છે?
ask-abbreviation = “{ $full }” નું ટૂંકું રૂપ શું છે?
ask-pick = નીચે શાનું વર્ણન છે તે પસંદ કરો. ({ $kind })
ask-member = કયું નામ રહી ગયું છે? ({ $kind })
ask-next = “{ $term }” પછી તરત શું આવે છે? ({ $kind })
ask-region = ચિત્રમાં નિશાન કરેલો ભાગ કયો છે? ({ $picture })
ask-all = બધાં { $count } નાં નામ જણાવો: { $kind }
ask-all-in-order = બધાં { $count } નાં નામ ક્રમમાં જણાવો: { $kind }
ask-cell = “{ $subject }” વિશે આ પાસું સમજાવો: { $aspect }
ask-row = { $subjects } વચ્ચેનો તફાવત જણાવો. પાસું: { $aspect }
ask-which = નીચે શાનું વર્ણન છે: { $subjects }? (પાસું: { $aspect })
ask-true-false = સાચું કે ખોટું? “{ $subject }” – { $aspect }:
correction = “{ $subject }” વિશે સાચું વિધાન: { $cell }
list-and = { $first } અને { $last }
list-or = { $first } કે { $last }
list-comma = { $first }, { $last }

## Worksheets

name-line = નામ
date-line = તારીખ
do-match = બંને સ્તંભનાં સાચાં જોડકાં જોડો.
do-gaps = ખાલી જગ્યા પૂરો.
word-bank = શબ્દસૂચિ
do-table = કોષ્ટક પૂરું કરો.
do-true-false = સાચું કે ખોટું તે જણાવો.
statement = “{ $subject }” – { $aspect }:
do-choose = સાચો જવાબ પસંદ કરો.
do-answer = ટૂંકમાં જવાબ આપો.
worksheet = કાર્યપત્રક
answer-key = ઉત્તરસૂચિ
cards = કાર્ડ
sheet-number = પત્રક નં. { $seed }
test = પ્રશ્નપત્ર
roll-line = ક્રમાંક
class-line = ધોરણ
max-marks = કુલ ગુણ: { $marks }
set-name = સેટ { $set }
letters = ક ખ ગ ઘ ચ છ જ ઝ ટ ઠ ડ ઢ ત થ દ ધ ન પ ફ બ ભ મ ય ર લ
nothing-asked = આ પાઠ્યસામગ્રીમાં અભ્યાસ માટે કંઈ નથી.
calibrate-size = મૂળ કદમાં છાપતાં આ રેખા 100 મિમી લાંબી છે.
calibrate-light = આ બાજુ પોતાની તરફ રાખીને પાનું પ્રકાશ સામે ધરો. પાછળની ચોકડી જ્યાં દેખાય ત્યાં જમણી અને નીચેની બાજુના મિલિમીટર વાંચો: પાછળની બાજુ તેટલી જ ખસેડવાની છે.

## Fixed words

page = { $number } / { $total }
on-page = પાનું { $number }
contents = અનુક્રમણિકા
note = નોંધ
tip = સૂચન
important = મહત્ત્વનું
warning = ચેતવણી
caution = સાવધાન
question = પ્રશ્ન
answer = જવાબ
answers = જવાબો
hint = સંકેત
choose = પસંદ કરો:
true = સાચું
false = ખોટું
full-form = પૂરું રૂપ
source = સ્રોત
licence = પરવાનો
updated = અદ્યતન
figure = આકૃતિ
authors = લેખક
subject = વિષય
show-answer = જવાબ જુઓ
retired = આ હવે અભ્યાસક્રમમાં નથી.
