//! The table of spellings that find each other. Everything that a search takes for the same word is in this file.

use std::fmt::Write as _;

/// Parts of words that American and British writers spell in two ways, the American one first. A part may stand anywhere in
/// a word: a word that does not exist in the other spelling is looked for in vain, and costs nothing else.
pub const SPELLINGS: [(&str, &str); 55] = [
    ("aging", "ageing"),
    ("ameb", "amoeb"),
    ("analyz", "analys"),
    ("anem", "anaem"),
    ("anesth", "anaesth"),
    ("apne", "apnoe"),
    ("behavior", "behaviour"),
    ("catheteriz", "catheteris"),
    ("cecal", "caecal"),
    ("cecum", "caecum"),
    ("celiac", "coeliac"),
    ("center", "centre"),
    ("cesar", "caesar"),
    ("color", "colour"),
    ("diarrhe", "diarrhoe"),
    ("digitiz", "digitis"),
    ("dyspne", "dyspnoe"),
    ("edem", "oedem"),
    ("emia", "aemia"),
    ("esoph", "oesoph"),
    ("estra", "oestra"),
    ("estro", "oestro"),
    ("fecal", "faecal"),
    ("feces", "faeces"),
    ("fetal", "foetal"),
    ("fetus", "foetus"),
    ("fiber", "fibre"),
    ("glycem", "glycaem"),
    ("gynec", "gynaec"),
    ("hemat", "haemat"),
    ("hemo", "haemo"),
    ("hospitaliz", "hospitalis"),
    ("immuniz", "immunis"),
    ("ischem", "ischaem"),
    ("ization", "isation"),
    ("labor", "labour"),
    ("leukem", "leukaem"),
    ("liter", "litre"),
    ("maneuver", "manoeuvre"),
    ("meter", "metre"),
    ("optimiz", "optimis"),
    ("organiz", "organis"),
    ("orthoped", "orthopaed"),
    ("pediat", "paediat"),
    ("personaliz", "personalis"),
    ("pharmacopeia", "pharmacopoeia"),
    ("prioritiz", "prioritis"),
    ("program", "programme"),
    ("randomiz", "randomis"),
    ("standardiz", "standardis"),
    ("sulf", "sulph"),
    ("tumor", "tumour"),
    ("uremi", "uraemi"),
    ("utiliz", "utilis"),
    ("vapor", "vapour"),
];

/// Words and signs that stand for each other: Greek letters with their names, and the microgram.
pub const SAME: [&[&str]; 11] = [
    &["alpha", "α"],
    &["beta", "β"],
    &["gamma", "γ"],
    &["delta", "δ"],
    &["epsilon", "ε"],
    &["kappa", "κ"],
    &["lambda", "λ"],
    &["sigma", "σ"],
    &["tau", "τ"],
    &["omega", "ω"],
    &["mcg", "μg", "ug"],
];

/// Words that are written in two parts, with a hyphen or a space, and in one. Those that a search has with a hyphen are found
/// written in one without being named here.
pub const COMPOUNDS: [(&str, &str); 16] = [
    ("b", "cell"),
    ("beta", "blocker"),
    ("bio", "marker"),
    ("check", "up"),
    ("e", "health"),
    ("e", "mail"),
    ("follow", "up"),
    ("health", "care"),
    ("in", "patient"),
    ("life", "style"),
    ("m", "health"),
    ("out", "patient"),
    ("t", "cell"),
    ("tele", "health"),
    ("tele", "medicine"),
    ("x", "ray"),
];

/// Units that belong to the number before them, folded.
pub const UNITS: [&str; 21] = [
    "mg", "g", "kg", "mcg", "ug", "μg", "ng", "pg", "ml", "l", "dl", "μl", "mmol", "μmol", "iu", "mm", "cm",
    "mmhg", "kcal", "gy", "hz",
];

/// The table, as it is printed.
pub fn table_of_spellings() -> String {
    let spellings = SPELLINGS.map(|(american, british)| format!("{american} {british}"));
    let compounds = COMPOUNDS.map(|(one, other)| format!("{one}-{other}"));
    let same = SAME.map(|words| words.join(" "));
    let mut table = String::from(
        "However they are written, these find each other:\n  letters with digits  covid19 COVID-19, il6 IL-6, 400mg 400 mg\n  \
         words with a hyphen  follow-up followup follow up\n",
    );
    for (name, entries) in [
        ("words without one", compounds.as_slice()),
        ("Greek letters, µg", same.as_slice()),
        ("parts of words", spellings.as_slice()),
    ] {
        let mut begins = name;
        for line in entries.chunks(4) {
            let _ = writeln!(table, "  {begins:<19}  {}", line.join(", "));
            begins = "";
        }
    }
    table
}
