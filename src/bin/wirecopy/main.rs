//! wirecopy
use wirecopy::*;
struct T(std::time::Instant);
impl Watch for T { fn stage(&self, s: Stage, t: Option<u64>) { eprintln!("{:?} {:?} {:?}", self.0.elapsed(), s, t); } fn advance(&self, _: u64) {} }
fn main() {
    let paths: Vec<std::path::PathBuf> = std::env::args().skip(1).map(Into::into).collect();
    let reader = Reader::new(find_inputs(&paths).unwrap(), ReadOptions::default());
    let mut d = Detector::new(Settings::default()).unwrap();
    let t = T(std::time::Instant::now());
    d.read(reader, &t, |e| Err(e)).unwrap();
    let f = d.finish(&t);
    eprintln!("{:?} done {:?} clusters {}", t.0.elapsed(), f.counts(), f.clusters().len());
    for c in f.clusters().iter().take(20) {
        println!("{:x} n={} {:?} why {:?} coh {:.2}", c.id, c.members.len(), f.corpus().header(c.representative).key, c.why, c.cohesion());
        for m in c.members.iter().take(8) { println!("    {} {:?} {:?} cov {:.2} art {:.2} {:?}", f.corpus().header(m.id).key, m.relation, m.kind, m.coverage, m.article_coverage, m.passages); }
    }
}
