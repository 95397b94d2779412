//! What a caller may decide about a quiz.

use std::collections::BTreeMap;

use patra_core::WorksheetOptions;

/// How a quiz is made.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct QuizOptions {
    /// The files that the material's figures name, by the name as it is written there. Moodle XML and QTI carry them; GIFT
    /// can't. A figure that is not carried is shown by its alternative text, with a warning.
    pub media: BTreeMap<String, Vec<u8>>,
    /// The most lines in one matching question, at least 2. A longer list of terms becomes several matching questions, since more
    /// lines make it a search.
    pub longest_match: usize,
    /// The number that the order of choices follows from, so that a quiz offers them as the worksheet and the test of the same
    /// seed do. Moodle and QTI shuffle them for each learner where none has to keep its place.
    pub seed: u64,
}

impl Default for QuizOptions {
    fn default() -> Self {
        QuizOptions { media: BTreeMap::new(), longest_match: 10, seed: WorksheetOptions::default().seed }
    }
}
