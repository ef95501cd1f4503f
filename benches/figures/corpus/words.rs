//! Our own words, of which the corpus is made. None of them was taken from a real item.

/// What an item can be about, as it stands in the middle of a title or a sentence.
pub const SUBJECTS: [&str; 40] = [
    "shared medication records",
    "remote blood pressure monitoring",
    "an early warning score",
    "the discharge letter",
    "a triage assistant",
    "structured allergy lists",
    "video consultations",
    "the patient portal",
    "bedside barcode scanning",
    "a regional imaging archive",
    "speech recognition on the ward",
    "identity checks at the front desk",
    "an open terminology server",
    "sepsis alerts",
    "the referral inbox",
    "home dialysis telemetry",
    "a federated research network",
    "consent at the point of care",
    "the theatre schedule",
    "genomic reports",
    "an antibiotic dashboard",
    "waiting list validation",
    "pharmacy robots",
    "asynchronous dermatology",
    "the nursing handover",
    "data quality rules",
    "an observational study of screen time",
    "multi-factor sign-in",
    "mental health chat services",
    "continuous glucose sensors",
    "the problem list",
    "a procurement framework",
    "language models for coding",
    "downtime procedures",
    "clinical safety cases",
    "wearable heart monitors",
    "care home connectivity",
    "maternity records on paper",
    "an ambulance data feed",
    "the laboratory interface",
];

/// Who does something in a title or a sentence.
pub const ACTORS: [&str; 24] = [
    "A teaching hospital",
    "A group of rural practices",
    "The regional health board",
    "A children’s hospital",
    "A midwife-led team",
    "A small vendor",
    "The national auditor",
    "A research consortium",
    "A pair of neighbouring trusts",
    "An insurer",
    "The standards body",
    "A community pharmacy chain",
    "The chief nursing officer",
    "A university clinic",
    "A hospice",
    "The ambulance service",
    "A patients’ association",
    "A medical school",
    "The data protection authority",
    "An island practice",
    "The ministry",
    "A rehabilitation centre",
    "A blood bank",
    "The emergency department",
];

/// What somebody does with a subject.
pub const DEEDS: [&str; 24] = [
    "reports first results with",
    "postpones",
    "pays for",
    "evaluates",
    "publishes guidance on",
    "withdraws from",
    "asks clinicians about",
    "finds savings in",
    "warns about",
    "rebuilds",
    "opens the source of",
    "measures the cost of",
    "begins a trial of",
    "connects practices to",
    "simplifies",
    "trains staff in",
    "reviews the evidence for",
    "sets a deadline for",
    "extends",
    "replaces",
    "compares three kinds of",
    "recovers after an outage of",
    "invites comments on",
    "learns from",
];

/// What follows from it.
pub const OUTCOMES: [&str; 28] = [
    "after a year of daily use",
    "and staff say that they would not go back",
    "while the budget stays as it was",
    "although half of the sites have not started",
    "with fewer clicks than before",
    "at a third of the expected cost",
    "despite doubts about the evidence",
    "before the winter season",
    "in eleven hospitals",
    "and readmissions fell by four per cent",
    "without a second login",
    "for people with several long-term conditions",
    "but the alarms were switched off within weeks",
    "once the interface had been mended",
    "under a new national standard",
    "where the network allows it",
    "and asks others to repeat the measurement",
    "so that a letter arrives on the same day",
    "in spite of a late delivery",
    "as part of a three-year programme",
    "which surprised its own authors",
    "with patients on the steering group",
    "and publishes the code",
    "because the old contract ends",
    "in primary care",
    "across the border",
    "on shared wards",
    "and the queue is shorter for it",
];

