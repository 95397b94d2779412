### اردو

## Questions

ask-meaning = ”{ $term }“ کا کیا مطلب ہے؟
ask-meaning-of-kind = ”{ $term }“ سے کیا مراد ہے؟ ({ $kind })
ask-term = نیچے دیا گیا مطلب کس لفظ کا ہے؟
ask-term-of-kind = نیچے ان میں سے کس کا بیان ہے؟ ({ $kind })
ask-full-form = ”{ $term }“ کی پوری شکل کیا ہے؟
ask-abbreviation = ”{ $full }“ کا مخفف کیا ہے؟
ask-pick = چنیے کہ نیچے کس کا بیان ہے۔ ({ $kind })
ask-member = کون سا نام چھوٹ گیا ہے؟ ({ $kind })
ask-next = ”{ $term }“ کے فوراً بعد کیا آتا ہے؟ ({ $kind })
ask-region = تصویر میں نشان زدہ حصہ کیا ہے؟ ({ $picture })
ask-all = تمام { $count } کے نام بتائیے: { $kind }
ask-all-in-order = تمام { $count } کے نام ترتیب سے بتائیے: { $kind }
ask-cell = ”{ $subject }“ کے بارے میں یہ پہلو سمجھائیے: { $aspect }
ask-row = { $subjects } میں فرق بتائیے۔ پہلو: { $aspect }
ask-which = نیچے کس کا بیان ہے: { $subjects }؟ (پہلو: { $aspect })
ask-true-false = صحیح یا غلط؟ ”{ $subject }“ – { $aspect }:
correction = ”{ $subject }“ کے بارے میں صحیح بات: { $cell }
list-and = { $first } اور { $last }
list-or = { $first } یا { $last }
list-comma = { $first }، { $last }

## Worksheets

name-line = نام
date-line = تاریخ
do-match = دونوں کالموں کو صحیح ملائیے۔
do-gaps = خالی جگہیں پُر کیجیے۔
word-bank = الفاظ کی فہرست
do-table = جدول مکمل کیجیے۔
do-true-false = صحیح یا غلط بتائیے۔
statement = ”{ $subject }“ – { $aspect }:
do-choose = صحیح جواب چنیے۔
do-answer = مختصر جواب دیجیے۔
worksheet = ورک شیٹ
answer-key = جوابات کی کلید
cards = کارڈ
sheet-number = پرچہ نمبر { $seed }
test = سوالیہ پرچہ
roll-line = رول نمبر
class-line = جماعت
max-marks = کل نمبر: { $marks }
set-name = سیٹ { $set }
letters = الف ب ج د ہ و ز ح ط ی ک ل م ن س ع ف ص ق ر ش ت ث خ ذ
nothing-asked = اس مواد میں مشق کے لیے کچھ نہیں ہے۔
calibrate-size = اصل سائز میں چھپنے پر یہ لکیر 100 ملی میٹر لمبی ہے۔
calibrate-light = یہ رخ اپنی طرف رکھ کر ورق کو روشنی کے سامنے دیکھیے۔ پیچھے کا نشان جہاں جھلکے، وہاں دائیں اور نیچے کے ملی میٹر پڑھیے: پچھلا رخ اتنا ہی سرکانا ہے۔

## Fixed words

page = { $number } / { $total }
on-page = صفحہ { $number }
contents = فہرست
note = توجہ دیجیے
tip = مشورہ
important = اہم
warning = تنبیہ
caution = خبردار
question = سوال
answer = جواب
answers = جوابات
hint = اشارہ
choose = چنیے:
true = صحیح
false = غلط
full-form = پوری شکل
source = ماخذ
licence = لائسنس
updated = تازہ کاری
figure = شکل
authors = مصنفین
subject = مضمون
show-answer = جواب دیکھیے
retired = یہ اب نصاب میں نہیں ہے۔
