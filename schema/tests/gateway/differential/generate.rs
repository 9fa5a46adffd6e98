//! Operations over a schema, made up from a seed.

use std::{collections::HashMap, fmt::Write};

use graphql_tools::{
    parser::parse_schema,
    static_graphql::schema::{Definition, Field, InputValue, Type, TypeDefinition},
};
use serde_json::{Map, Value as Json, json};

/// Types by name, with what their fields are and which objects they may be.
pub struct Types {
    fields: HashMap<String, Vec<Field>>,
    possible: HashMap<String, Vec<String>>,
    enums: HashMap<String, Vec<String>>,
}

impl Types {
    pub fn read(sdl: &str) -> Self {
        let document = parse_schema::<String>(sdl).unwrap().into_static();
        let (mut fields, mut enums) = (HashMap::new(), HashMap::new());
        let mut possible: HashMap<String, Vec<String>> = HashMap::new();
        for definition in document.definitions {
            let Definition::TypeDefinition(definition) = definition else { continue };
            match definition {
                TypeDefinition::Object(object) => {
                    for interface in object.implements_interfaces {
                        possible.entry(interface).or_default().push(object.name.clone());
                    }
                    possible.entry(object.name.clone()).or_default().push(object.name.clone());
                    fields.insert(object.name, object.fields);
                }
                TypeDefinition::Interface(interface) => {
                    fields.insert(interface.name, interface.fields);
                }
                TypeDefinition::Union(union) => {
                    possible.entry(union.name.clone()).or_default().extend(union.types);
                    fields.insert(union.name, Vec::new());
                }
                TypeDefinition::Enum(values) => {
                    let names = values.values.into_iter().map(|value| value.name).collect();
                    enums.insert(values.name, names);
                }
                TypeDefinition::Scalar(_) | TypeDefinition::InputObject(_) => {}
            }
        }
        Self { fields, possible, enums }
    }

    fn is_composite(&self, name: &str) -> bool {
        self.fields.contains_key(name)
    }

    /// Whatever may be a condition below `name`: types that share an object with it. But no union below another type,
    /// where async-graphql does not know it.
    fn conditions(&self, name: &str) -> Vec<&str> {
        let own = &self.possible[name];
        let shared = self.possible.iter().filter(|(other, possible)| {
            let is_union = self.fields[*other].is_empty();
            (!is_union || *other == name) && possible.iter().any(|object| own.contains(object))
        });
        let mut names: Vec<&str> = shared.map(|(other, _)| other.as_str()).collect();
        names.sort_unstable();
        names
    }
}

/// A made-up operation.
pub struct Operation {
    pub query: String,
    pub variables: Json,
}

/// Marsaglia's xorshift, enough to choose by.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % bound as u64).unwrap()
    }

    fn one_in(&mut self, many: usize) -> bool {
        self.below(many) == 0
    }

    fn pick<'a, T: ?Sized>(&mut self, from: &[&'a T]) -> &'a T {
        from[self.below(from.len())]
    }
}

struct Generator<'a> {
    types: &'a Types,
    chance: Chance,
    declared: Vec<String>,
    variables: Map<String, Json>,
    fragments: Vec<(String, String)>,
    aliases: usize,
    budget: usize,
}

pub fn operation(types: &Types, seed: u64) -> Operation {
    let mut generator = Generator {
        types,
        chance: Chance(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1),
        declared: Vec::new(),
        variables: Map::new(),
        fragments: Vec::new(),
        aliases: 0,
        budget: 40,
    };
    let roots = generator.selection("Query", 0);
    let declared = match generator.declared.as_slice() {
        [] => String::new(),
        declared => format!("({})", declared.join(", ")),
    };
    let mut query = format!("query Made{declared} {roots}");
    for (_, fragment) in &generator.fragments {
        write!(query, "\n{fragment}").unwrap();
    }
    Operation { query, variables: Json::Object(generator.variables) }
}

const DEEPEST: usize = 5;

