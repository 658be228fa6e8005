//! Charts: where things stand is worked out here, `templates/parts/chart.html` draws it, and `app.css` colours it.

use jiff::civil::Date;

const WIDTH: f64 = 580.0;
const HEIGHT: f64 = 240.0;
const LEFT: f64 = 38.0;
const RIGHT: f64 = 22.0;
const TOP: f64 = 18.0;
const BOTTOM: f64 = 36.0;

/// One point of a line.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// From the left.
    pub x: f64,
    /// From the top.
    pub y: f64,
}

/// Numbers from 0 to 10 over time, as a line.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// The points, in order.
    pub points: Vec<Point>,
    /// The first day, in words.
    pub first: String,
    /// The last day, in words.
    pub last: String,
}

fn tenth(number: f64) -> f64 {
    (number * 10.0).round() / 10.0
}

fn height(number: u8) -> f64 {
    tenth(TOP + (HEIGHT - TOP - BOTTOM) * (1.0 - f64::from(number) / 10.0))
}

impl Line {
    /// A line through these numbers, each as far from the first as its day. `None` when there is nothing to join: a line
    /// needs two.
    pub fn of(numbers: &[(Date, u8)], say: impl Fn(Date) -> String) -> Option<Line> {
        let ([(from, _), .., (until, _)], count) = (numbers, numbers.len()) else { return None };
        let days = |day: Date| f64::from((day - *from).get_days());
        let span = days(*until);
        let across = |at: usize, day: Date| {
            let share = if span > 0.0 { days(day) / span } else { at as f64 / (count - 1) as f64 };
            tenth(LEFT + (WIDTH - LEFT - RIGHT) * share)
        };
        let points = numbers.iter().enumerate();
        let points = points.map(|(at, (day, number))| Point { x: across(at, *day), y: height(*number) });
        Some(Line { points: points.collect(), first: say(*from), last: say(*until) })
    }

    /// The line as a path.
    pub fn path(&self) -> String {
        let points: Vec<String> =
            self.points.iter().map(|point| format!("{} {}", point.x, point.y)).collect();
        format!("M{}", points.join("L"))
    }

    /// The lines of the scale: how high each stands, and its number.
    pub fn scale(&self) -> [(f64, u8); 3] {
        [0, 5, 10].map(|number| (height(number), number))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_line_needs_two_points_and_stands_in_its_days() {
        let line = |numbers: &[(Date, u8)]| Line::of(numbers, |day| day.to_string());
        let day = |day| date(2026, 11, day);
        assert_eq!(line(&[]), None);
        assert_eq!(line(&[(day(1), 3)]), None);
        let drawn = line(&[(day(1), 0), (day(2), 5), (day(11), 10)]).unwrap();
        let (first, second, last) = (&drawn.points[0], &drawn.points[1], &drawn.points[2]);
        assert!(first.y > second.y && second.y > last.y, "higher is nearer");
        assert_eq!((first.x, last.x), (LEFT, WIDTH - RIGHT));
        assert!((second.x - first.x) * 9.0 < last.x - first.x, "a day is a tenth of ten days");
        let same = line(&[(day(1), 2), (day(1), 4)]).unwrap();
        assert_eq!((same.points[0].x, same.points[1].x), (LEFT, WIDTH - RIGHT));
        assert_eq!(line(&[(date(2026, 1, 1), 2), (date(2026, 12, 1), 4)]).unwrap().points.len(), 2);
    }
}
