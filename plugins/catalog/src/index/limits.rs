use callboard_kit::{Code, EntityFilter, EntityOrder, MAX_FILTER_VALUE, Problem, Result};

/// How deep filters nest.
const MAX_DEPTH: usize = 12;
/// How many filters and field conditions one filter holds.
const MAX_CONDITIONS: usize = 200;
/// How many values one filter holds.
const MAX_VALUES: usize = 5000;
/// How many keys an order has.
const MAX_ORDER: usize = 5;
/// Bytes of a dotted path. It is read as a list and an item of it in as many ways as it has dots.
pub(super) const MAX_PATH: usize = 1000;
/// Bytes of a text to find, each word of which is looked for in all words of the catalog.
const MAX_TEXT: usize = 1000;

/// Refuses a client's filter that is too deep or too large to be meant.
pub fn check_filter(filter: &EntityFilter) -> Result<()> {
    let mut conditions = 0;
    let mut values = 0;
    let mut open = vec![(filter, 1)];
    while let Some((filter, depth)) = open.pop() {
        let fields = filter.fields.as_deref().unwrap_or_default();
        conditions += 1 + fields.len();
        values += lists(filter).into_iter().sum::<usize>();
        values += fields.iter().map(|field| field.values.as_ref().map_or(0, Vec::len)).sum::<usize>();
        if depth > MAX_DEPTH || conditions > MAX_CONDITIONS || values > MAX_VALUES {
            return Err(Problem::new(
                Code::TooComplex,
                format!(
                    "a filter may nest {MAX_DEPTH} deep and hold {MAX_CONDITIONS} conditions and {MAX_VALUES} values"
                ),
            ));
        }
        fields.iter().try_for_each(|field| check_path("field", &field.field))?;
        let mut written = fields.iter().flat_map(|field| field.values.iter().flatten());
        if written.any(|value| value.len() > MAX_FILTER_VALUE) {
            let message =
                format!("a value of `in` is longer than {MAX_FILTER_VALUE} bytes, which cannot be compared");
            return Err(Problem::bad_input("in", message));
        }
        let inner = filter.all_of.iter().chain(&filter.any_of).flatten();
        open.extend(inner.chain(filter.not.as_deref()).map(|filter| (filter, depth + 1)));
    }
    Ok(())
}

fn lists(filter: &EntityFilter) -> [usize; 8] {
    let len = |list: &Option<Vec<String>>| list.as_ref().map_or(0, Vec::len);
    [
        len(&filter.kind),
        len(&filter.namespace),
        len(&filter.name),
        len(&filter.type_),
        len(&filter.lifecycle),
        len(&filter.tags),
        filter.owner.as_ref().map_or(0, Vec::len),
        filter.reference.as_ref().map_or(0, Vec::len),
    ]
}

/// Refuses a path that nothing is found at.
pub fn check_path(argument: &str, path: &str) -> Result<()> {
    if path.len() > MAX_PATH {
        return Err(Problem::bad_input(argument, format!("a path has {MAX_PATH} bytes at most")));
    }
    Ok(())
}

/// Refuses a text that is longer than anyone searches for.
pub fn check_text(text: &str) -> Result<()> {
    if text.len() > MAX_TEXT {
        return Err(Problem::bad_input("text", format!("`text` has {MAX_TEXT} bytes at most")));
    }
    Ok(())
}

/// Refuses an order of more keys than anyone reads by.
pub fn check_order(order: &[EntityOrder]) -> Result<()> {
    if order.len() > MAX_ORDER {
        return Err(Problem::bad_input("orderBy", format!("`orderBy` takes {MAX_ORDER} keys at most")));
    }
    order.iter().try_for_each(|key| check_path("orderBy", &key.field))
}
