//! Reads which file imports which from the code of a crate.
//!
//! Input: the path and the code of each file under `src/`. Output: one edge for each pair of files of which the first
//! names something that is defined in, or re-exported by, the second. A file that declares a module (`mod x;`) imports
//! it. Code that is compiled for tests only is passed over. Paths inside macros are found by their tokens.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{Attribute, Item, ItemMod, Macro, UseTree};

/// A module path, such as `["verify", "align"]`; empty for the root of a crate.
type ModulePath = Vec<String>;

/// The files of one crate, by the path of the module that each defines.
pub(crate) struct Tree<'a> {
    files: BTreeMap<ModulePath, (&'a str, syn::File)>,
}

impl<'a> Tree<'a> {
    /// Parses the files of a crate. Paths are relative to the folder of `root`, which is `lib.rs` or `main.rs`.
    ///
    /// # Panics
    /// Panics if code does not parse.
    pub(crate) fn new(root: &str, files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let parsed = |(path, code): (&'a str, &'a str)| {
            let file = syn::parse_file(code).unwrap_or_else(|error| panic!("{path}: {error}"));
            (module_path(root, path), (path, file))
        };
        Self { files: files.into_iter().map(parsed).collect() }
    }

    /// Returns the imports: (importing file, imported file), each once.
    pub(crate) fn imports(&self) -> BTreeSet<(&'a str, &'a str)> {
        let tests = self.test_modules();
        let mut edges = BTreeSet::new();
        for (module, (path, file)) in &self.files {
            if tests.iter().any(|test| module.starts_with(test)) {
                continue;
            }
            let mut names = Names { module: module.clone(), found: Vec::new() };
            names.visit_file(file);
            let targets = names.found.iter().filter_map(|name| self.file_of(name));
            edges.extend(targets.filter(|target| target != path).map(|target| (*path, target)));
        }
        edges
    }

    /// Returns the file of the longest prefix of a path that is a module with a file.
    fn file_of(&self, name: &[String]) -> Option<&'a str> {
        (0..=name.len()).rev().find_map(|length| self.files.get(&name[..length])).map(|&(path, _)| path)
    }

    /// Returns the modules that are declared for tests only.
    fn test_modules(&self) -> Vec<ModulePath> {
        let mut out = Vec::new();
        for (module, (_, file)) in &self.files {
            for item in &file.items {
                if let Item::Mod(ItemMod { attrs, ident, content: None, .. }) = item
                    && is_test(attrs)
                {
                    out.push([module.as_slice(), &[ident.to_string()]].concat());
                }
            }
        }
        out
    }
}

/// Returns the module that a file defines.
fn module_path(root: &str, path: &str) -> ModulePath {
    if path == root {
        return Vec::new();
    }
    let path = path.trim_end_matches(".rs").trim_end_matches("/mod");
    path.split('/').map(str::to_owned).collect()
}

/// Returns whether code is compiled for tests only.
fn is_test(attributes: &[Attribute]) -> bool {
    let is_cfg_test = |attribute: &Attribute| {
        attribute.path().is_ident("cfg")
            && attribute.parse_args::<syn::Path>().is_ok_and(|path| path.is_ident("test"))
    };
    attributes.iter().any(is_cfg_test)
}

/// Collects the paths that a file names, from the root of the crate.
struct Names {
    /// The module that is being visited: that of the file, or one inside it.
    module: ModulePath,
    found: Vec<ModulePath>,
}

impl Names {
    /// Adds a path as it is written in the current module.
    fn add(&mut self, segments: &[String]) {
        let mut base = self.module.clone();
        let mut rest = segments;
        match rest.first().map(String::as_str) {
            Some("crate") => {
                base.clear();
                rest = &rest[1..];
            }
            Some("self") => rest = &rest[1..],
            _ => {}
        }
        while let Some("super") = rest.first().map(String::as_str) {
            base.pop();
            rest = &rest[1..];
        }
        base.extend_from_slice(rest);
        self.found.push(base);
    }

    /// Adds every path of a `use` declaration.
    fn add_use(&mut self, before: &[String], tree: &UseTree) {
        let with = |name: &syn::Ident| [before, &[name.to_string()]].concat();
        match tree {
            UseTree::Path(path) => self.add_use(&with(&path.ident), &path.tree),
            UseTree::Name(name) => self.add(&with(&name.ident)),
            UseTree::Rename(rename) => self.add(&with(&rename.ident)),
            UseTree::Glob(_) => self.add(before),
            UseTree::Group(group) => group.items.iter().for_each(|tree| self.add_use(before, tree)),
        }
    }

    /// Adds the paths of tokens that begin with `crate`, `super` or `self`.
    fn add_tokens(&mut self, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        for (at, token) in tokens.iter().enumerate() {
            match token {
                TokenTree::Group(group) => self.add_tokens(group.stream()),
                TokenTree::Ident(ident)
                    if ["crate", "super", "self"].contains(&ident.to_string().as_str()) =>
                {
                    self.add(&path_of(&tokens[at..]));
                }
                _ => {}
            }
        }
    }
}

/// Returns the names that `::` joins at the beginning of tokens.
fn path_of(tokens: &[TokenTree]) -> Vec<String> {
    let is_colon =
        |token: Option<&TokenTree>| matches!(token, Some(TokenTree::Punct(mark)) if mark.as_char() == ':');
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(TokenTree::Ident(ident)) = tokens.get(at) {
        out.push(ident.to_string());
        if !(is_colon(tokens.get(at + 1)) && is_colon(tokens.get(at + 2))) {
            break;
        }
        at += 3;
    }
    out
}

impl<'ast> Visit<'ast> for Names {
    fn visit_item(&mut self, item: &'ast Item) {
        let attributes = match item {
            Item::Fn(item) => &item.attrs,
            Item::Impl(item) => &item.attrs,
            Item::Mod(item) => &item.attrs,
            Item::Use(item) => &item.attrs,
            _ => return visit::visit_item(self, item),
        };
        if !is_test(attributes) {
            visit::visit_item(self, item);
        }
    }

    fn visit_item_mod(&mut self, item: &'ast ItemMod) {
        self.module.push(item.ident.to_string());
        self.found.push(self.module.clone());
        visit::visit_item_mod(self, item);
        self.module.pop();
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.add_use(&[], &item.tree);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let segments: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        // A single name was imported, or is defined here.
        if segments.len() > 1 {
            self.add(&segments);
        }
        visit::visit_path(self, path);
    }

    fn visit_visibility(&mut self, _: &'ast syn::Visibility) {
        // `pub(in crate::x)` imports nothing.
    }

    fn visit_macro(&mut self, code: &'ast Macro) {
        self.add_tokens(code.tokens.clone());
    }
}