impl Generator<'_> {
    fn selection(&mut self, type_name: &str, depth: usize) -> String {
        let types = self.types;
        let fields = &types.fields[type_name];
        let mut parts = Vec::new();
        for _ in 0..=self.chance.below(4) {
            if self.budget == 0 {
                break;
            }
            let nests = depth < DEEPEST && type_name != "Query";
            match self.chance.below(8) {
                0 => parts.push(self.typename()),
                1 | 2 if nests => parts.push(self.inline(type_name, depth)),
                3 if nests => parts.push(self.spread(type_name, depth)),
                _ if fields.is_empty() => parts.push(self.inline(type_name, depth)),
                _ => {
                    let field = &fields[self.chance.below(fields.len())];
                    let composite = types.is_composite(named(&field.field_type));
                    if !composite || depth < DEEPEST {
                        parts.push(self.field(field, depth));
                    }
                }
            }
        }
        // async-graphql has no empty objects: something always stays.
        if parts.iter().all(|part| part.starts_with("...") || part.contains('@')) {
            parts.push("__typename".to_owned());
        }
        format!("{{ {} }}", parts.join(" "))
    }

    fn typename(&mut self) -> String {
        if self.chance.one_in(2) { "__typename".to_owned() } else { format!("{}: __typename", self.alias()) }
    }

    fn alias(&mut self) -> String {
        self.aliases += 1;
        // Names that other fields of the graph have, and that the planner adds itself, are aliases like any other.
        match self.aliases % 7 {
            0 => format!("id{}", self.aliases),
            3 => format!("_{}", self.aliases),
            _ => format!("as{}", self.aliases),
        }
    }

    fn field(&mut self, field: &Field, depth: usize) -> String {
        self.budget -= 1;
        let arguments: Vec<String> =
            field.arguments.iter().filter_map(|argument| self.argument(argument)).collect();
        let below = named(&field.field_type);
        let composite = self.types.is_composite(below);
        let aliased = composite && self.chance.one_in(2) || !arguments.is_empty() || self.chance.one_in(3);
        let mut text = String::new();
        if aliased {
            write!(text, "{}: ", self.alias()).unwrap();
        }
        text.push_str(&field.name);
        if !arguments.is_empty() {
            write!(text, "({})", arguments.join(", ")).unwrap();
        }
        text.push_str(&self.condition());
        if composite {
            text.push(' ');
            text.push_str(&self.selection(below, depth + 1));
        }
        text
    }

    fn inline(&mut self, type_name: &str, depth: usize) -> String {
        let condition = self.condition();
        if self.chance.one_in(6) {
            return format!("...{condition} {}", self.selection(type_name, depth + 1));
        }
        let on = self.chance.pick(&self.types.conditions(type_name));
        format!("... on {on}{condition} {}", self.selection(on, depth + 1))
    }

    fn spread(&mut self, type_name: &str, depth: usize) -> String {
        let conditions = self.types.conditions(type_name);
        let known = self
            .fragments
            .iter()
            .enumerate()
            .filter(|(_, (on, text))| conditions.contains(&on.as_str()) && !text.is_empty());
        let known: Vec<usize> = known.map(|(index, _)| index).collect();
        let index = if !known.is_empty() && self.chance.one_in(2) {
            known[self.chance.below(known.len())]
        } else {
            let on = self.chance.pick(&conditions).to_owned();
            let index = self.fragments.len();
            self.fragments.push((on.clone(), String::new()));
            let selection = self.selection(&on, depth + 1);
            self.fragments[index].1 = format!("fragment F{index} on {on} {selection}");
            index
        };
        format!("...F{index}{}", self.condition())
    }

    fn condition(&mut self) -> String {
        if !self.chance.one_in(7) {
            return String::new();
        }
        let directive = if self.chance.one_in(2) { "skip" } else { "include" };
        let value = self.chance.one_in(2);
        let value =
            if self.chance.one_in(3) { value.to_string() } else { self.variable("Boolean!", json!(value)) };
        format!(" @{directive}(if: {value})")
    }

    /// A new variable, sometimes with its value as a default; not in conditions, where async-graphql ignores defaults.
    fn variable(&mut self, type_name: &str, value: Json) -> String {
        let name = format!("v{}", self.declared.len());
        if type_name != "Boolean!" && !value.is_string() && self.chance.one_in(3) {
            self.declared.push(format!("${name}: {} = {value}", type_name.trim_end_matches('!')));
        } else {
            self.declared.push(format!("${name}: {type_name}"));
            self.variables.insert(name.clone(), value);
        }
        format!("${name}")
    }

    fn argument(&mut self, argument: &InputValue) -> Option<String> {
        let required =
            matches!(argument.value_type, Type::NonNullType(_)) && argument.default_value.is_none();
        if !required && self.chance.one_in(2) {
            return None;
        }
        let number = self.chance.below(9);
        let (value, literal) = match named(&argument.value_type) {
            "Int" => (json!(number % 4), (number % 4).to_string()),
            "Boolean" => (json!(number < 5), (number < 5).to_string()),
            "ID" => {
                let id = format!("{}{}", ["c", "s", "p", "t"][number % 4], self.chance.below(6));
                (json!(id), format!("\"{id}\""))
            }
            other => {
                let values = &self.types.enums[other];
                let value = values[number % values.len()].clone();
                (json!(value), value)
            }
        };
        let text = if self.chance.one_in(2) {
            self.variable(&argument.value_type.to_string(), value)
        } else {
            literal
        };
        Some(format!("{}: {text}", argument.name))
    }
}

fn named(ty: &Type) -> &str {
    match ty {
        Type::NamedType(name) => name,
        Type::ListType(inner) | Type::NonNullType(inner) => named(inner),
    }
}
