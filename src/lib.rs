//! Finds the copies in a pile of news articles.
mod article;
mod error;
pub mod text;
pub use article::{Article, ArticleId, Place, site_of};
pub use error::Error;