/// Sentences that need no filling in.
pub const REMARKS: [&str; 24] = [
    "The figures have not been reviewed by anybody outside the project.",
    "Those who took part were asked again after six months.",
    "Nobody had measured it before.",
    "The team’s own account is more cautious than the announcement.",
    "It is the second attempt; the first one ended in 2017.",
    "Nurses wrote the requirements and chose between two prototypes.",
    "“We expected the opposite,” says the lead investigator.",
    "The median time from request to answer was 3.4 hours.",
    "What remains is a question of funding – and of patience.",
    "The control group was small, and most of it was lost to follow-up.",
    "Older devices will be supported until the end of next year.",
    "A list of known problems is kept in the open.",
    "Costs are given before tax and without training.",
    "No personal data left the hospital’s own network.",
    "Of 412 records that were checked by hand, nine had the wrong date.",
    "The naïve approach turned out to be good enough.",
    "Some of it works on paper as well.",
    "The café in the foyer was the first to notice the outage.",
    "Pilot sites were chosen by lot.",
    "A follow-up is planned, but has no date.",
    "The vendor did not answer our questions.",
    "Temperatures above 38 °C were recorded twice as often.",
    "In the end, the simplest form was kept.",
    "Readers with a background in statistics will want to see the appendix.",
];

/// What the words of a heading are taken from.
pub const HEADINGS: [&str; 12] = [
    "What was done",
    "Who it is for",
    "Results",
    "Limits of the study",
    "What it costs",
    "How to take part",
    "Background",
    "In practice",
    "What the critics say",
    "Next steps",
    "Method",
    "In short",
];

/// Taxonomies, the commonest first.
pub const TAXONOMIES: [&str; 6] = [
    "Digital Ward News",
    "Clinical Subject List (CSL)",
    "Settings of Care",
    "Standards and Rules",
    "Methods",
    "Programmes",
];

/// First halves of terms.
pub const TERM_KINDS: [&str; 15] = [
    "Shared",
    "Remote",
    "Regional",
    "Preventive",
    "Perioperative",
    "Paediatric",
    "Community",
    "Emergency",
    "Long-Term",
    "Integrated",
    "Personal",
    "Open",
    "Rural",
    "Virtual",
    "Secure",
];

/// Second halves of terms.
pub const TERM_THINGS: [&str; 20] = [
    "Records",
    "Monitoring",
    "Imaging",
    "Prescribing",
    "Consultation",
    "Decision Support",
    "Terminology",
    "Identity (ID)",
    "Interfaces",
    "Governance",
    "Research",
    "Screening",
    "Workforce",
    "Scheduling",
    "Analytics",
    "Safety",
    "Procurement",
    "Rehabilitation",
    "Nutrition",
    "Genomics",
];

/// First halves of the names of sites and of products.
pub const SITE_FIRST: [&str; 8] =
    ["ward", "clinic", "bedside", "caremap", "pulse", "charting", "healthdesk", "rounds"];

/// Second halves of the names of sites.
pub const SITE_SECOND: [&str; 5] = ["ledger", "weekly", "review", "gazette", "notes"];

/// Second halves of the names of products.
pub const PRODUCTS: [&str; 12] = [
    "Connect",
    "Vault",
    "Signal",
    "Pathways",
    "Atlas",
    "Relay",
    "Beacon",
    "Companion",
    "Insight",
    "Gateway",
    "Studio",
    "Compass",
];

/// Given names of authors.
pub const GIVEN_NAMES: [&str; 16] = [
    "Ada", "Bram", "Chidi", "Dörte", "Elif", "Farid", "Grażyna", "Hugo", "Ines", "Jun", "Katya", "Liam",
    "Mónica", "Nils", "Oona", "Priya",
];

/// Family names of authors.
pub const FAMILY_NAMES: [&str; 16] = [
    "Abara",
    "Brandt",
    "Castellano",
    "Dvořák",
    "Ekström",
    "Fontaine",
    "Gupta",
    "Haddad",
    "Ivanova",
    "Janssen",
    "Kowalczyk",
    "Lindqvist",
    "Moreau",
    "Nakamura",
    "O’Brien",
    "Pereira",
];
