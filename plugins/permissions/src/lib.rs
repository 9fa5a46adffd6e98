//! Who may do what: roles, grants and the authorizer.
