### বাংলা

## Questions

ask-meaning = “{ $term }” মানে কী?
ask-meaning-of-kind = “{ $term }” বলতে কী বোঝায়? ({ $kind })
ask-term = নিচের অর্থটি কোন শব্দের?
ask-term-of-kind = নিচে এগুলির মধ্যে কোনটির বর্ণনা আছে? ({ $kind })
ask-full-form = “{ $term }” কথাটির পুরো রূপ কী?
ask-abbreviation = “{ $full }” কথাটির সংক্ষিপ্ত রূপ কী?
ask-pick = নিচে কোনটির বর্ণনা আছে, বেছে নাও। ({ $kind })
ask-member = কোন নামটি বাদ পড়েছে? ({ $kind })
ask-next = “{ $term }”-এর ঠিক পরে কী আসে? ({ $kind })
ask-region = ছবিতে চিহ্নিত অংশটি কী? ({ $picture })
ask-all = সব কটির ({ $count }) নাম বলো: { $kind }
ask-all-in-order = সব কটির ({ $count }) নাম ক্রম অনুসারে বলো: { $kind }
ask-cell = “{ $subject }” সম্পর্কে এই দিকটি বুঝিয়ে বলো: { $aspect }
ask-row = { $subjects }: পার্থক্য বলো। দিক: { $aspect }
ask-which = নিচে কোনটির বর্ণনা আছে: { $subjects }? (দিক: { $aspect })
ask-true-false = ঠিক না ভুল? “{ $subject }” – { $aspect }:
correction = “{ $subject }” সম্পর্কে ঠিক কথা: { $cell }
list-and = { $first } ও { $last }
list-or = { $first } না { $last }
list-comma = { $first }, { $last }

## Worksheets

name-line = নাম
date-line = তারিখ
do-match = দুই স্তম্ভ মেলাও।
do-gaps = শূন্যস্থান পূরণ করো।
word-bank = শব্দভাণ্ডার
do-table = ছকটি পূরণ করো।
do-true-false = ঠিক না ভুল, লেখো।
statement = “{ $subject }” – { $aspect }:
do-choose = ঠিক উত্তরটি বেছে নাও।
do-answer = সংক্ষেপে উত্তর দাও।
worksheet = কর্মপত্র
answer-key = উত্তরসূচি
cards = কার্ড
sheet-number = পত্র নং { $seed }
test = প্রশ্নপত্র
roll-line = ক্রমিক নং
class-line = শ্রেণি
max-marks = পূর্ণমান: { $marks }
set-name = সেট { $set }
letters = ক খ গ ঘ ঙ চ ছ জ ঝ ঞ ট ঠ ড ঢ ণ ত থ দ ধ ন প ফ ব ভ ম
nothing-asked = এই পাঠে অনুশীলনের কিছু নেই।
calibrate-size = আসল মাপে ছাপলে এই রেখাটি 100 মিমি লম্বা হয়।
calibrate-light = এই পিঠ নিজের দিকে রেখে পাতাটি আলোর সামনে ধরো। পেছনের ক্রস যেখানে দেখা যায়, সেখানে ডান দিকের আর নিচের মিলিমিটার পড়ো: পেছনের পিঠ ততটাই সরাতে হবে।

## Fixed words

page = { $number } / { $total }
on-page = পৃষ্ঠা { $number }
contents = সূচিপত্র
note = লক্ষ করো
tip = পরামর্শ
important = গুরুত্বপূর্ণ
warning = সতর্কতা
caution = সাবধান
question = প্রশ্ন
answer = উত্তর
answers = উত্তরমালা
hint = সংকেত
choose = বেছে নাও:
true = ঠিক
false = ভুল
full-form = পুরো রূপ
source = উৎস
licence = লাইসেন্স
updated = হালনাগাদ
figure = চিত্র
authors = লেখক
subject = বিষয়
show-answer = উত্তর দেখো
retired = এটি এখন আর পাঠক্রমে নেই।
