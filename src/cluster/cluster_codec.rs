//! Packs clusters into few bytes.

use std::slice::Iter;

use super::choice_reason::ChoiceReason;
use super::cluster::Cluster;
use super::cluster_head::ClusterHead;
use super::kind::Kind;
use super::member::Member;
use super::member_passages::{MemberPassages, PassageList};
use crate::article::ArticleId;
use crate::store::{push_leb128, take_leb128};
use crate::verify::{Region, Relation};

/// Appends everything of a cluster that is not in its head. First comes the passage, then the passages of all members, then
/// the members.
pub(super) fn pack(cluster: &Cluster, out: &mut Vec<u8>) {
    let Cluster { id: _, story_id: _, representative: _, why, passage, members, passages } = cluster;
    passage.pack(out);
    out.push(*why as u8);
    passages.pack(out);
    push_leb128(out, members.len() as u32);
    members.iter().for_each(|member| pack_member(member, out));
}

/// Unpacks the cluster that a head belongs to.
pub(super) fn unpack(head: &ClusterHead, bytes: &[u8]) -> Cluster {
    let mut bytes = bytes.iter();
    let passage = Region::unpack(&mut bytes);
    let why = ChoiceReason::with_number(take_byte(&mut bytes)).expect("a reason is read as it was written");
    let passages = MemberPassages::unpack(&mut bytes);
    let members = (0..take_leb128(&mut bytes)).map(|_| unpack_member(&mut bytes)).collect();
    let &ClusterHead { id, story_id, representative, .. } = head;
    Cluster { id, story_id, representative, why, passage, members, passages }
}

/// Unpacks the passage of a packed cluster.
pub(super) fn unpack_passage(bytes: &[u8]) -> Region {
    Region::unpack(&mut bytes.iter())
}

/// The number that stands for no relation, and for no kind.
const NONE: u8 = u8::MAX;

fn pack_member(member: &Member, out: &mut Vec<u8>) {
    let &Member {
        id,
        relation,
        passage_relation,
        kind,
        coverage,
        article_coverage,
        resemblance,
        passages,
        bridge,
    } = member;
    push_leb128(out, id.get());
    let relations = [relation, passage_relation].map(|relation| relation.map_or(NONE, |one| one as u8));
    out.extend(relations);
    out.push(kind.map_or(NONE, |kind| kind as u8));
    out.push(bridge.into());
    for share in [coverage, article_coverage, resemblance] {
        out.extend(share.to_le_bytes());
    }
    passages.pack(out);
}

fn unpack_member(bytes: &mut Iter<'_, u8>) -> Member {
    let id = ArticleId::new(take_leb128(bytes) as usize);
    let relation = |number: u8| Relation::with_number(number.into());
    let [relation, passage_relation] = [(); 2].map(|()| relation(take_byte(bytes)));
    let kind = Kind::with_number(take_byte(bytes));
    let bridge = take_byte(bytes) != 0;
    let [coverage, article_coverage, resemblance] = [(); 3].map(|()| take_f64(bytes));
    let passages = PassageList::unpack(bytes);
    Member { id, relation, passage_relation, kind, coverage, article_coverage, resemblance, passages, bridge }
}

fn take_byte(bytes: &mut Iter<'_, u8>) -> u8 {
    bytes.next().copied().unwrap_or(NONE)
}

fn take_f64(bytes: &mut Iter<'_, u8>) -> f64 {
    f64::from_le_bytes(std::array::from_fn(|_| take_byte(bytes)))
}
