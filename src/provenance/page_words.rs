//! Lists the words by which pages are used: counters, page numbers, reading times, buttons for sharing, advertisements.
//!
//! One row for each language. Words of different languages are not mixed, so that the particles of one language are no
//! words of another. The names of services are the same in all languages.
//!
//! Cost: a look at one bit for each token of a line, up to the first that is no such word. If all may be such words, a
//! look-up in a hash table for each.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::token_filter::TokenFilter;

/// The words of one language, in lower case, separated by spaces.
struct Language {
    /// Things that a page counts about itself: comments, views, its own parts.
    counted: &'static str,
    /// Units of time. They are counters only beside a word for reading: `20 minutes` may be in a recipe.
    minutes: &'static str,
    /// Words for reading.
    reading: &'static str,
    /// Other words of buttons, links and advertisements.
    labels: &'static str,
    /// Words that say nothing alone.
    particles: &'static str,
}

/// Services for sharing, and the abbreviations of thousands and millions in counters.
const SERVICES: &str = "facebook twitter whatsapp telegram linkedin reddit pinterest tumblr instagram youtube viber \
    vk weibo wechat messenger threads bluesky mastodon pocket flipboard xing snapchat tiktok skype email e mail rss k m";

/// Languages of which many sites are collected. A language that is not listed costs some removals, never an article.
const LANGUAGES: [Language; 18] = [
    // English
    Language {
        counted: "comment comments view views share shares like likes reply replies reaction reactions retweet retweets \
            page pages photo photos image images slide slides picture pictures",
        minutes: "min mins minute minutes",
        reading: "read reading reads",
        labels: "rights reserved advertisement advertisements advertising ad ads advert sponsored promoted continue continues continued \
            more next previous prev related print copy tweet follow subscribe login menu search home top back newsletter \
            gallery loading click",
        particles: "a an the this that on one in of to for from by via with and or us our your article articles story \
            stories post full all below above here also see watch show hide link links estimated time est",
    },
    // German
    Language {
        counted: "kommentar kommentare aufrufe mal reaktionen seite seiten bild bilder foto fotos",
        minutes: "min minute minuten",
        reading: "lesen lesezeit lesedauer weiterlesen",
        labels: "rechte vorbehalten anzeige werbung teilen gesponsert mehr weiter nächste vorherige zurück drucken merken kopieren folgen \
            abonnieren anmelden menü suche startseite newsletter bildergalerie",
        particles: "der das den dem ein eine auf von zu zum zur im in bei per mit und diesen dieser artikel beitrag \
            thema ca hier auch alle link ganzen ganze lang",
    },
    // French
    Language {
        counted: "commentaire commentaires vues partages partage réactions page pages photo photos image images",
        minutes: "min minute minutes mn",
        reading: "lire lecture lisez",
        labels: "droits réservés publicité publicités sponsorisé partager suite suivant suivante précédent précédente imprimer copier \
            suivre abonner abonnez connexion menu recherche accueil haut retour",
        particles: "tous le la les l un une de du des d sur à en et par pour avec cet cette ce article temps aussi plus tout \
            toute ici lien votre vous s environ",
    },
    // Spanish
    Language {
        counted: "comentario comentarios vistas compartidos reacciones página páginas foto fotos imagen imágenes",
        minutes: "min minuto minutos",
        reading: "leer lectura lee",
        labels: "derechos reservados publicidad anuncio anuncios patrocinado compartir comparte continuar siguiente anterior imprimir copiar \
            seguir suscríbete menú buscar inicio volver relacionadas relacionados",
        particles: "el la los las un una de del en y por para con este esta artículo artículos noticia noticias nota \
            más también tiempo aquí todo todos leyendo enlace tu su aproximado",
    },
    // Portuguese
    Language {
        counted: "comentário comentários visualizações partilhas compartilhamentos reações página páginas foto fotos \
            imagem imagens",
        minutes: "min minuto minutos",
        reading: "ler leitura leia lendo",
        labels: "direitos reservados publicidade anúncio anúncios patrocinado compartilhar compartilhe partilhar continuar continue próxima \
            próximo anterior imprimir copiar seguir assine menu buscar início voltar relacionadas",
        particles: "o a os as um uma de do da dos das em no na e por para com este esta artigo notícia matéria mais \
            também tempo aqui tudo todos link seu sua",
    },
    // Italian
    Language {
        counted: "commento commenti visualizzazioni condivisioni reazioni pagina pagine foto immagine immagini",
        minutes: "min minuto minuti",
        reading: "leggi leggere lettura",
        labels: "diritti riservati pubblicità annuncio sponsorizzato condividi continua successiva successivo precedente stampa copia segui \
            abbonati accedi menu cerca home torna correlati",
        particles: "il lo la i gli le l un una di del della dei delle su a in e per con questo questa articolo articoli \
            notizia anche tempo più tutto tutti qui link",
    },
    // Dutch
    Language {
        counted: "reactie reacties weergaven pagina paginas foto fotos afbeelding",
        minutes: "min minuut minuten",
        reading: "lees lezen leestijd",
        labels: "rechten voorbehouden advertentie advertenties gesponsord delen deel meer verder volgende vorige afdrukken kopieer volg \
            abonneer inloggen menu zoeken home terug gerelateerd",
        particles: "de het een van op in en via met voor dit deze artikel artikelen bericht ook over alle hier link",
    },
    // Swedish, Danish, Norwegian
    Language {
        counted: "kommentar kommentarer kommentarar visningar visninger delningar delinger sida sidor side sider bild \
            bilder billede billeder bilde foto",
        minutes: "min minut minuter minutter",
        reading: "läs läsa lästid lesetid lestid læs læsetid les",
        labels: "annons annonse annonce reklame dela del mer mere vidare videre nästa neste næste föregående forrige \
            skriv ut kopiera kopier följ følg prenumerera meny menu sök søg søk",
        particles: "en ett et den det av af på i och og med till til för for denna denne artikel artikeln artikkel \
            artikkelen också også alla alle här her länk lenke link om",
    },
    // Finnish
    Language {
        counted: "kommentti kommenttia kommentit näyttökertaa jakoa sivu kuva kuvat",
        minutes: "min minuutti minuuttia",
        reading: "lue lukuaika",
        labels: "mainos jaa lisää seuraava edellinen tulosta kopioi seuraa tilaa valikko haku takaisin",
        particles: "tämä myös juttu artikkeli kaikki tästä linkki",
    },
    // Polish
    Language {
        counted: "komentarz komentarze komentarzy wyświetleń udostępnień strona stron zdjęcie zdjęcia zdjęć",
        minutes: "min minuta minuty minut",
        reading: "czytaj czytania czytanie",
        labels: "prawa zastrzeżone reklama udostępnij więcej dalej następna poprzednia drukuj kopiuj obserwuj subskrybuj menu szukaj wróć",
        particles: "wszelkie z na w i do o ten tego artykuł artykułu też także czas wszystkie tutaj link cały",
    },
    // Russian, Ukrainian
    Language {
        counted: "комментарий комментария комментариев комментарии коментар коментарі коментарів просмотр просмотра \
            просмотров переглядів страница страниц сторінка фото",
        minutes: "мин минута минуты минут хв хвилина хвилини хвилин",
        reading: "читать читайте чтения чтение читати читання",
        labels: "права защищены реклама поделиться поделитесь поширити дальше далее далі ещё еще следующая предыдущая наступна \
            попередня печать распечатать скопировать подписаться меню поиск назад вверх",
        particles: "из на в и з у с по также этой эту статью статья новость новости время час все ссылку тему \
            теме нас подробнее полностью",
    },
    // Turkish
    Language {
        counted: "yorum yorumlar görüntülenme paylaşım beğeni sayfa fotoğraf",
        minutes: "dk dakika",
        reading: "oku okuma okuyun",
        labels: "hakları saklıdır reklam paylaş devamı devamını sonraki önceki yazdır kopyala takip abone menü ara ilgili",
        particles: "bu haber haberi haberler süresi için tüm ve et ol daha fazla ile tıklayın",
    },
    // Indonesian
    Language {
        counted: "komentar dilihat tayangan halaman foto",
        minutes: "menit",
        reading: "baca membaca",
        labels: "iklan advertisement bagikan selanjutnya sebelumnya lanjutkan cetak salin ikuti berlangganan menu cari",
        particles: "juga dari di ke ini artikel berita waktu semua selengkapnya ke dan untuk",
    },
    // Arabic
    Language {
        counted: "تعليق تعليقات التعليقات مشاهدة مشاهدات مشاركة صفحة الصفحة صورة صور",
        minutes: "دقيقة دقائق",
        reading: "قراءة اقرأ القراءة",
        labels: "جميع الحقوق محفوظة إعلان اعلان إعلانات شارك المزيد التالي السابق طباعة نسخ تابع التالية السابقة",
        particles: "من على في أيضا أيضاً هذا المقال الخبر وقت مدة كل الرابط",
    },
    // Persian
    Language {
        counted: "نظر نظرات دیدگاه بازدید صفحه عکس",
        minutes: "دقیقه",
        reading: "مطالعه خواندن بخوانید",
        labels: "آگهی تبلیغات اشتراک گذاری بیشتر بعدی قبلی چاپ کپی ادامه مطلب",
        particles: "از در به این خبر زمان همه لینک را نیز هم",
    },
    // Chinese
    Language {
        counted: "评论 評論 留言 浏览 瀏覽 点赞 分享 转发 阅读 閱讀 页 頁",
        minutes: "分钟 分鐘",
        reading: "阅读 閱讀",
        labels: "版权所有 版權所有 广告 廣告 更多 继续 繼續 下一页 上一页 下一頁 上一頁 相关 相關 全文 打印 复制",
        particles: "第 共 条 條 次 篇 的 时间 時間 约 約 人 本 文 文章 新闻 新聞 数 數 到",
    },
    // Japanese
    Language {
        counted: "コメント いいね 閲覧 ページ シェア",
        minutes: "分",
        reading: "読了 読む",
        labels: "広告 続き 関連記事 関連 もっと見る 次へ 前へ 次の 前の する ツイート 印刷 コピー スポンサー 記事",
        particles: "件 回 の で を 約 全 目 中 この 時間 数 に",
    },
    // Korean
    Language {
        counted: "댓글 조회 조회수 좋아요 공유 공유하기 페이지",
        minutes: "분",
        reading: "읽기 읽는",
        labels: "광고 더보기 다음 이전 관련기사 관련 계속 인쇄 복사",
        particles: "개 회 수 시간 의 총 중 전체 예상 기사 뉴스 더 보기",
    },
];

