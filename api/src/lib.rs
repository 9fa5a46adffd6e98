//! The portal's one binary: command line, config, HTTP and static files.
