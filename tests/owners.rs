//! Whose account is it: one small company, one account at a time, and what is said of it; then what people decide about it.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use truedown::analysis::Analysis;
use truedown::correlate::{AccountId, Evidence, Link, Stranger};
use truedown::import::{Placing, Role, Source};
use truedown::model::AppName;
use truedown::session::{Placings, Session};
use truedown::workspace::{Exemption, Verdict};

/// Two namesakes, one of whom has left; an address that was given again; a changed surname; other scripts; and enough other
/// people for names to be rare among them.
const PEOPLE: &str = "\
User Id,Status,Username,First name,Last name,Primary email,Employee number,hireDate,terminationDate,Display name,Department,userType
p1,ACTIVE,john.smith@a.example,John,Smith,john.smith@a.example,0101,2024-05-01,,,,
p2,DEPROVISIONED,john.smith2@a.example,John,Smith,,0102,2019-01-07,2023-03-31,,,
p3,ACTIVE,jane.doe@a.example,Jane,Doe,jane.doe@a.example,0103,2025-06-02,,,,
p4,ACTIVE,anna.kowalska@a.example,Anna,Nowak,anna.kowalska@a.example,0104,2018-02-05,,,,
p5,ACTIVE,yuliya.kuznetsova@a.example,Юлия,Кузнецова,yuliya.kuznetsova@a.example,0105,2020-09-01,,,,
p6,ACTIVE,tomas.ruiz@a.example,Tomás,Ruiz Ortega,tomas.ruiz@a.example,0106,2021-06-01,,,,
p7,ACTIVE,william.okafor@a.example,William,Okafor,william.okafor@a.example,0107,2017-04-03,,,,
p8,ACTIVE,jorg.muller@a.example,Jörg,Müller,jorg.muller@a.example,0108,2016-10-10,,,,
p9,DEPROVISIONED,bo.ray@a.example,Bo,Ray,bo.ray@a.example,0109,2016-01-04,2025-01-31,,,
p10,ACTIVE,wei.zhao@a.example,Wei,Zhao,wei.zhao@a.example,0110,2016-02-01,,,,
p11,ACTIVE,minsik.gim@a.example,Min-sik,Gim,minsik.gim@a.example,0111,2016-02-01,,,,
p12,ACTIVE,shimaharak@a.example,恵子,島原,shimaharak@a.example,0112,2016-02-01,,,,
p14,ACTIVE,tchoe@a.example,Tae-hee,Choe,tchoe@a.example,0114,2016-02-01,,,,
p15,ACTIVE,jp.blanc@a.example,Jean-Pierre,Boisville,jean.boisville@a.example,0115,2016-02-01,,,,
p16,ACTIVE,gjihyun@a.example,지경,신,gjihyun@a.example,0116,2016-02-01,,,,
p17,ACTIVE,yyoon@a.example,Young-woo,Yoon,yyoon@a.example,0117,2016-02-01,,,,
p18,ACTIVE,marcus.weyland@a.example,Marcus,Weyland,marcus.weyland@a.example,0118,2016-02-01,,,,
p19,ACTIVE,james.thomas@a.example,James,Thomas,james.thomas@a.example,0119,2016-02-01,,,,
p20,ACTIVE,manfred.wagner@a.example,Manfred,Wagner,manfred.wagner@a.example,0120,2016-02-01,,,,
p21,ACTIVE,yan.chen@a.example,Yan,Chen,yan.chen@a.example,0121,2016-02-01,,,,
p22,ACTIVE,jiapeng.hu@a.example,佳鹏,胡,jiapeng.hu@a.example,0122,2016-02-01,,,,
p23,ACTIVE,ida.quist-ext@a.example,Ida,Quist,ida.quist-ext@a.example,,2016-02-01,,,,
p24,ACTIVE,taiman.chan@a.example,大文,陳,taiman.chan@a.example,0124,2016-02-01,,Terence Chan (陳大文),,
p25,ACTIVE,suharto@a.example,LNU,Suharto,suharto@a.example,0125,2016-02-01,,,,
p26,ACTIVE,giang.dang@a.example,Thị Hương Giang,Đặng,giangdth@a.example,0126,2016-02-01,,,,
p27,ACTIVE,doyun.bae@a.example,Do-yun,Bae,doyun.bae@a.example,0127,2016-02-01,,,,
p28,ACTIVE,uma.quill@a.example,Uma,Quill,uma.quill@a.example,0128,2016-02-01,,,Finance,Contractor
p29,ACTIVE,kyle.harrow@a.example,Kyle,Harrow,kyle.harrow@a.example,0129,2016-02-01,,,,
p30,ACTIVE,kylie.harrow@a.example,Kylie,Harrow,kylie.harrow@a.example,0130,2016-02-01,,,,
p31,ACTIVE,jay.chow@a.example,Jay,Chow,jay.chow@a.example,0131,2016-02-01,,Jay Chow (周杰伦),,
p32,ACTIVE,jeanluc.ostrow@a.example,Jean-Luc,Ostrow,jeanluc.ostrow@a.example,0132,2016-02-01,,,,
p33,ACTIVE,alex.ostby@a.example,Alex,Ostby,alex.ostby@a.example,0133,2016-02-01,,,,
p34,ACTIVE,priscilla.mostyn@a.example,Priscilla Mostyn,,priscilla.mostyn@a.example,0134,2016-02-01,,,,
p35,ACTIVE,mj.ostendorf@a.example,Maria José,Ostendorf,mj.ostendorf@a.example,0135,2016-02-01,,,,
p36,ACTIVE,m.dunmow@a.example,M.,Dunmow,m.dunmow@a.example,0136,2016-02-01,,,,
p37,ACTIVE,anke.berghof@a.example,Anke,Berghof,anke.berghof@a.example,0137,2016-02-01,,,,
p38,ACTIVE,jan.petersmann@a.example,Jan,Petersmann,jan.petersmann@a.example,0138,2016-02-01,,,,
p39,ACTIVE,hung.nguyen@a.example,Văn Hùng,Nguyễn,hung.nguyen@a.example,0139,2016-02-01,,,,
p40,ACTIVE,tessa.carlow@a.example,Tessa,Carlow,tessa.carlow@a.example,0140,2016-02-01,,,,
p41,ACTIVE,adm.tessa.carlow@a.example,Tessa,Carlow,,,,,Tessa Carlow (Admin),,
p42,ACTIVE,duc.tran@a.example,Minh Đức,Trần,duc.tran@a.example,0142,2016-02-01,,,,
p13,ACTIVE,front.desk@a.example,Front,Desk,front.desk@a.example,,,,,,
";

