use graphql_tools::{
    ast::{OperationVisitor, OperationVisitorContext},
    parser::Pos,
    static_graphql::query::{
        Definition, Directive, Document, Field, FragmentDefinition, FragmentSpread, InlineFragment,
        OperationDefinition, Selection, SelectionSet, Value, VariableDefinition,
    },
    validation::{
        rules::{ValidationRule, ValidationVisitor},
        utils::ValidationErrorContext,
    },
};

use super::{directives, operation_name, position};

/// The last rule of all: finds nothing itself, but says where the others found what they left without a place.
pub(super) struct Locate;

impl ValidationRule for Locate {
    fn error_code(&self) -> &'static str {
        "Locate"
    }

    fn visitor<'doc>(&self) -> ValidationVisitor<'doc> {
        Box::new(Locator::default())
    }
}

/// Follows the visit; all rules see one event after the other, this one as the last of them.
#[derive(Default)]
struct Locator {
    around: Vec<Pos>,
    located: usize,
}

impl Locator {
    fn enter(&mut self, errors: &mut ValidationErrorContext, position: Pos) {
        self.around.push(position);
        self.locate(errors);
    }

    fn leave(&mut self, errors: &mut ValidationErrorContext) {
        self.locate(errors);
        self.around.pop();
    }

    fn locate(&mut self, errors: &mut ValidationErrorContext) {
        let Some(position) = self.around.last() else { return };
        for error in errors.errors.iter_mut().skip(self.located) {
            if error.locations.is_empty() {
                error.locations.push(*position);
            }
        }
        self.located = errors.errors.len();
    }
}

type Context<'doc> = OperationVisitorContext<'doc>;
type Errors = ValidationErrorContext;

impl<'doc> OperationVisitor<'doc, ValidationErrorContext> for Locator {
    fn enter_operation_definition(
        &mut self,
        _: &mut Context<'doc>,
        errors: &mut Errors,
        operation: &'doc OperationDefinition,
    ) {
        self.enter(errors, position(operation));
    }

    fn leave_operation_definition(
        &mut self,
        _: &mut Context<'doc>,
        errors: &mut Errors,
        _: &OperationDefinition,
    ) {
        self.leave(errors);
    }

    fn enter_fragment_definition(
        &mut self,
        _: &mut Context<'doc>,
        errors: &mut Errors,
        fragment: &'doc FragmentDefinition,
    ) {
        self.enter(errors, fragment.position);
    }

    fn leave_fragment_definition(
        &mut self,
        _: &mut Context<'doc>,
        errors: &mut Errors,
        _: &FragmentDefinition,
    ) {
        self.leave(errors);
    }

    fn enter_variable_definition(
        &mut self,
        _: &mut Context<'doc>,
        errors: &mut Errors,
        variable: &'doc VariableDefinition,
    ) {
        self.enter(errors, variable.position);
    }

    fn leave_variable_definition(
        &mut self,
        _: &mut Context<'doc>,
        errors: &mut Errors,
        _: &VariableDefinition,
    ) {
        self.leave(errors);
    }

    fn enter_directive(&mut self, _: &mut Context<'doc>, errors: &mut Errors, directive: &Directive) {
        self.enter(errors, directive.position);
    }

    fn leave_directive(&mut self, _: &mut Context<'doc>, errors: &mut Errors, _: &Directive) {
        self.leave(errors);
    }

    fn enter_field(&mut self, _: &mut Context<'doc>, errors: &mut Errors, field: &Field) {
        self.enter(errors, field.position);
    }

    fn leave_field(&mut self, _: &mut Context<'doc>, errors: &mut Errors, _: &Field) {
        self.leave(errors);
    }

    fn enter_fragment_spread(
        &mut self,
        _: &mut Context<'doc>,
        errors: &mut Errors,
        spread: &'doc FragmentSpread,
    ) {
        self.enter(errors, spread.position);
    }

    fn leave_fragment_spread(&mut self, _: &mut Context<'doc>, errors: &mut Errors, _: &FragmentSpread) {
        self.leave(errors);
    }

    fn enter_inline_fragment(&mut self, _: &mut Context<'doc>, errors: &mut Errors, inline: &InlineFragment) {
        self.enter(errors, inline.position);
    }

    fn leave_inline_fragment(&mut self, _: &mut Context<'doc>, errors: &mut Errors, _: &InlineFragment) {
        self.leave(errors);
    }

    /// What a rule says of the document as a whole is about something that it quotes by name.
    fn leave_document(&mut self, _: &mut Context<'doc>, errors: &mut Errors, document: &Document) {
        for error in &mut errors.errors {
            if error.locations.is_empty() {
                let name = error.message.split('"').nth(1).unwrap_or_default();
                error
                    .locations
                    .extend(find(document, name).or_else(|| document.definitions.first().map(start)));
            }
        }
    }
}

fn start(definition: &Definition) -> Pos {
    match definition {
        Definition::Operation(operation) => position(operation),
        Definition::Fragment(fragment) => fragment.position,
    }
}

/// Where a `$variable` is declared or used first, or an operation or fragment defined.
fn find(document: &Document, name: &str) -> Option<Pos> {
    let Some(variable) = name.strip_prefix('$') else {
        let mut named = document.definitions.iter().filter(|definition| match definition {
            Definition::Operation(operation) => operation_name(operation) == Some(name),
            Definition::Fragment(fragment) => fragment.name == name,
        });
        // Of several with the same name the later ones are too many.
        return named.next_back().map(start);
    };
    let declared = document.definitions.iter().find_map(|definition| match definition {
        Definition::Operation(operation) => {
            let mut variables = operation.variable_definitions().iter();
            variables.find(|definition| definition.name == variable).map(|definition| definition.position)
        }
        Definition::Fragment(_) => None,
    });
    declared.or_else(|| {
        document.definitions.iter().find_map(|definition| match definition {
            Definition::Operation(operation) => find_use(operation.selection_set(), variable),
            Definition::Fragment(fragment) => find_use(&fragment.selection_set, variable),
        })
    })
}

fn find_use(set: &SelectionSet, variable: &str) -> Option<Pos> {
    set.items.iter().find_map(|selection| {
        let at_directive = || {
            let mut directives = directives(selection).iter();
            directives
                .find(|directive| directive.arguments.iter().any(|(_, value)| uses(value, variable)))
                .map(|directive| directive.position)
        };
        match selection {
            Selection::Field(field) => field
                .arguments
                .iter()
                .any(|(_, value)| uses(value, variable))
                .then_some(field.position)
                .or_else(at_directive)
                .or_else(|| find_use(&field.selection_set, variable)),
            Selection::InlineFragment(inline) => {
                at_directive().or_else(|| find_use(&inline.selection_set, variable))
            }
            Selection::FragmentSpread(_) => at_directive(),
        }
    })
}

fn uses(value: &Value, variable: &str) -> bool {
    match value {
        Value::Variable(name) => name == variable,
        Value::List(items) => items.iter().any(|item| uses(item, variable)),
        Value::Object(fields) => fields.iter().any(|(_, value)| uses(value, variable)),
        _ => false,
    }
}
