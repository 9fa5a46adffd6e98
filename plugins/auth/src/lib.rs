//! Who asks: the viewer, guest and static tokens.