fn directory() -> String {
    const OTHERS: &str = "Mira Vance, Oskar Lindqvist, Ludo Abara, Selma Castell, Ibrahim Whitlock, Priya Sandoval, Conor Petrov, \
        Freya Yilmaz, Mateo Brandt, Hana Moreau, Gustav Ekholm, Beatriz Falcao, Rory Gallivan, Ingrid Haugen, Pavel Jelinek, \
        Noor Kassem, Wanda Lisowska, Declan Mulroney, Sofia Nikolaou, Emeka Obi, Katarina Pesic, Quentin Roussel, Sanjay Thakur, \
        Ulrike Vogel, Dai Xu, Zeynep Aksoy, Florin Balan, Carmen Duarte, Elin Forsberg, Gwen Hopkins";
    let mut text = PEOPLE.to_owned();
    for (index, name) in OTHERS.split(", ").enumerate() {
        let (first, last) = name.split_once(' ').unwrap();
        let local = format!("{first}.{last}").to_lowercase();
        text +=
            &format!("q{index},ACTIVE,{local}@a.example,{first},{last},{local}@a.example,9{index:03},2019-03-04,,,,\n");
    }
    text
}

const HEADER: &str = "id,user name,email,name,status,role,created,last active,employee number\n";

fn session(accounts: &str) -> Session {
    let mut session = Session::unsaved().unwrap();
    import(&mut session, "people-2026-01-31.csv", &directory());
    import(&mut session, "app-2026-01-31.csv", &format!("{HEADER}{accounts}\n"));
    session
}

fn import(session: &mut Session, name: &str, text: &str) {
    let placings: Placings = vec![(
        name.to_owned(),
        match name.starts_with("people") {
            true => Placing::new(Role::Directory, None),
            false => Placing::new(Role::Accounts, Some(AppName::new("App"))),
        },
    )];
    let source = Source::new(name, text.as_bytes().to_vec());
    let noticed = session.import(&[source], &placings, &mut |_| true).unwrap().unwrap();
    assert!(noticed.is_empty(), "{noticed:?}");
}

fn first(analysis: &Analysis) -> AccountId {
    analysis.roster.accounts().next().unwrap()
}

/// `linked john.smith by name`, `asked john.smith, john.smith2`, `asked john.smith or nobody`, `nobody`, `service`, `external`.
fn said(analysis: &Analysis, id: AccountId) -> String {
    let outcome = &analysis.outcomes[id.index()];
    let name = |person| analysis.roster.person(person).username.replace("@a.example", "");
    match &outcome.link {
        Link::Person(person) => format!("linked {} by {}", name(*person), outcome.method.unwrap().as_str()),
        Link::Review(candidates) => {
            let names: Vec<String> = candidates.iter().map(|candidate| name(candidate.person)).collect();
            let otherwise = match outcome.otherwise {
                Some(Stranger::Unknown) => " or rather nobody",
                Some(Stranger::Outside) => " or rather a stranger",
                None => "",
            };
            format!("asked {}{otherwise}", names.join(", "))
        }
        Link::Nobody => "nobody".into(),
        Link::Service => "service".into(),
        Link::External => "external".into(),
    }
}

