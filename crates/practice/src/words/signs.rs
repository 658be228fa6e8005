//! The words of grammar that give signs: who does something, who says it, what is denied, of whom something is said.
//! They are the same in every state; what a pack forbids or spares stands in the pack.

use std::collections::HashMap;

use rustc_hash::FxBuildHasher;

use super::split::SHORT;
use super::text::{LONGEST, fold_into};
use crate::Lang;

pub(super) const DENIES: u64 = 1;
pub(super) const THINKS: u64 = 1 << 1;
/// Begins another clause.
pub(super) const BREAKS: u64 = 1 << 2;
/// Who does something.
pub(super) const SUBJECT: u64 = 1 << 3;
pub(super) const SAYS: u64 = 1 << 4;
pub(super) const CALLS: u64 = 1 << 5;
pub(super) const SELF: u64 = 1 << 6;
pub(super) const IDENTIFIES: u64 = 1 << 7;
pub(super) const PREFERS: u64 = 1 << 8;
/// "The word", "the label".
pub(super) const WORD: u64 = 1 << 9;
pub(super) const AVOIDS: u64 = 1 << 10;
pub(super) const DIAGNOSIS: u64 = 1 << 11;
pub(super) const LAW: u64 = 1 << 12;
/// Stands between somebody and what is said of them: "is", "has been", "still", "a".
pub(super) const LINK: u64 = 1 << 13;
pub(super) const PERSON: u64 = 1 << 14;
pub(super) const THING: u64 = 1 << 15;
pub(super) const MYSELF: u64 = 1 << 16;
pub(super) const STAFF: u64 = 1 << 17;
pub(super) const TITLE: u64 = 1 << 18;
/// After "not" it takes the denial away: "not only".
pub(super) const ONLY: u64 = 1 << 19;
/// Says only which language this is.
pub(super) const COMMON: u64 = 1 << 22;
pub(super) const PROFESSION: u64 = 1 << 25;
pub(super) const CHILD: u64 = 1 << 23;
pub(super) const ADULT: u64 = 1 << 24;
/// The writer of a note, as they call themselves.
pub(super) const WRITES: u64 = 1 << 21;
/// Joins clauses, and keeps a denial or what is retold: "that".
pub(super) const THAT: u64 = 1 << 20;
/// Begins what only tells where or which: "the line at the bank".
pub(super) const WITHIN: u64 = 1 << 26;
/// A story that somebody made up: what is said in it is said of nobody.
pub(super) const STORY: u64 = 1 << 27;
/// How somebody is, body and mind.
pub(super) const HEALTH: u64 = 1 << 28;
/// "Wants me to", "asked if I": somebody wishes that another one does it.
pub(super) const WISHES: u64 = 1 << 29;
/// After an expression it makes a name of both: "drug abuse hotline".
pub(super) const OFFICE: u64 = 1 << 30;
/// A time, and other words of which it says nothing what stands beside them: "school", "home".
pub(super) const WHEN: u64 = 1 << 31;
/// Says it only where a clause follows, or where it is a paper: "reports that", "the chart lists".
pub(super) const REPORTS: u64 = 1 << 33;
/// Those who work together here.
pub(super) const TEAM: u64 = 1 << 35;
/// "Ask", "talk over": what one does with whoever prescribes.
pub(super) const TALKS: u64 = 1 << 34;
/// A thing that people and their words are put before: "the problem child theater", "a broken home computer".
pub(super) const WHOLE: u64 = 1 << 32;

