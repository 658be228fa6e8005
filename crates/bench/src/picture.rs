//! A picture of figures: bars side by side, readable on light and dark.

use std::fmt::Write;

const WIDTH: usize = 720;
const LABELS: usize = 170;
const BAR: usize = 14;
/// One for each size, from the smallest.
const COLOURS: usize = 4;

/// Bars of some groups, each with a value for each name.
pub fn bars(title: &str, names: &[String], groups: &[(&str, Vec<f64>)]) -> String {
    let most = groups.iter().flat_map(|(_, values)| values).copied().fold(0.01, f64::max);
    let room = (WIDTH - LABELS - 90) as f64;
    let height = 78 + groups.len() * (names.len() * BAR + 16);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" \
         font-family=\"system-ui, sans-serif\" font-size=\"13\">\n<title>{title}</title>\n<style>\n\
         text{{fill:#3b332b}}.paper{{fill:#fffdf8}}.n0{{fill:#c9a26b}}.n1{{fill:#7a4f1d}}.n2{{fill:#4a6a5c}}.n3{{fill:#2f3e55}}\n\
         @media (prefers-color-scheme:dark){{text{{fill:#efe6d8}}.paper{{fill:#1d1915}}.n0{{fill:#8a6c43}}.n1{{fill:#e0b070}}\
         .n2{{fill:#8fbaa6}}.n3{{fill:#9db4da}}}}\n</style>\n\
         <rect class=\"paper\" width=\"{WIDTH}\" height=\"{height}\" rx=\"8\"/>\n\
         <text x=\"16\" y=\"28\" font-size=\"15\">{title}</text>\n"
    );
    for (number, name) in names.iter().enumerate() {
        let x = 16 + number * 170;
        let class = number % COLOURS;
        let _ = writeln!(svg, "<rect class=\"n{class}\" x=\"{x}\" y=\"42\" width=\"12\" height=\"12\"/>");
        let _ = writeln!(svg, "<text x=\"{}\" y=\"53\">{name}</text>", x + 18);
    }
    let mut y = 74;
    for (label, values) in groups {
        let middle = y + values.len() * BAR / 2 + 4;
        let _ = writeln!(svg, "<text x=\"16\" y=\"{middle}\">{label}</text>");
        for (number, value) in values.iter().enumerate() {
            let long = (value / most * room).max(1.0);
            let class = number % COLOURS;
            let _ = writeln!(
                svg,
                "<rect class=\"n{class}\" x=\"{LABELS}\" y=\"{y}\" width=\"{long:.0}\" height=\"{}\"/>",
                BAR - 2
            );
            let _ = writeln!(
                svg,
                "<text x=\"{:.0}\" y=\"{}\" font-size=\"11\">{value:.1}</text>",
                LABELS as f64 + long + 6.0,
                y + 10
            );
            y += BAR;
        }
        y += 16;
    }
    svg + "</svg>\n"
}