/// Two called Ana Souza, one in each of two departments of 30 others; of the first nine of ten have an account, of the second nobody.
#[test]
fn of_equals_the_one_whose_colleagues_have_accounts_comes_first() {
    let company = |departments: [&str; 2], namesakes: &str, accounts: &str| {
        let mut people = "User Id,Status,Username,First name,Last name,Primary email,Department\n".to_owned();
        let mut listed = format!("{HEADER}{accounts}\n");
        for (index, department) in departments.iter().cycle().enumerate().take(60) {
            // Names of letters that have nothing to do with each other.
            let letter = |at: usize| char::from(b'a' + u8::try_from((index * 7 + at * 11) % 26).unwrap());
            let (first, last): (String, String) = ((0..6).map(letter).collect(), (2..9).map(letter).rev().collect());
            let address = format!("{first}.{last}{index}@a.example");
            people += &format!("r{index},ACTIVE,{address},{first},{last},{address},{department}\n");
            if index % 2 == 0 && index % 20 != 0 {
                listed += &format!("r{index},,{address},,active,,,,\n");
            }
        }
        let mut session = Session::unsaved().unwrap();
        import(&mut session, "people-2026-01-31.csv", &format!("{people}{namesakes}"));
        import(&mut session, "app-2026-01-31.csv", &listed);
        let analysis = session.analyze();
        let id = first(&analysis);
        let told = |found: &Evidence| truedown::view::words::fact(&analysis, &found.fact);
        let facts = analysis.outcomes[id.index()].evidence().iter().map(told);
        let colleagues: String = facts.filter(|text| text.contains("colleagues")).collect();
        format!("{} {}", said(&analysis, id), colleagues.split(" in ").next().unwrap()).trim().to_owned()
    };
    let teams = ["Engineering", "Sales"];
    let ana = "1,,,Ana Souza,active,,,,";
    let check = |[eng, sales]: [(&str, &str); 2], accounts: &str, expect: &str| {
        // Neither the rows nor the ids say who comes first.
        for (eng_id, sales_id, is_turned) in [("1", "2", false), ("2", "1", false), ("1", "2", true)] {
            let row = |id: &str, name: &str, (status, team): (&str, &str)| {
                format!("{id},{status},ana.{name}@a.example,Ana,Souza,ana.{name}@a.example,{team}\n")
            };
            let mut rows = [row(eng_id, "one", eng), row(sales_id, "two", sales)];
            if is_turned {
                rows.reverse();
            }
            let said = company(teams, &rows.concat(), accounts);
            let shown = if expect.is_empty() { !said.contains("colleagues") } else { said == expect };
            assert!(shown, "{said}; expected {expect}; {eng:?} {sales:?} {accounts} {eng_id} {is_turned}");
        }
    };
    let engineer = ("ACTIVE", "Engineering");
    let seller = ("ACTIVE", "Sales");
    check([engineer, seller], ana, "asked ana.one, ana.two 27 of 30 colleagues");
    check([seller, engineer], ana, "asked ana.two, ana.one 27 of 30 colleagues");
    // Who has left comes behind, and then nothing is to be told.
    check([("DEPROVISIONED", "Engineering"), seller], ana, "asked ana.two, ana.one");
    check([engineer, ("DEPROVISIONED", "Sales")], ana, "asked ana.one, ana.two");
    // Nobody is put before somebody of whose department nothing is known, or who is alone there.
    check([engineer, ("ACTIVE", "")], ana, "");
    check([engineer, ("ACTIVE", "Legal")], ana, "");
    // Where most accounts wait for an answer, little is known.
    let waiting: String = (2..40).map(|number| format!("\n{number},,,Ana Souza,active,,,,")).collect();
    check([engineer, seller], &format!("{ana}{waiting}"), "");
}