const ENGLISH: &[(u64, &str)] = &[
    (
        DENIES,
        "not never neither nor without cannot cant dont doesnt didnt isnt wasnt arent werent wont hasnt havent hadnt nobody none no hardly nothing",
    ),
    (
        THINKS,
        "think thinks thinking thought believe believes say says saying said call calling called see sees mean means meant feel feels consider considers describe describes agree want",
    ),
    (
        BREAKS,
        "because but so when while after before since if although though and unless until until where whenever why then",
    ),
    (THAT, "that whether"),
    (SUBJECT, "i he she they we you it who someone somebody everyone staff"),
    (
        SAYS,
        "laughed laughs claim think believe insist suspect assume complain swear wonder worries worried fears feared afraid ashamed scared wonders wondered asks asked said says say saying told tells telling thinks thought believes believed claims claimed insists insisted jokes joked joking yelled yells shouted complained complains wrote writes texted remembers heard according lists listed reads shared shares explained explains mentioned mentions admitted admits whispered swears recalled recalls confided felt feels noted notes reported reports states stated describes described assumes assumed suspects suspected swore warned warns",
    ),
    (
        CALLS,
        "call calls called calling describe describes described describing label labels labeled labelled labeling refers referred named titled entitled",
    ),
    (SELF, "himself herself themself themselves myself yourself itself ourselves"),
    (IDENTIFIES, "identify identifies identified identifying introduces introduced introduce"),
    (PREFERS, "prefers prefer preferred likes liked"),
    (WORD, "word words term terms label labels phrase phrases language wording expression wordings"),
    (AVOIDS, "avoid avoiding instead banned"),
    (DIAGNOSIS, "diagnosis diagnoses diagnosed dx icd dsm diagnostic remission"),
    (
        LAW,
        "law laws convicted charged charges sentenced statute statutes section chapter pled pleaded petition indicted felony misdemeanor code ordinance statutory legal legally cfr indictment plea jury docket regulation regulations iep warrant ruled ruling declared adjudicated",
    ),
    (
        LINK,
        "is am are was were be been being has have had having s m re ve d a an the also still now finally again just really very always once recovering former previously currently already too so quite pretty become became becoming got getting gets get stay stays stayed staying remain remains remained feel feels feeling seem seems seemed all both often sometimes today ever even totally completely fully will would can could may might used to longer not never isn wasn felt upstairs downstairs door next kept keeps started starts began begins colleague",
    ),
    (
        PERSON,
        "he she they him her them who i we you me us everyone everybody someone somebody nobody anyone person people man woman men women guy guys girl girls boy boys kid kids child children son sons daughter daughters mom moms mother mothers mum dad dads father fathers parent parents brother brothers sister sisters client clients patient patients peer peers member members individual individuals consumer consumers resident residents participant participants teen teens youth student students husband wife partner boyfriend girlfriend friend friends cousin uncle aunt grandma grandpa grandmother grandfather baby babies family families caregiver caregivers couple roommate tenant addict addicts alcoholic alcoholics veteran neighbor lady ladies gentleman folks folk fellow adult adults elder elders dude cousins nephew niece stepson stepdaughter stepfather stepmother grandson granddaughter newcomer newcomers fiance ex sibling siblings twin twins infant infants newborn teenager teenagers roommates housemate housemates neighbors worker applicant vet bro sis cashier driver cook coach boss barber singer artist clerk guard janitor manager stranger visitor guest lodger drinker customer customers volunteer volunteers tenants adoptee foster pt pts clt",
    ),
    (
        THING,
        "the a an this that these those it kitchen house home room apartment bathroom floor laundry record slate needle needles water air house office building site unit bill energy break driving license shirt shirts clothes dishes urine screen test today everything nothing work life school yesterday job money sleep things week weekend day days morning night parking bus traffic weather food process meeting paperwork form application month year summer winter class homework rent landlord insurance agency clinic store court bank hospital company car phone computer pharmacy program system letter road street there here prices hours monday tuesday wednesday thursday friday saturday sunday january february april august september october november december christmas thanksgiving easter halloween spring fall budget deadline printer line dog cat cars laptop website server vending machine oven fridge stairs wiring storm rain snow ice ad ads advertisement sofa couch chair table truck van train plane elevator escalator heater heating furnace microwave lamp light lights lock wire screws bolt roof wall ceiling garden yard tree dogs puppy kitten bird horse birds soup stew bread pie coffee tea lunch dinner breakfast salad game match concert party festival parade wind sun temperature humidity pace price cost costs bills taxes policy rule rules law laws contract schedule calendar map sign signs button app software email filter network wifi signal battery engine brakes tire tires gas fuel material fabric plastic metal paint jacket coat shoes boots hat skirt pants towel sheets trash garbage mess noise smell sound music radio tv television channel ad story article newspaper magazine field bridge highway intersection river lake beach mountain stock economy market mall neighborhood city town county village church temple museum station airport sidewalk hallway lobby basement garage pool gym field venue queue wait waiting ramp entrance exit gate fence backyard vans locks permit bloodwork piece theater recipe recipes space copier fumes plumber electrician mechanic contractor inspector handyman movers cake shelf shelves tools",
    ),
    (MYSELF, "i"),
    (
        STAFF,
        "i we staff team writer clinician therapist nurse provider worker specialist doctor counselor staffer",
    ),
    (TITLE, "mr mrs ms dr miss sr sra srta judge officer rev pastor st"),
    (ONLY, "only just merely simply"),
    (WRITES, "peer worker i we my our writer cps specialist"),
    (
        PROFESSION,
        "psychiatrist psychologist physician prescriber counselors clinic hospital school court agency judge evaluator manager officer supervisor teacher caseworker pediatrician nurses doctors clinicians",
    ),
    (
        CHILD,
        "child children kid kids son sons daughter daughters boy boys girl girls teen teens youth student baby toddler family families",
    ),
    (
        ADULT,
        "mom moms mother mothers dad dads father fathers parent parents caregiver caregivers grandmother aunt uncle husband wife own sponsor i my myself adult adults",
    ),
    (
        COMMON,
        "of to in at on by with for from his her their my our your its about into out up did do does said me us them first last next again here there today yesterday when after before some any all more one two three twice once weekly daily monthly tonight this that these those",
    ),
    (WITHIN, "at in on of from with by near under behind across inside outside around above below between"),
    (
        STORY,
        "film films movie movies novel novels cartoon cartoons song songs episode sitcom lyrics comic plot villain fiction documentary playlist fairy tale poem thriller thrillers podcast referee umpire goalie quarterback inning playoffs",
    ),
    (
        HEALTH,
        "risk mood symptoms needs anxiety depression withdrawal mental emotional panic trauma grief mania psychosis addiction readiness motivation safety suicidality suicide pain sleep insight judgment behavior behaviors condition health substance alcohol drug ptsd adhd bipolar autism cravings triggers stress anger memory mind state suicidal homicidal self cognitive dementia parenting attachment coping thoughts stability depressive anxious trouble troubles problem problems issues issue struggles moods crying nightmares si hi avh",
    ),
    (
        WISHES,
        "asked asks asking wanted wants wondered wonders begged hoped hopes expected expects needed wished",
    ),
    (
        OFFICE,
        "act law laws department office agency bureau administration exam conference hotline helpline registry coalition council commission committee journal statute institute association license licensure certification grant fund bill code ordinance",
    ),
    (
        WHEN,
        "today yesterday week weekend day days morning night month year summer winter spring fall monday tuesday wednesday thursday friday saturday sunday january february april august september october november december christmas thanksgiving easter halloween home school work life everything nothing money job sleep years months weeks hours",
    ),
    (
        WHOLE,
        "computer van lock locks tour permit theater book books film movie show piece cake recipe kitchen printer copier elevator fumes box sign story poem song album band cover paperwork form forms museum cafe bar festival costume game poster painting joke quilt socks bloodwork labs freezer fridge dryer washer router furnace cat dog kitten puppy ad ads email emails app website game games video plot cartoon weather storm road truck tire tires paint carpet contract complaint complaints flyer wiring faucet",
    ),
    (
        REPORTS,
        "lists listed shared shares explained explains mentioned mentions admitted admits recalled recalls noted notes reported reports states stated reads disclosed",
    ),
    (TEAM, "staff team colleague colleagues"),
    (
        TALKS,
        "ask asks talk talking speak speaking call calling check checking discuss see consult meet visit",
    ),
];

