//! What a catalog descriptor says: parsing, validation, references and relations, without a database.