#[test]
fn owners_are_found() {
    let mut wrong = Vec::new();
    let mut check = |account: &str, expect: &str| {
        let analysis = session(account).analyze();
        let said = said(&analysis, first(&analysis));
        if said != expect {
            wrong.push(format!("{account}: {said}; expected {expect}"));
        }
    };
    // Addresses, however they are written, and numbers.
    check("1,,Mira.Vance@A.example,Mira Vance,active,,,,", "linked mira.vance by email");
    check("1,,mira.vance+crm@a.example,,active,,,,", "linked mira.vance by alias");
    check("1,,,,active,,,,9007", "linked freya.yilmaz by employee_id");
    check("1,9007,,,active,,,,", "linked freya.yilmaz by employee_id");
    check("1,,,,active,,,,103", "linked jane.doe by employee_id");
    // A number in the wrong row; an address beside it bears it out.
    check("1,,,Freya Yilmaz,active,,,,9008", "asked freya.yilmaz, mateo.brandt");
    check("1,,,Zubeltha Nomura,active,,,,9008", "asked mateo.brandt or rather nobody");
    check("1,,mateo.brandt@a.example,Zubeltha Nomura,active,,,,9008", "linked mateo.brandt by employee_id");
    // Names, however they are written.
    check("1,,,\"Vance, Mira\",active,,,,", "linked mira.vance by name");
    check("1,,billo77@gmail.com,Bill Okafor,active,,,,", "linked william.okafor by name");
    check("1,,,Joerg Mueller,active,,,,", "linked jorg.muller by name");
    check("1,,,Yulia Kuznetsova,active,,,,", "linked yuliya.kuznetsova by name");
    check("1,,,Anna Kowalska,active,,,,", "linked anna.kowalska by name");
    check("1,mvance,,,active,,,,", "linked mira.vance by pattern");
    check("1,MVANCE,,MVANCE,active,,,,", "linked mira.vance by pattern");
    check("1,u5f21,m.vance@a.example,Mira Vance,active,,,,", "linked mira.vance by name");
    check("1,,,Tomas Ruiz,active,,,,", "linked tomas.ruiz by name");
    check("1,,minsik.kim@a.example,김 민식,active,,,,", "linked minsik.gim by name");
    check("1,,minsik.kim@a.example,Minsik Kim,active,,,,", "linked minsik.gim by name");
    check("1,,taehee.choi@a.example,Taehee Choi,active,,,,", "linked tchoe by name");
    check("1,,,JP Boisville,active,,,,", "linked jp.blanc by name");
    check("1,,slavo@a.example,Declo Mulroney,active,,,,", "asked declan.mulroney");
    check("1,,mira.vance2@a.example,Mira Vanxe,active,,,,", "asked mira.vance");
    check("1,,m.vance@a.example,Mira Vance (Admin),active,,,,", "linked mira.vance by name");
    // A letter may make another name, above all where it stands twice.
    check("1,,wei.shao@a.example,Wei Shao,active,,,,", "asked wei.zhao");
    check("1,,,Wei Shao,active,,,,", "asked wei.zhao");
    check("1,,,Wanda Lisovska,active,,,,", "linked wanda.lisowska by name");
    check("1,,,Gustav Eckholm,active,,,,", "linked gustav.ekholm by name");
    check("1,,,Elin Forsbergh,active,,,,", "linked elin.forsberg by name");
    check("1,,jane.doe@a.example,Zubeltha Doe,active,,,,", "linked jane.doe by email");
    check("1,,bo.ray@a.example,Zubeltha Ray,active,,,,", "asked bo.ray or rather nobody");
    check("1,,,Ahmed William Okafor,active,,,,", "asked william.okafor");
    check("1,,,Minsi K. Gim,active,,,,", "asked minsik.gim or rather nobody");
    check("1,,pavel.jelineka@a.example,Pavel Jelineka,active,,,,", "asked pavel.jelinek");
    check("1,,,Mira Vance Jr.,active,,,,", "asked mira.vance");
    check("1,ludo.abara.jr,,,active,,,,", "asked ludo.abara");
    check("1,,ludo.abara.filho@a.example,Ludo Abara Filho,active,,,,", "asked ludo.abara");
    check("1,,,Ludo Abara Neto,active,,,,", "asked ludo.abara");
    check("1,,ludo.abaraiii@a.example,,active,,,,", "asked ludo.abara or rather nobody");
    check("1,,,Ludo Abara fils,active,,,,", "asked ludo.abara");
    // What stands in for a name is none, and a role may be what somebody uses.
    check("1,,mira.vance@a.example,undefined undefined,active,,,,", "linked mira.vance by email");
    check("1,,mira.vance@a.example,N/A,active,Bot,,,", "linked mira.vance by email");
    check("1,,mira.vance@a.example,Mira Vance,active,Service,,,", "linked mira.vance by email");
    // A name that a list joins with another and that people bear for itself, and one in which either word may come first.
    check("1,,,Mark Weyland,active,,,,", "linked marcus.weyland by name");
    check("1,,mark.weyland@a.example,Mark Weyland,active,,,,", "asked marcus.weyland");
    check("1,,,Mark Weyland,active,,,,\n2,,marcus.weyland@a.example,,active,,,,", "asked marcus.weyland");
    check("1,,,Thomas James,active,,,,", "linked james.thomas by name");
    check("1,,thomas.james@a.example,Thomas James,active,,,,", "asked james.thomas");
    check("1,,thomas.james@a.example,,active,,,,", "asked james.thomas");
    check("1,,jthomas@a.example,Thomas James,active,,,,", "linked james.thomas by name");
    check("1,,jthomas2@gmail.com,\"Thomas, James\",active,,,,", "linked james.thomas by name");
    check("1,,thomas.james@a.example,James Thomas,active,,,,", "linked james.thomas by name");
    check("1,,thomas.james@a.example,\"Thomas, James\",active,,,,", "linked james.thomas by name");
    check("1,,thomas.james@a.example,THOMAS James,active,,,,", "linked james.thomas by name");
    check("1,,thomas.r.james@a.example,Thomas R. James,active,,,,", "asked james.thomas");
    check("1,mark.weyland,,Mark Weyland,active,,,,", "asked marcus.weyland");
    check("1,,,Kylie Harrow,active,,,,", "linked kylie.harrow by name");
    check("1,,wagner.manfred@a.example,Wagner Manfred,active,,,,", "linked manfred.wagner by name");
    // Another name in the same letters, or in letters that are known to be spelled otherwise.
    check("1,,,陈燕,active,,,,", "linked yan.chen by name");
    check("1,,,陈燕,active,,,,\n2,,,陈艳,active,,,,", "asked yan.chen");
    check("1,,,Mark Weyland,active,,,,\n2,,,Marcus Weyland,active,,,,", "asked marcus.weyland");
    check("1,,,Marcus Weyland,active,,,,\n2,,,Mark Weyland,active,,,,", "linked marcus.weyland by name");
    check("1,,,Margaret Dunmow,active,,,,", "linked m.dunmow by name");
    check("1,,,Margaret Dunmow,active,,,,\n2,,,Michael Dunmow,active,,,,", "asked m.dunmow");
    check("1,,,Margaret Dunmow,active,,,,\n2,,m.dunmow@a.example,Michael Dunmow,active,,,,", "asked m.dunmow");
    check("1,,,M. Dunmow,active,,,,\n2,,,Michael Dunmow,active,,,,", "linked m.dunmow by name");
    // A name with more to it, or of its own, at an address of ours or beside another account.
    check("1,,jeanluc.ostrow2@a.example,Jean-Luc Ostrow,active,,,,", "asked jeanluc.ostrow");
    check("1,,jeanmarc.ostrow@a.example,,active,,,,", "asked jeanluc.ostrow or rather nobody");
    check("1,,anna.berghof@a.example,Anna Berghof,active,,,,", "asked anke.berghof");
    check("1,,,Anna Berghof,active,,,,", "linked anke.berghof by name");
    check("1,,jan-ole.petersmann@a.example,Jan-Ole Petersmann,active,,,,", "asked jan.petersmann");
    check("1,,jpetersmann@a.example,Jan-Ole Petersmann,active,,,,", "linked jan.petersmann by name");
    check("1,,,Nguyễn Văn Hưng,active,,,,", "asked hung.nguyen");
    check("1,,,Nguyen Van Hung,active,,,,", "linked hung.nguyen by name");
    check("1,,,Thomas James,active,,,,\n2,,,James Thomas,active,,,,", "asked james.thomas");
    check("1,,,Mark Weyland,active,,,,\n2,,,Mark Weyland,active,,,,", "linked marcus.weyland by name");
    check("1,,,William Okafor,active,,,,\n2,,,Bill Okafor,active,,,,", "linked william.okafor by name");
    check("1,,,Tai Man Chan,active,,,,", "linked taiman.chan by name");
    check("1,,,周杰伦,active,,,,", "linked jay.chow by name");
    check("1,,,周介论,active,,,,", "nobody");
    check("1,,,Terence Chan,active,,,,", "linked taiman.chan by name");
    check("1,,,Do Yun Bae,active,,,,", "linked doyun.bae by name");
    check("1,,,Yun Bae,active,,,,", "asked doyun.bae");
    check("1,,,Jean-Luc Ostrow,active,,,,", "linked jeanluc.ostrow by name");
    check("1,,,Jean-Marc Ostrow,active,,,,", "asked jeanluc.ostrow");
    check("1,,,José Maria Ostendorf,active,,,,", "asked mj.ostendorf");
    check("1,,,Maria José Ostendorf,active,,,,", "linked mj.ostendorf by name");
    check("1,,,Mira V. Hill,active,,,,", "asked mira.vance or rather nobody");
    check("1,,,Alexandra Ostby,active,,,,", "linked alex.ostby by name");
    check("1,,,Alexandra Ostby,active,,,,\n2,,,Alexander Ostby,active,,,,", "asked alex.ostby");
    check("1,,,\"Mostyn, Priscilla\",active,,,,", "linked priscilla.mostyn by name");
    check("1,,,Mira Vance🚀,active,,,,", "linked mira.vance by name");
    check("1,,,Mag. Mira Vance / IT,active,,,,", "linked mira.vance by name");
    check("1,,,mira.vance@a.example,active,,,,", "linked mira.vance by email");
    check("1,,,Suharto,active,,,,", "linked suharto by pattern");
    check("1,,,Suharto Suharto,active,,,,", "linked suharto by pattern");
    check("1,,,Mira Vance 欧阳秀兰,active,,,,", "linked mira.vance by name");
    check("1,,,Giang Dang,active,,,,", "linked giang.dang by name");
    check("1,,jhu@a.example,Jiapeng Hu,active,,,,", "linked jiapeng.hu by name");
    check("1,,jhu@a.example,Jae-mi Hu,active,,,,", "asked jiapeng.hu or rather nobody");
    // Somebody of another organization, unless the directory says the same.
    check("1,,mira.vance-ext@a.example,Mira Vance,active,,,,", "asked mira.vance");
    check("1,,mvance@a.example,Mira Vance (Contractor),active,,,,", "asked mira.vance");
    check("1,,mira.vance.ext@a.example,Mira Vance (Admin),active,,,,", "linked mira.vance by name");
    check("1,,mira.vance.initech@a.example,Mira Vance,active,,,,", "asked mira.vance");
    check("1,,v-mvance@a.example,Mira Vance,active,,,,", "asked mira.vance");
    check("1,,mvance.initech@a.example,Mira Vance,active,,,,", "asked mira.vance");
    check("1,,mira.vance.finance@a.example,Mira Vance,active,,,,", "linked mira.vance by name");
    check("1,,mira.vance.nyc@gmail.com,Mira Vance,active,,,,", "linked mira.vance by name");
    check("1,,,Mira Vance (Initech),active,,,,\n2,,jo.do@initech.example,Jo Do,active,,,,", "asked mira.vance");
    check("1,,,[Initech] Mira Vance,active,,,,\n2,,jo.do@initech.example,Jo Do,active,,,,", "asked mira.vance");
    check("1,,v-quist@a.example,Ida Quist,active,,,,", "linked ida.quist-ext by name");
    check("1,,,Mira Vance (she/her),active,,,,", "linked mira.vance by name");
    check("1,,,Mira Vance (Guest),active,,,,", "asked mira.vance");
    check("1,,,Mira Vance (Temporary),active,,,,", "asked mira.vance");
    check("1,,,Uma Quill (Contractor),active,,,,", "linked uma.quill by name");
    check("1,,iquist@a.example,Ida Quist (External),active,,,,", "linked ida.quist-ext by name");
    // What the directory has as somebody's second entry is no namesake.
    check("1,,tcarlow@a.example,Tessa Carlow,active,,,,", "linked tessa.carlow by name");
    check("1,,,Tessa Carlow (Admin),active,,,,", "linked adm.tessa.carlow by name");
    // A device or a program of somebody's.
    check("1,,ipad-mira@a.example,Mira Vance's iPad,active,,,,", "asked mira.vance");
    check("1,mv-bot,,Mira Vance (bot),active,,,,", "asked mira.vance");
    check("1,,,Mira Vance (API),active,,,,", "asked mira.vance");
    check("1,,mv.shared@a.example,Mira Vance Shared Mailbox,active,,,,", "asked mira.vance");
    check("1,,,Mira Vance (Finance),active,,,,", "linked mira.vance by name");
    check("1,,,Office Manager - Mira Vance,active,,,,", "linked mira.vance by name");
    check("1,,,Mira Vance - Office Manager,active,,,,", "linked mira.vance by name");
    check("1,,,Training - Mira Vance,active,,,,", "asked mira.vance");
    // Read in the wrong encoding, and disguised in a copy of an app.
    check("1,,,JÃ¶rg MÃ¼ller,active,,,,", "linked jorg.muller by name");
    check("1,,mira.vance@a.example.invalid,,active,,,,", "linked mira.vance by alias");
    check("1,,,Sofia Nikolaos,active,,,,", "asked sofia.nikolaou");
    check("1,,,Trần Minh Dục,active,,,,", "asked duc.tran");
    // Half of a name, and another surname at an address that names somebody in full.
    check("1,,pierre.boisville@a.example,Pierre Boisville,active,,,,", "asked jp.blanc");
    check("1,,mira.vance2@a.example,Mira Nomura,active,,,,", "asked mira.vance");
    check("1,,,Mira Vance & Oskar Lindqvist,active,,,,", "asked oskar.lindqvist, mira.vance");
    check("1,,,Keiko Shimahara,active,,,,", "linked shimaharak by name");
    check("1,,,島原恵子,active,,,,", "linked shimaharak by name");
    // Two of a name: never one of them on the name alone.
    check("1,,,John Smith,active,,,,", "asked john.smith, john.smith2");
    check("1,,jsmith@gmail.com,John Smith,active,,2020-02-03,2022-11-01,", "asked john.smith2, john.smith");
    check("1,john.smith2,,,active,,,,", "asked john.smith2, john.smith");
    // The address was somebody else's.
    check("1,,jane.doe@a.example,Jane Doe,active,,2019-05-05,,", "asked jane.doe or rather nobody");
    check("1,,jane.doe@a.example,Jack Doe,active,,,,", "asked jane.doe");
    check("1,,jane.doe@a.example,Jane Doe,active,,2025-06-03,,", "linked jane.doe by email");
    check("1,,gjihyun@a.example,Ji-hyun Shin,active,,,,", "asked gjihyun or rather nobody");
    check("1,,gjihyun@a.example,Ji-gyeong Shin,active,,,,", "linked gjihyun by email");
    check("1,,,Young-jun Yoon,active,,,,", "asked yyoon");
    check("1,,anna.kowalska@a.example,Anna Kowalska,active,,,,", "linked anna.kowalska by email");
    // Somebody else's.
    check("1,,mira.vance@other.example,Mira Vance,active,,,,", "asked mira.vance");
    check("1,,zoe.quill@other.example,Zoe Quill,active,,,,", "external");
    check("1,,zoe.quill@a.example,Zoe Quill,active,,,,", "nobody");
    check("1,,mario.vance@a.example,Mario Vance,active,,,,", "asked mira.vance or rather nobody");
    // Nobody's.
    check("1,,svc-backup@a.example,Backup,active,,,,", "service");
    check("1,,support@a.example,Support Team,active,,,,", "service");
    check("1,crawler7,,,active,Bot,,,", "service");
    check("1,,front.desk@a.example,Front Desk,active,,,,", "service");
    check("1,,front.desk@a.example,Mira Vance,active,,,,", "linked mira.vance by name");
    check("1,,thandeka.drucker@a.example,Thandeka Drucker,active,,,,", "nobody");
    check("1,,test01@a.example,,active,,,,", "service");
    check("1,,18dba15@gmail.com,Mira Vance,active,,,,", "linked mira.vance by name");
    check("1,,priya.sandoval@a.example,Test Account,active,,,,", "linked priya.sandoval by email");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn decisions_stand_until_the_data_contradict_them() {
    let mut session = session("7,,mira.v@gmail.com,Jan Fox,active,,,,");
    let before = session.analyze();
    assert_eq!(said(&before, first(&before)), "external");
    let owner = Verdict::Owner { person: "mira.vance@a.example".into() };
    session.perform(vec![before.decide(first(&before), Some(owner))]).unwrap();
    let decided = session.analyze();
    assert_eq!(said(&decided, first(&decided)), "linked mira.vance by decision");
    assert!(decided.reminders.is_empty(), "{:?}", decided.reminders);
    // The next export has the account at another line, with other words.
    let later = format!("{HEADER}9,,hana.moreau@a.example,Hana Moreau,active,,,,\n7,,mv@gmail.com,M. V.,active,,,,\n");
    import(&mut session, "app-2026-02-28.csv", &later);
    let kept = session.analyze();
    let said_of = |analysis: &Analysis, key: &str| {
        let id = analysis.roster.accounts().find(|id| analysis.roster.account(*id).key() == key).unwrap();
        said(analysis, id)
    };
    assert_eq!(said_of(&kept, "7"), "linked mira.vance by decision");
    // Then one in which its address is somebody else's.
    let other = format!("{HEADER}7,,hana.moreau@a.example,Hana Moreau,active,,,,\n");
    import(&mut session, "app-2026-03-31.csv", &other);
    let contradicted = session.analyze();
    assert_eq!(said_of(&contradicted, "7"), "linked mira.vance by decision");
    let told: Vec<String> = contradicted.reminders.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "warning: app-2026-03-31.csv:2: what was decided for App account 7 no longer fits: its ids or addresses now lead to Hana \
          Moreau\n  hint: the decision stands until another one is made"
        ]
    );
    // Decided again, with that in sight, it is settled.
    let again = Verdict::Owner { person: "mira.vance@a.example".into() };
    session.perform(vec![contradicted.decide(first(&contradicted), Some(again))]).unwrap();
    assert!(session.analyze().reminders.is_empty());
    assert!(session.undo().unwrap());
    assert_eq!(session.analyze().reminders.len(), 1);
}

