//! Tests over the whole of patra, and what they share.