/// The languages in which a word has each use: a bit for each row of the table.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct WordUses {
    /// The languages that have the word at all.
    pub(super) any: u32,
    pub(super) counted: u32,
    pub(super) minutes: u32,
    pub(super) reading: u32,
    pub(super) labels: u32,
}

static USES: LazyLock<HashMap<&'static str, WordUses>> = LazyLock::new(|| {
    let mut table: HashMap<&str, WordUses> = HashMap::new();
    let mut add = |words: &'static str, languages: u32, use_of: fn(&mut WordUses) -> &mut u32| {
        for word in words.split_whitespace() {
            let uses = table.entry(word).or_default();
            uses.any |= languages;
            *use_of(uses) |= languages;
        }
    };
    add(SERVICES, u32::MAX, |uses| &mut uses.counted);
    for (number, language) in (0..).zip(&LANGUAGES) {
        let bit = 1 << number;
        add(language.counted, bit, |uses| &mut uses.counted);
        add(language.minutes, bit, |uses| &mut uses.minutes);
        add(language.reading, bit, |uses| &mut uses.reading);
        add(language.labels, bit, |uses| &mut uses.labels);
        add(language.particles, bit, |uses| &mut uses.any);
    }
    table
});

static FILTER: LazyLock<TokenFilter> = LazyLock::new(|| TokenFilter::new(USES.keys().copied()));

/// Returns a filter of the tokens of all words.
pub(super) fn page_word_filter() -> &'static TokenFilter {
    &FILTER
}

/// Returns the uses of a word in lower case; `None` if no language has it.
pub(super) fn uses_of(word: &str) -> Option<WordUses> {
    USES.get(word).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_in_lower_case_and_of_letters() {
        for word in USES.keys() {
            assert_eq!(*word, word.to_lowercase());
            assert!(word.chars().all(char::is_alphabetic), "{word}");
        }
    }

    #[test]
    fn a_word_has_the_uses_of_its_languages() {
        let [page, lesezeit, facebook] = ["page", "lesezeit", "facebook"].map(|word| uses_of(word).unwrap());
        assert_eq!((page.counted.count_ones(), page.labels), (2, 0), "English and French");
        assert_eq!((lesezeit.any, lesezeit.reading), (0b10, 0b10));
        assert_eq!(facebook.counted, u32::MAX);
        assert!(uses_of("chelsea").is_none());
    }
}