const SPANISH: &[(u64, &str)] = &[
    (DENIES, "no nunca jamas tampoco ni sin nadie ningun ninguna nada"),
    (
        THINKS,
        "creo cree creemos pienso piensa pensamos digo dice decimos decir diria llamo llama llamamos llamar veo ve vemos considero considera consideramos siento siente significa quiere",
    ),
    (BREAKS, "porque pero cuando mientras despues antes desde si aunque y hasta donde entonces pues"),
    (THAT, "que"),
    (SUBJECT, "yo el ella ellos ellas nosotros usted ustedes quien"),
    (
        SAYS,
        "siente sintio teme preocupa pregunta pregunto dice dijo dicen dijeron decia decian diciendo creen piensan opinan aseguran juran cuentan conto cuenta cuentan contaba comento comenta piensa pensaba cree creia insiste insistio grito grita escribio escribe bromea bromeo repite repetia segun compartio comparte explico explica menciono menciona admitio admite opina opino opinan sospecha sospecho asegura aseguro jura juro nota anoto lee sienten temia avisa aviso asume",
    ),
    (
        CALLS,
        "llama llamo llaman llamaba llamaban llamado llamada llamarle llamarlo llamarla describe describio dicen decirle apoda etiqueta etiquetan etiquetaron",
    ),
    (SELF, "mismo misma mismos mismas se"),
    (
        IDENTIFIES,
        "identifica identifico identificarse presenta presento considera considero define definio decirse llamarse llamarle considerarse definirse nombrarse",
    ),
    (PREFERS, "prefiere prefirio prefieren gusta gustaba"),
    (WORD, "palabra palabras termino terminos etiqueta etiquetas frase frases lenguaje expresion"),
    (AVOIDS, "evitar evita evite evitamos eviten dejemos cambiamos reemplazar"),
    (DIAGNOSIS, "diagnostico diagnosticado diagnosticada diagnosticaron cie dsm"),
    (
        LAW,
        "condenado condenada condenaron acusado acusada acusaron cargo cargos sentenciado sentenciada ley articulo seccion capitulo codigo delito estatuto declaro declarado declarada orden fallo",
    ),
    (
        LINK,
        "es soy era fue son eran esta estoy estaba estuvo estan sigue seguia sido ser estar ha he habia un una el la los las ya tambien todavia aun ahora muy siempre otra vez por fin queda quedo quiere mantiene mantenerse mantuvo mantenido lleva casi tan mas sentia siente arriba abajo anda andaba parece parecia parecen se",
    ),
    (
        PERSON,
        "el ella ellos ellas quien yo usted persona personas hombre hombres mujer mujeres senor senora hijo hija hijos hijas nino nina ninos ninas mama papa madre padre madres padres hermano hermana hermanos joven jovenes cliente clientes paciente pacientes usuario usuaria participante participantes novio novia esposo esposa amigo amiga muchacho muchacha familia abuela abuelo tio tia primo prima todos alguien nadie companero companera adicto adicta vecina vecino vecinos senores bebe bebes nieto nieta sobrino sobrina cunado cunada abuelos abuelas gente",
    ),
    (
        THING,
        "cocina casa cuarto bano ropa piso agua aire oficina edificio apartamento cama todo nada registro historial esto eso ello lo trabajo vida escuela ayer hoy dinero cosas semana dia noche autobus trafico clima comida proceso reunion papeleo formulario mes seguro banco corte juez dueno casero clinica agencia hospital programa oficina refugio arrendador farmacia empresa sistema carta calle clase tarea renta anuncio anuncios sofa silla mesa camion camioneta tren avion elevador calentador horno lampara luz tornillo tornillos masa techo pared jardin arbol perro gato perra caballo sopa pan cafe pastel juego partido concierto fiesta viento sol temperatura precio precios costo costos regla reglas contrato horario mapa letrero boton pagina correo filtro internet red senal bateria motor llanta gasolina tela chamarra abrigo zapatos pantalon toalla basura ruido olor musica radio tele television periodico revista camino puente carretera rio lago playa montana economia mercado tienda barrio ciudad pueblo iglesia museo estacion pasillo sotano alberca gimnasio fila rampa entrada salida cerca cable boton nudo cuerda diente manija plomero electricista mecanico contratista herramientas computadora",
    ),
    (MYSELF, "yo soy fui"),
    (STAFF, "yo nosotros personal equipo doctor doctora terapeuta enfermera trabajadora trabajador"),
    (TITLE, "sr sra srta dr dra don dona juez senora senor senorita"),
    (ONLY, "solo solamente unicamente"),
    (
        CHILD,
        "hijo hija hijos hijas nino nina ninos ninas menor adolescente joven bebe estudiante familia familias",
    ),
    (
        ADULT,
        "mama madre madres papa padre padres abuela tia tio esposo esposa propia propio yo mi adulto adultos",
    ),
    (
        COMMON,
        "de del al y con para por su sus mi mis nuestro nuestra le les lo la los las un una unos en hoy ayer aqui alli ese esa este esta esos esas como cada toda todos mas",
    ),
    (WITHIN, "en de del con junto cerca detras frente bajo sobre entre"),
    (
        STORY,
        "pelicula peliculas novela novelas caricatura caricaturas cancion canciones episodio telenovela cuento cuentos letra comic villano ficcion documental poema arbitro portero",
    ),
    (
        HEALTH,
        "riesgo animo estado sintomas necesidades ansiedad depresion abstinencia mental emocional panico trauma duelo mania psicosis adiccion motivacion seguridad suicidio dolor sueno conducta condicion salud consumo estres enojo memoria mente bipolaridad esquizofrenia autismo problema problemas llanto pesadillas",
    ),
    (WISHES, "pregunto pidio pide pregunta queria quiere esperaba quisiera"),
    (
        WHEN,
        "ayer hoy semana dia noche mes casa escuela trabajo vida todo nada dinero anos meses semanas horas anos",
    ),
    (
        REPORTS,
        "compartio comparte explico explica menciono menciona admitio admite nota anoto reporta reporto",
    ),
    (TEAM, "personal equipo colega colegas"),
    (
        TALKS,
        "hablar hable hablara preguntar pregunte preguntara llamar llame consultar consulte platicar ver",
    ),
];

