use std::borrow::Cow;

use async_graphql::{
    ContextSelectionSet, OutputType, Positioned, ServerResult, Value, parser::types::Field,
    registry::Registry,
};

/// A kind as the type of a field that every kind has. It names the type and leaves its declaration to the interface:
/// a kind is merged from those very fields, so declaring it while they are being declared would merge none of them.
pub struct Declared<T>(pub T);

impl<T: OutputType> OutputType for Declared<T> {
    fn type_name() -> Cow<'static, str> {
        T::type_name()
    }

    fn create_type_info(_: &mut Registry) -> String {
        T::qualified_type_name()
    }

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, field: &Positioned<Field>) -> ServerResult<Value> {
        self.0.resolve(ctx, field).await
    }
}