#[test]
fn exemptions_end() {
    let check = |until: Option<&str>, expect: &str| {
        let mut session = session("7,,bo.ray@a.example,Bo Ray,active,,,,");
        let analysis = session.analyze();
        let exemption = Exemption { reason: "legal hold".into(), until: until.map(|day| day.parse().unwrap()) };
        session.perform(vec![analysis.exempt(first(&analysis), Some(exemption))]).unwrap();
        let after = session.analyze();
        let finding = &after.findings[first(&after).index()];
        let told: Vec<&str> = after.reminders.iter().map(|told| told.message.as_str()).collect();
        assert_eq!(format!("{} {}", finding.kind.as_str(), told.join("; ")).trim(), expect, "{until:?}");
    };
    check(None, "in_use");
    check(Some("2026-01-31"), "in_use");
    check(Some("2026-01-30"), "orphaned App account 7 was to be kept until 2026-01-30 (legal hold)");
}

/// An app that makes sign-in names of parts of names, cuts them, or makes them of employee numbers.
#[test]
fn what_an_app_makes_sign_in_names_of_is_learned() {
    let company = |make: &dyn Fn(&str, &str, &str) -> String| {
        let accounts: Vec<String> = directory()
            .lines()
            .filter(|line| line.starts_with('q'))
            .map(|line| {
                let cells: Vec<&str> = line.split(',').collect();
                let login = make(&cells[3].to_lowercase(), &cells[4].to_lowercase(), cells[6]);
                format!("x{},{login},,,active,,,,", cells[0])
            })
            .collect();
        let analysis = session(&accounts.join("\n")).analyze();
        let is_right = |id: &AccountId| {
            let key = analysis.roster.account(*id).key().trim_start_matches('x').to_owned();
            match analysis.outcomes[id.index()].link {
                Link::Person(person) => analysis.roster.person(person).source_id == key,
                _ => false,
            }
        };
        let wrong = analysis.roster.accounts().filter(|id| said(&analysis, *id).starts_with("linked") && !is_right(id));
        format!(
            "{} of {}, {} wrong",
            analysis.roster.accounts().filter(is_right).count(),
            accounts.len(),
            wrong.count()
        )
    };
    let begin = |name: &str, most: usize| name.chars().take(most).collect::<String>();
    let check = |make: &dyn Fn(&str, &str, &str) -> String, expect: &str| assert_eq!(company(make), expect);
    // Xuda is too short to be anybody's.
    check(&|given, family, _| format!("{}{}", begin(family, 5), begin(given, 2)), "29 of 30, 0 wrong");
    check(&|given, family, _| format!("{}{}", begin(given, 3), begin(family, 3)), "30 of 30, 0 wrong");
    check(&|given, family, _| begin(&format!("{}{family}", begin(given, 1)), 8), "30 of 30, 0 wrong");
    check(&|given, family, _| format!("acme-{}{family}", begin(given, 1)), "30 of 30, 0 wrong");
    check(&|_, _, number| format!("E{number}"), "30 of 30, 0 wrong");
    check(&|_, _, number| format!("u00{number}"), "30 of 30, 0 wrong");
    check(&|_, _, number| format!("9{number}"), "0 of 30, 0 wrong");
}