/// What is known of a word.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Known {
    english: u64,
    spanish: u64,
}

impl Known {
    pub(super) fn signs(self, lang: Lang) -> u64 {
        if lang == Lang::En { self.english } else { self.spanish }
    }

    /// Whether it is one of the small words of which every text is full.
    pub(super) fn is_small(self) -> bool {
        const SMALL: u64 =
            LINK | COMMON | SUBJECT | PERSON | WITHIN | BREAKS | THAT | SAYS | WHEN | THING | DENIES;
        (self.english | self.spanish) & SMALL != 0
    }
}

/// The number of every word that is not known.
pub(super) const UNKNOWN: u32 = 0;

/// The folded letters of a short word, one a byte, the first in the lowest.
pub(super) type Letters = u128;

/// All words of which something is known, ready to be asked by their number.
#[derive(Debug)]
pub(super) struct Signs {
    short: HashMap<Letters, u32, FxBuildHasher>,
    long: HashMap<Box<[u8]>, u32, FxBuildHasher>,
    /// By number.
    known: Vec<Known>,
}

impl Signs {
    pub(super) fn new() -> Signs {
        let mut signs =
            Signs { short: HashMap::default(), long: HashMap::default(), known: vec![Known::default()] };
        for (lang, lists) in [(Lang::En, ENGLISH), (Lang::Es, SPANISH)] {
            for (sign, list) in lists {
                for word in list.split(' ') {
                    let number = signs.add(word) as usize;
                    let known = &mut signs.known[number];
                    *(if lang == Lang::En { &mut known.english } else { &mut known.spanish }) |= sign;
                }
            }
        }
        signs
    }

