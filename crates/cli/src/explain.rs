//! What the codes of problems mean.

use std::io::{self, Write};

use patra_core::{Code, Explanation, Severity, phrase};

use crate::arguments::Explain;
use crate::report::{Report, Voice};
use patra_build::exit::Exit;
use patra_build::input::Failure;

/// Explains codes, or lists all of them.
pub(crate) fn run(arguments: &Explain, voice: Voice) -> Exit {
    let mut report = Report::new(voice);
    let mut codes = Vec::new();
    for name in &arguments.codes {
        match name.to_ascii_uppercase().parse::<Code>() {
            Ok(code) => codes.push(code),
            Err(error) => {
                let hint = Some(phrase!("`patra explain` lists all codes"));
                report.failure(&Failure { message: error.into(), hint, exit: Exit::Usage });
            }
        }
    }
    let mut out = io::stdout().lock();
    let told = if arguments.codes.is_empty() { list(&mut out, voice) } else { explain(&mut out, &codes, voice) };
    match told.and_then(|()| out.flush()) {
        // Whoever read it has read enough.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => report.failure(&Failure::output(&error)),
        _ => {}
    }
    report.finish()
}

fn list(out: &mut impl Write, voice: Voice) -> io::Result<()> {
    let mut all = Code::ALL.to_vec();
    all.sort();
    for code in all {
        writeln!(out, "{code} {}: {}", severity(code, voice), code.explanation(voice.locale).meaning)?;
    }
    Ok(())
}

fn explain(out: &mut impl Write, codes: &[Code], voice: Voice) -> io::Result<()> {
    for (index, code) in codes.iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        let Explanation { meaning, more, example, remedy, .. } = code.explanation(voice.locale);
        writeln!(out, "{code} {}: {meaning}", severity(*code, voice))?;
        if !more.is_empty() {
            writeln!(out, "\n{more}")?;
        }
        if let Some(example) = example {
            writeln!(out, "\n{}\n", voice.say(&phrase!("Such a source has it:")))?;
            for line in example.lines() {
                writeln!(out, "{}", format!("    {line}").trim_end())?;
            }
        }
        writeln!(out, "\n→ {remedy}")?;
    }
    Ok(())
}

fn severity(code: Code, voice: Voice) -> String {
    let said = match code.severity() {
        Severity::Warning => phrase!("warning"),
        _ => phrase!("error"),
    };
    voice.say(&said).into_owned()
}
