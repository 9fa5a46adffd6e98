use std::collections::{BTreeSet, HashMap};

use federation_composition::graphql_core::{self, Definition, Directive, Document, FieldDefinition, Value};

use super::{
    CompositionErrors, SubgraphSdl, internal,
    parts::{PartKind, TypePart, has, named, parts, rename},
};

/// Puts right what the composer gets wrong, by comparing the subgraphs' own SDL; `None` where there is nothing to do.
pub(super) fn repair(
    supergraph: &str,
    subgraphs: &[SubgraphSdl<'_>],
) -> Result<Option<String>, CompositionErrors> {
    let mut document = graphql_core::parse(supergraph).map_err(|error| internal(error.message))?;
    let graphs = graph_names(&document);
    let mut subjects = Vec::with_capacity(subgraphs.len());
    for subgraph in subgraphs {
        if let Some(graph) = graphs.get(subgraph.id) {
            subjects.push(Subject { graph: graph.clone(), parts: parts(*subgraph)? });
        }
    }
    let mut changed = false;
    for definition in &mut document.definitions {
        let (name, fields) = match definition {
            Definition::ObjectTypeDefinition(object) => (&object.name.value, &mut object.fields),
            Definition::InterfaceTypeDefinition(interface) => (&interface.name.value, &mut interface.fields),
            _ => continue,
        };
        for field in fields {
            let declared = declarations(&subjects, name, &field.name.value);
            changed |= keep_external(field, &declared);
            changed |= widen_to_union(field, &declared, &subjects);
        }
    }
    Ok(changed.then(|| graphql_core::print(&document)))
}

/// A subgraph under the name it has in the supergraph.
struct Subject {
    graph: String,
    parts: Vec<TypePart>,
}

/// One subgraph's declaration of a field.
struct Declaration<'a> {
    graph: &'a str,
    field: &'a FieldDefinition,
    in_interface_object: bool,
}

fn declarations<'a>(subjects: &'a [Subject], type_name: &str, field: &str) -> Vec<Declaration<'a>> {
    let mut declarations = Vec::new();
    for Subject { graph, parts } in subjects {
        let own: Vec<&TypePart> = parts.iter().filter(|part| part.name == type_name).collect();
        let in_interface_object = own.iter().any(|part| part.is_interface_object());
        for field in own.iter().flat_map(|part| &part.fields).filter(|own| own.name.value == field) {
            declarations.push(Declaration { graph, field, in_interface_object });
        }
    }
    declarations
}

/// `@external` on a field of an interface object is lost: the planner would ask that subgraph for the field.
fn keep_external(field: &mut FieldDefinition, declared: &[Declaration<'_>]) -> bool {
    let lost: Vec<&Declaration<'_>> = declared
        .iter()
        .filter(|declaration| {
            declaration.in_interface_object && has(&declaration.field.directives, "external")
        })
        .filter(|declaration| {
            join_field(field, declaration.graph).is_none_or(|join| argument(join, "external").is_none())
        })
        .collect();
    if lost.is_empty() {
        return false;
    }
    name_all_graphs(field, declared);
    for declaration in lost {
        if let Some(join) = join_field_mut(field, declaration.graph) {
            set_argument(join, "external", "true");
        }
    }
    true
}

/// A field whose type is a union in one subgraph and a member of it in another has the union's type in the graph.
fn widen_to_union(field: &mut FieldDefinition, declared: &[Declaration<'_>], subjects: &[Subject]) -> bool {
    let now = named(&field.ty).to_owned();
    let union = declared.iter().map(|declaration| named(&declaration.field.ty)).find(|wide| {
        *wide != now && members(subjects, wide).is_some_and(|members| members.contains(&now.as_str()))
    });
    let Some(union) = union.map(str::to_owned) else { return false };
    name_all_graphs(field, declared);
    for declaration in declared {
        if let Some(join) = join_field_mut(field, declaration.graph)
            && argument(join, "type").is_none()
        {
            set_argument(join, "type", &format!("\"{}\"", graphql_core::print(&declaration.field.ty)));
        }
    }
    rename(&mut field.ty, &union);
    true
}

fn members<'a>(subjects: &'a [Subject], union: &str) -> Option<Vec<&'a str>> {
    let mut all = None;
    for part in subjects.iter().flat_map(|subject| &subject.parts).filter(|part| part.name == union) {
        if let PartKind::Union(members) = &part.kind {
            all.get_or_insert_with(Vec::new).extend(members.iter().map(String::as_str));
        }
    }
    all
}

/// Without any `@join__field` a field is everywhere its type is; with one it must name every graph that has it.
fn name_all_graphs(field: &mut FieldDefinition, declared: &[Declaration<'_>]) {
    let graphs: BTreeSet<&str> = declared.iter().map(|declaration| declaration.graph).collect();
    for graph in graphs {
        if join_field(field, graph).is_none() {
            field.directives.extend(parsed_directive(&format!("@join__field(graph: {graph})")));
        }
    }
}

fn join_field<'f>(field: &'f FieldDefinition, graph: &str) -> Option<&'f Directive> {
    field.directives.iter().find(|directive| is_join_of(directive, graph))
}

fn join_field_mut<'f>(field: &'f mut FieldDefinition, graph: &str) -> Option<&'f mut Directive> {
    field.directives.iter_mut().find(|directive| is_join_of(directive, graph))
}

fn is_join_of(directive: &Directive, graph: &str) -> bool {
    directive.name.value == "join__field"
        && matches!(argument(directive, "graph"), Some(Value::Enum(name)) if name.value == graph)
}

fn argument<'d>(directive: &'d Directive, name: &str) -> Option<&'d Value> {
    directive.arguments.iter().find(|argument| argument.name.value == name).map(|argument| &argument.value)
}

fn set_argument(directive: &mut Directive, name: &str, value: &str) {
    let parsed = parsed_directive(&format!("@with({name}: {value})"));
    directive.arguments.extend(parsed.into_iter().flat_map(|directive| directive.arguments));
}

/// A directive from its text: simpler to read than its tree.
fn parsed_directive(text: &str) -> Option<Directive> {
    let document = graphql_core::parse(&format!("type T {{ f: Int {text} }}")).ok()?;
    match document.definitions.into_iter().next()? {
        Definition::ObjectTypeDefinition(mut object) => object.fields.pop()?.directives.pop(),
        _ => None,
    }
}

/// The names of the subgraphs in `join__Graph`, by id.
fn graph_names(document: &Document) -> HashMap<String, String> {
    let mut names = HashMap::new();
    for definition in &document.definitions {
        let Definition::EnumTypeDefinition(graphs) = definition else { continue };
        if graphs.name.value != "join__Graph" {
            continue;
        }
        for value in &graphs.values {
            let id = value.directives.iter().find_map(|directive| argument(directive, "name"));
            if let Some(Value::String(id)) = id {
                names.insert(id.value.clone(), value.name.value.clone());
            }
        }
    }
    names
}