    /// The number of a folded word, which is known from now on.
    pub(super) fn add(&mut self, folded: &str) -> u32 {
        let next = u32::try_from(self.known.len()).unwrap_or(u32::MAX);
        let number = match packed(folded.as_bytes()) {
            Some(letters) => *self.short.entry(letters).or_insert(next),
            None => *self.long.entry(folded.as_bytes().into()).or_insert(next),
        };
        if number == next {
            self.known.push(Known::default());
        }
        number
    }

    /// The number of a word, however it is typed.
    pub(super) fn number(&self, word: &str) -> u32 {
        let mut buffer = [0; LONGEST];
        let Some(word) = fold_into(word, &mut buffer) else { return UNKNOWN };
        match packed(word) {
            Some(letters) => self.short(letters),
            None => self.long.get(word).copied().unwrap_or(UNKNOWN),
        }
    }

    /// The number of a short word.
    pub(super) fn short(&self, letters: Letters) -> u32 {
        self.short.get(&letters).copied().unwrap_or(UNKNOWN)
    }

    /// What is known of the word with this number.
    pub(super) fn known(&self, number: u32) -> Known {
        self.known[number as usize]
    }

    /// How many numbers there are.
    pub(super) fn len(&self) -> usize {
        self.known.len()
    }

    pub(super) fn memory(&self) -> usize {
        // A table of hashes is at most half empty.
        let short = self.short.capacity() * 2 * size_of::<(Letters, u32)>();
        let long: usize = self.long.keys().map(|word| word.len() + 64).sum();
        short + long + size_of_val(&*self.known)
    }
}

/// The letters of a word of fewer bytes than a block has. Nothing that is folded has an empty byte.
fn packed(folded: &[u8]) -> Option<Letters> {
    let mut block = [0; SHORT];
    if folded.len() >= SHORT {
        return None;
    }
    block[..folded.len()].copy_from_slice(folded);
    Some(Letters::from_le_bytes(block))
}
