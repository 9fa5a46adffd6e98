use callboard_catalog::index::{EntityIndex, IndexChange, IndexDocument, Relation};
use callboard_kit::EntityRef;
use serde_json::Value;
use uuid::Uuid;

/// An entity as the law sees it: a document with its relations, searched one by one.
#[derive(Clone, Debug)]
pub struct Entity {
    pub uid: Uuid,
    pub body: Value,
    pub orphan: bool,
}

impl Entity {
    pub fn reference(&self) -> EntityRef {
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let namespace = self.body["metadata"].get("namespace").map_or("default".to_owned(), text);
        EntityRef::new(&text(&self.body["kind"]), &namespace, &text(&self.body["metadata"]["name"])).unwrap()
    }

    pub fn declared(&self) -> Vec<Relation> {
        let own = self.reference();
        let mut relations = Vec::new();
        for (key, there, back) in
            [("owner", "ownedBy", "ownerOf"), ("dependsOn", "dependsOn", "dependencyOf")]
        {
            for target in flat(&self.body["spec"][key]) {
                let target: EntityRef = target.parse().unwrap();
                relations.push(Relation {
                    source: own.clone(),
                    relation_type: there.into(),
                    target: target.clone(),
                });
                relations.push(Relation { source: target, relation_type: back.into(), target: own.clone() });
            }
        }
        relations
    }

    pub fn document(&self) -> Box<IndexDocument> {
        Box::new(IndexDocument::new(self.uid, self.reference(), 1, self.orphan, &self.body, self.declared()))
    }
}

fn flat(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Array(items) => items.iter().flat_map(flat).collect(),
        _ => Vec::new(),
    }
}

pub fn index_of(entities: &[Entity]) -> EntityIndex {
    let mut index = EntityIndex::default();
    index.apply(entities.iter().map(|entity| IndexChange::Put(entity.document())).collect());
    index
}
