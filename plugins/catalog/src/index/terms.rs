use std::{
    borrow::Cow,
    collections::BTreeMap,
    hash::BuildHasher,
    sync::{Arc, OnceLock},
};

use hashbrown::{DefaultHashBuilder, HashMap, HashTable};
use roaring::RoaringBitmap;

use super::posting::Posting;

/// A path of entities and all its values.
#[derive(Debug, Default)]
pub(super) struct Field {
    /// Lower-cased.
    pub path: Box<str>,
    /// The slots in which the path is there without a value that can be compared.
    pub bare: RoaringBitmap,
    /// The slots in which the path is there.
    pub exists: RoaringBitmap,
    /// Whether some entity has, or had, more than one value here.
    pub is_multiple: bool,
    terms: HashTable<u32>,
    /// The terms by value, made when someone first orders by the field and kept current from then on.
    sorted: OnceLock<BTreeMap<Arc<str>, u32>>,
}

/// A value of a field and who has it.
#[derive(Debug)]
pub(super) struct Term {
    /// Its field.
    pub field: u32,
    /// The value, lower-cased: what is compared.
    pub value: Arc<str>,
    /// The value as written, where that differs: what is shown.
    pub spelling: Option<Box<str>>,
    /// Who has it as the value itself.
    pub scalars: Posting,
    /// Who has it as an item of a list.
    pub items: Posting,
}

impl Term {
    /// The value as some entity writes it.
    pub fn shown(&self) -> &str {
        self.spelling.as_deref().unwrap_or(&self.value)
    }

    pub fn add_to(&self, target: &mut RoaringBitmap) {
        self.scalars.add_to(target);
        self.items.add_to(target);
    }

    /// How many selected slots have it.
    pub fn count(&self, selection: &RoaringBitmap) -> u64 {
        if self.items.is_empty() {
            self.scalars.intersection_len(selection)
        } else if self.scalars.is_empty() {
            self.items.intersection_len(selection)
        } else {
            let mut both = RoaringBitmap::new();
            self.add_to(&mut both);
            both.intersection_len(selection)
        }
    }

    /// Its selected slots, each once.
    pub fn selected(&self, selection: &RoaringBitmap, into: &mut Vec<u32>) {
        if self.items.is_empty() {
            self.scalars.selected(selection, into);
        } else if self.scalars.is_empty() {
            self.items.selected(selection, into);
        } else {
            let mut both = RoaringBitmap::new();
            self.add_to(&mut both);
            into.extend((both & selection).iter());
        }
    }
}

/// A term in an entity: its id, and whether it is an item of a list there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Occurrence(u32);

impl Occurrence {
    pub const fn new(term: u32, is_item: bool) -> Self {
        Self(term << 1 | is_item as u32)
    }

    pub const fn term(self) -> u32 {
        self.0 >> 1
    }

    pub const fn is_item(self) -> bool {
        self.0 & 1 == 1
    }
}

/// The text in lower case; most texts are already.
fn fold(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.to_lowercase())
    }
}

/// Interned paths and values, with a posting each.
#[derive(Debug, Default)]
pub(super) struct Terms {
    names: HashMap<Box<str>, u32>,
    fields: Vec<Field>,
    all: Vec<Term>,
    free: Vec<u32>,
    free_fields: Vec<u32>,
    hasher: DefaultHashBuilder,
}

impl Terms {
    /// The id of the field at a lower-cased path.
    pub fn field_id(&self, path: &str) -> Option<u32> {
        self.names.get(path).copied()
    }

    pub fn field(&self, id: u32) -> &Field {
        &self.fields[id as usize]
    }

    pub fn field_mut(&mut self, id: u32) -> &mut Field {
        &mut self.fields[id as usize]
    }

    pub fn term(&self, id: u32) -> &Term {
        &self.all[id as usize]
    }

    /// The term of a lower-cased value.
    pub fn find(&self, field: u32, value: &str) -> Option<&Term> {
        let hash = self.hasher.hash_one(value);
        let id = self.field(field).terms.find(hash, |id| *self.all[*id as usize].value == *value)?;
        Some(self.term(*id))
    }

    /// All terms of a field, in no order.
    pub fn of_field(&self, field: u32) -> impl Iterator<Item = &Term> {
        self.field(field).terms.iter().map(|id| self.term(*id))
    }