/// Of two firms of a group one has ended somebody's access, and in the other's list there is somebody of the name.
#[test]
fn who_left_one_list_may_work_on_in_another() {
    let check = |other: &str, expect: &str| {
        let mut session = Session::unsaved().unwrap();
        import(&mut session, "people-2026-01-31.csv", &directory());
        let other = format!("User Id,Status,Username,First name,Last name,Primary email\n{other}\n");
        import(&mut session, "people-b-2026-01-31.csv", &other);
        import(&mut session, "app-2026-01-31.csv", &format!("{HEADER}1,,bo.ray@a.example,,active,,,,\n"));
        let analysis = session.analyze();
        assert_eq!(said(&analysis, first(&analysis)), expect, "{other}");
    };
    check("b1,ACTIVE,bo.ray@b.example,Bo,Ray,bo.ray@b.example", "asked bo.ray, bo.ray@b.example");
    check("b1,DEPROVISIONED,bo.ray@b.example,Bo,Ray,bo.ray@b.example", "linked bo.ray by email");
    check("b1,ACTIVE,bo.roy@b.example,Bo,Roy,bo.roy@b.example", "linked bo.ray by email");
    check("b1,ACTIVE,bo.ray@b.example,Bo J.,Ray (Contractor),bo.ray@b.example", "asked bo.ray, bo.ray@b.example");
    // Two others of the name: it is a common one.
    let two = "b1,ACTIVE,bo.ray@b.example,Bo,Ray,bo.ray@b.example\nb2,ACTIVE,bray@b.example,Bo,Ray,bray@b.example";
    check(two, "linked bo.ray by email");
}

