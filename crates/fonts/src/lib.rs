//! The font families that handouts are set in, embedded.
