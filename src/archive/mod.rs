//! Remembers articles between runs.

#[cfg_attr(
    not(test),
    expect(
        dead_code,
        unused_imports,
        reason = "the modules that remember articles in these files come next"
    )
)]
mod disk;