/// A domain declared a former one settles what differs by it alone.
#[test]
fn a_former_domain_is_declared() {
    let accounts = "1,,mira.vance@old.example,,active,,,,\n2,,hana.moreau@old.example,,active,,,,\n3,,ludo.abara@old.example,,active,,,,";
    let mut session = session(accounts);
    let analysis = session.analyze();
    let all =
        |analysis: &Analysis| -> Vec<String> { analysis.roster.accounts().map(|id| said(analysis, id)).collect() };
    assert_eq!(all(&analysis), ["asked mira.vance", "asked hana.moreau", "asked ludo.abara"]);
    let proposed = truedown::correlate::aliases(&analysis.roster, &analysis.outcomes);
    let shown: Vec<String> =
        proposed.iter().map(|alias| format!("{} {} {}", alias.domain, alias.owned, alias.accounts.len())).collect();
    assert_eq!(shown, ["old.example a.example 3"]);
    session.perform(vec![analysis.declare("old.example", "a.example")]).unwrap();
    assert_eq!(
        all(&session.analyze()),
        [
            "linked mira.vance by domain_alias",
            "linked hana.moreau by domain_alias",
            "linked ludo.abara by domain_alias"
        ]
    );
}

/// What somebody said of an address in one app holds in the others; nothing at all is left of it where that is asked for.
#[test]
fn what_is_known_of_an_address_holds_in_all_apps() {
    let mut session = session("7,,zebra77@mail.example,,active,,,,9007\n8,,zebra77@mail.example,Z,active,,,,");
    let all =
        |analysis: &Analysis| -> Vec<String> { analysis.roster.accounts().map(|id| said(analysis, id)).collect() };
    assert_eq!(all(&session.analyze()), ["linked freya.yilmaz by employee_id", "linked freya.yilmaz by alias"]);
    let file = |decision: &str| {
        let text = format!("app,account,decision,person,reason,until\nApp,8,{decision},,legal hold,\n");
        Source::new("decisions.csv", text.into_bytes())
    };
    for decision in ["keep", "nobody"] {
        assert_eq!(session.apply_decisions(&file(decision)).unwrap().0, 1);
    }
    let decided = session.analyze();
    let id = decided.roster.accounts().nth(1).unwrap();
    assert!(decided.roster.decision(id).is_some() && decided.roster.exemption(id).is_some());
    assert_eq!(session.apply_decisions(&file("none")).unwrap().0, 1);
    let decided = session.analyze();
    assert!(decided.roster.decision(id).is_none() && decided.roster.exemption(id).is_none());
}
