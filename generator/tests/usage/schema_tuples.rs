//! Tuples and what callers put in them.

use fixture_schema_tuples::models::{Expression, ExpressionFirst, Line, Point};
use fixture_schema_tuples::{Client, Error};

async fn lines(client: Client) -> Result<(), Error> {
    let line = client.lines().get((1.0, 2.0)).await?;
    let (name, count) = line.pair;
    let Line { from: (x, y), open, .. } = line;
    let is_open: Option<bool> = open.map(|(_, is_open)| is_open);
    let points: Vec<Point> = client.points().list().await?;
    let sum: f64 = points.iter().map(|(x, y)| x * y).sum();
    client.lines().update((x, y), (name, count + 1)).to((sum, 0.0)).open(("a".to_owned(), is_open == Some(true))).await?;
    let not = (ExpressionFirst::Not, Box::new(Expression::from(1.0)));
    let and = ("and".to_owned(), Box::new(Expression::from(not)), Box::new(2.0.into()));
    client.expressions().evaluate(and).await?;
    Ok(())
}

fn main() {
    let _ = lines;
}
