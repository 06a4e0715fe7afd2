//! `hcpcs units`: from a dose or a package to billing units.

use std::path::PathBuf;

use hcpcs::counted;
use hcpcs::search::{PackageAnswer, UnitsAnswer, UnitsError, UnitsRequest};

use super::args::UnitsArguments;
use super::print::{self, CODE, DIM, Failure, HEADING, Outcome, Printer};
use super::{Run, folders, output};

/// The width of a line's name, in columns.
const NAME_WIDTH: usize = 14;

pub(crate) fn run(
    arguments: &UnitsArguments,
    index: Option<PathBuf>,
    printer: &mut Printer,
) -> Run {
    let searcher = folders::open(index)?;
    let answer = searcher.units(&UnitsRequest::from(arguments));
    searcher.check_read()?;
    match answer {
        Ok(answer) if arguments.json => printer.line(output::json(&answer)?)?,
        Ok(answer) => print_answer(&answer, printer)?,
        Err(error) if error.is_missing() => {
            print::note(&format!("{error}{}", next_step(&error)));
            return Ok(Outcome::Nothing);
        }
        Err(error) => return Err(Failure::Usage(error.to_string())),
    }
    Ok(Outcome::Found)
}

/// The next step after an error, in the words of the command line.
fn next_step(error: &UnitsError) -> &'static str {
    match error {
        UnitsError::NoCrosswalk(_) => "; add it with `hcpcs update FILE`",
        UnitsError::SeveralCodes { .. } => " (`hcpcs units CODE --ndc NDC`)",
        _ => "",
    }
}

fn print_answer(answer: &UnitsAnswer, printer: &mut Printer) -> Result<(), Failure> {
    let UnitsAnswer {
        code,
        unit,
        as_of,
        release,
        long_descriptor,
        ..
    } = answer;
    let head = match (answer.units, &answer.dose) {
        (Some(units), dose) => {
            let units = counted(units, "unit");
            let of = dose
                .as_ref()
                .map_or(String::new(), |dose| format!(" for {dose}"));
            format!("{HEADING}{units}{HEADING:#} of {unit}{of}")
        }
        (None, _) => format!("a unit is {HEADING}{unit}{HEADING:#}"),
    };
    wrapped(&format!("{CODE}{code:<7}{CODE:#}"), &head, 7, printer)?;
    wrapped(&" ".repeat(7), long_descriptor, 7, printer)?;
    let scope = answer
        .release_scope
        .as_ref()
        .map_or(String::new(), |scope| format!(", {scope}"));
    let state = format!("{DIM}valid on {as_of}, release {release}{scope}{DIM:#}");
    wrapped(&" ".repeat(7), &state, 7, printer)?;
    printer.line("")?;
    if answer.rounded_up {
        named("Rounded up", "the last unit is only partly given", printer)?;
    }
    if let Some(vials) = &answer.vials {
        let left = vials
            .left
            .as_ref()
            .map_or(String::new(), |left| format!(", {left} left"));
        named(
            "Vials",
            &format!("{} of {}{left}", vials.vials, vials.vial),
            printer,
        )?;
    }
    for line in &answer.lines {
        let modifier = line
            .modifier
            .map_or("  ".to_owned(), |code| code.to_string());
        let text = match modifier.as_str() {
            "JW" => "  discarded",
            "JZ" => "  given, nothing discarded",
            _ => "  given",
        };
        let units = line.units;
        let quantity = line.ndc_quantity.map(|own| format!(", NDC quantity {own}"));
        let quantity = quantity.unwrap_or_default();
        named(
            "Claim line",
            &format!("{} {modifier}  {units:>6}{text}{quantity}", line.code),
            printer,
        )?;
    }
    if let Some(rule) = answer.rule {
        named("Rule", rule, printer)?;
    }
    if let Some(package) = &answer.package {
        print_package(package, answer, printer)?;
    }
    for notice in &answer.notices {
        named("Note", notice, printer)?;
    }
    printer.line(format!("{DIM}{}{DIM:#}", answer.basis))
}

fn print_package(
    package: &PackageAnswer,
    answer: &UnitsAnswer,
    printer: &mut Printer,
) -> Result<(), Failure> {
    let PackageAnswer {
        ndc,
        brand,
        labeler,
        quantities,
        source,
        ..
    } = package;
    named(
        "Package",
        &format!("{ndc}  {brand}, {labeler} ({source})"),
        printer,
    )?;
    let of = format!(
        "{} a vial of size {}, {} a package of {}",
        counted(quantities.units_per_vial, "unit"),
        quantities.size,
        counted(quantities.units_per_package, "unit"),
        quantities.vials
    );
    named("", &of, printer)?;
    if let Some(vials) = package.vials.filter(|_| answer.vials.is_none()) {
        named("Vials", &vials.to_string(), printer)?;
    }
    if let Some(packages) = package.packages {
        named("Packages", &packages.to_string(), printer)?;
    }
    if let Some(exact) = &package.exact_units {
        named("Units, exact", &exact.to_string(), printer)?;
    }
    if let Some(quantity) = &package.ndc_quantity {
        let of = if answer.lines.len() > 1 {
            " of all lines"
        } else {
            ""
        };
        named("NDC quantity", &format!("{quantity}{of}"), printer)?;
    }
    Ok(())
}

fn named(name: &str, value: &str, printer: &mut Printer) -> Result<(), Failure> {
    wrapped(&format!("{name:<NAME_WIDTH$}"), value, NAME_WIDTH, printer)
}

/// A text after its first columns, with its other lines indented.
fn wrapped(first: &str, text: &str, indent: usize, printer: &mut Printer) -> Result<(), Failure> {
    let indent = " ".repeat(indent);
    let options = textwrap::Options::new(printer.width())
        .initial_indent(first)
        .subsequent_indent(&indent);
    for line in textwrap::wrap(text, options) {
        printer.line(line)?;
    }
    Ok(())
}
