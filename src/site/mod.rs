//! Finds the site of an article by its address, and the outlet to which the site belongs.
//!
//! | File | Content |
//! |---|---|
//! | `address` | divides a web address into its host and the rest |
//! | `original` | finds the address of the page that a cache or a web archive shows |
//! | `article_site` | the site of an article |
//! | `outlet` | the outlet of a site |
//! | `page_address` | the address of a page in one form |

mod address;
mod article_site;
mod original;
mod outlet;
mod page_address;

pub use self::article_site::site_of;
pub use self::outlet::outlet_of;
pub use self::page_address::page_address;