    /// The terms of a field by value.
    pub fn sorted(&self, field: u32) -> &BTreeMap<Arc<str>, u32> {
        self.field(field).sorted.get_or_init(|| {
            self.field(field).terms.iter().map(|id| (Arc::clone(&self.term(*id).value), *id)).collect()
        })
    }

    pub fn intern_field(&mut self, path: &str) -> u32 {
        if let Some(id) = self.names.get(path) {
            return *id;
        }
        let field = Field { path: path.into(), ..Field::default() };
        let id = if let Some(id) = self.free_fields.pop() {
            self.fields[id as usize] = field;
            id
        } else {
            self.fields.push(field);
            u32::try_from(self.fields.len() - 1).unwrap_or(u32::MAX)
        };
        self.names.insert(path.into(), id);
        id
    }

    /// The id of a value, given to it now if it is new. Of several spellings the smallest is shown, so that what is
    /// shown does not depend on who came first.
    pub fn intern(&mut self, field: u32, written: &str) -> u32 {
        let folded = fold(written);
        let differs = *folded != *written;
        let Self { fields, all: terms, free, hasher, .. } = self;
        let home = &mut fields[field as usize];
        let hash = hasher.hash_one(&*folded);
        if let Some(id) = home.terms.find(hash, |id| *terms[*id as usize].value == *folded) {
            let term = &mut terms[*id as usize];
            if differs && written < term.shown() {
                term.spelling = Some(written.into());
            }
            return *id;
        }
        let value: Arc<str> = Arc::from(&*folded);
        let term = Term {
            field,
            value: Arc::clone(&value),
            spelling: differs.then(|| written.into()),
            scalars: Posting::Empty,
            items: Posting::Empty,
        };
        let id = if let Some(id) = free.pop() {
            terms[id as usize] = term;
            id
        } else {
            terms.push(term);
            u32::try_from(terms.len() - 1).unwrap_or(u32::MAX)
        };
        home.terms.insert_unique(hash, id, |id| hasher.hash_one(&*terms[*id as usize].value));
        if let Some(sorted) = home.sorted.get_mut() {
            sorted.insert(value, id);
        }
        id
    }

    /// How many paths there are, those that nobody has any more included.
    pub fn fields_len(&self) -> usize {
        self.names.len()
    }

    /// How many values there are places for.
    #[cfg(test)]
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Forgets the paths that nobody has any more.
    pub fn sweep_fields(&mut self) {
        let Self { names, fields, free_fields, .. } = self;
        names.retain(|_, id| {
            let field = &mut fields[*id as usize];
            let is_dead = field.terms.is_empty() && field.exists.is_empty() && field.bare.is_empty();
            if is_dead {
                *field = Field::default();
                free_fields.push(*id);
            }
            !is_dead
        });
    }

    /// Notes that the path is there.
    pub fn mark(&mut self, field: u32, slot: u32) {
        let home = self.field_mut(field);
        home.exists.insert(slot);
        home.bare.insert(slot);
    }

    /// Notes that the path is not there, or that it is about to be noted anew.
    pub fn unmark(&mut self, field: u32, slot: u32) {
        let home = self.field_mut(field);
        home.exists.remove(slot);
        home.bare.remove(slot);
    }

    pub fn insert(&mut self, occurrence: Occurrence, slot: u32) {
        let term = &mut self.all[occurrence.term() as usize];
        let posting = if occurrence.is_item() { &mut term.items } else { &mut term.scalars };
        posting.insert(slot);
        self.fields[term.field as usize].exists.insert(slot);
    }

    /// Takes a slot off a term, and forgets the term when it was the last. The caller keeps `exists`.
    pub fn remove(&mut self, occurrence: Occurrence, slot: u32) {
        let id = occurrence.term();
        let term = &mut self.all[id as usize];
        let posting = if occurrence.is_item() { &mut term.items } else { &mut term.scalars };
        posting.remove(slot);
        if term.scalars.is_empty() && term.items.is_empty() {
            let home = &mut self.fields[term.field as usize];
            let hash = self.hasher.hash_one(&*term.value);
            if let Ok(entry) = home.terms.find_entry(hash, |found| *found == id) {
                entry.remove();
                if let Some(sorted) = home.sorted.get_mut() {
                    sorted.remove(&term.value);
                }
                // The place stays, to be taken again, and holds no text until then.
                (term.value, term.spelling) = (Arc::default(), None);
                self.free.push(id);
            }
        }
    }
}
