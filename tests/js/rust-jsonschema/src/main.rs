//! Reads `[schema, orders]` and writes whether each order is valid.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (schema, orders): (serde_json::Value, Vec<serde_json::Value>) =
        serde_json::from_reader(std::io::stdin())?;
    let validator = jsonschema::draft202012::new(&schema)?;
    let verdicts: Vec<bool> = orders
        .iter()
        .map(|order| validator.is_valid(order))
        .collect();
    serde_json::to_writer(std::io::stdout(), &verdicts)?;
    Ok(())
}
