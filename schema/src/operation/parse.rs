use callboard_kit::{GraphqlError, Location};
use graphql_tools::{
    parser::{parse_query, query::Document as QueryDocument},
    static_graphql::query::Document,
    validation::{
        rules::default_rules_validation_plan,
        validate::{ValidationPlan, validate as run_rules},
    },
};

use super::locate::Locate;
use crate::schema_index::SchemaIndex;

/// A document whose size has been checked, or what is wrong with it and where.
pub(crate) fn parse(query: &str) -> Result<Document, Box<GraphqlError>> {
    parse_query::<String>(query).map(QueryDocument::into_static).map_err(|error| {
        let position = error.0.position;
        let (line, column) = (position.line, position.column);
        let text = error.to_string();
        let details: Vec<&str> =
            text.lines().skip(1).map(str::trim).filter(|line| !line.is_empty()).collect();
        let message = if details.is_empty() { text.trim().to_owned() } else { details.join(", ") };
        Box::new(GraphqlError {
            message: format!("syntax error: {message}"),
            locations: vec![Location { line, column }],
            ..GraphqlError::default()
        })
    })
}

/// What is wrong with a document under the rules of the specification.
pub(crate) fn validate(schema: &SchemaIndex, document: &Document) -> Vec<GraphqlError> {
    thread_local! {
        static RULES: ValidationPlan = {
            let mut rules = default_rules_validation_plan();
            rules.add_rule(Box::new(Locate));
            rules
        };
    }
    let mut errors: Vec<GraphqlError> = RULES.with(|rules| {
        run_rules(&schema.document, document, rules)
            .into_iter()
            .map(|error| GraphqlError {
                message: error.message,
                locations: error
                    .locations
                    .iter()
                    .map(|position| Location { line: position.line, column: position.column })
                    .collect(),
                ..GraphqlError::default()
            })
            .collect()
    });
    errors.truncate(MAX_ERRORS);
    errors
}

/// More errors than this help nobody.
const MAX_ERRORS: usize = 50;
