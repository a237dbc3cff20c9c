package io.saldo.problem;

/**
 * The catalogue of problems. A code is never reused; {@code jobs/PROBLEMS.md} is written from here.
 *
 * <p>{@code USG} concerns a usage record, {@code CRD} a credit, balance or payment record, {@code DLV} a delivery,
 * {@code CFG} configuration and reference data, {@code PRL} a public price list, {@code RUN} a run and its home,
 * {@code DBS} the database of the books, {@code BRK} a break, {@code STM} a statement, {@code INV} an invoice,
 * {@code EXP} an export, {@code VER} a proof that failed when everything stored was proved again, {@code BAK} a backup.
 */
public enum ProblemCode {
    /** A record that cannot be read at all. */
    MALFORMED("USG-001", Owner.SOURCE, "the record is malformed", "Correct the record and deliver it again."),
    /** A CSV record with more or fewer fields than the header. */
    COLUMN_COUNT(
            "USG-002",
            Owner.SOURCE,
            "the record has another number of columns than its header",
            "Correct the record and deliver it again."),
    /** A quantity that is no whole number from 0 to 2^63-1. */
    BAD_QUANTITY(
            "USG-003",
            Owner.SOURCE,
            "a quantity is not a whole number from 0 on",
            "Correct the record and deliver it again."),
    /** A timestamp that is no instant. */
    BAD_TIMESTAMP("USG-004", Owner.SOURCE, "a timestamp cannot be read", "Correct the record and deliver it again."),
    /** A field that must be there. */
    MISSING_FIELD("USG-005", Owner.SOURCE, "a required field is empty", "Correct the record and deliver it again."),
    /** Parts larger than their whole in an inclusive source. */
    INCONSISTENT_TOKENS(
            "USG-006",
            Owner.SOURCE,
            "token counts contradict each other",
            "Check token-semantics of the source, or correct the record."),
    /** An event from after the night. */
    IN_THE_FUTURE(
            "USG-007",
            Owner.SOURCE,
            "the event is more than 1 hour after the end of the business date",
            "Check the clock of the source and deliver the record again on its own night."),
    /** An event older than identity is kept for. */
    TOO_OLD(
            "USG-008",
            Owner.SOURCE,
            "the event is older than the identity horizon",
            "It cannot be checked for duplicates any more; bill it by hand if it is due."),
    /** Bytes that are no UTF-8. */
    BAD_ENCODING("USG-009", Owner.SOURCE, "the record is not UTF-8", "Write the record as UTF-8 and deliver it again."),
    /** An account or key that reference data does not know. */
    UNKNOWN_ACCOUNT(
            "USG-010",
            Owner.OPERATOR,
            "the account or API key is unknown at the event's instant",
            "Add it to accounts.csv or account-keys.csv; the next run takes the record by itself."),
    /** A credit, balance or payment record with a value that is not allowed. */
    BAD_ENTRY(
            "CRD-001",
            Owner.SOURCE,
            "a value of the record is not allowed",
            "Correct the record and deliver it again."),
    /** A credit entry whose account or grant is unknown. */
    ENTRY_WITHOUT_OWNER(
            "CRD-002",
            Owner.OPERATOR,
            "the account or grant of the entry is unknown",
            "Deliver the grant or add the account; the next run takes the entry by itself."),
    /** A second, different entry under a known id. */
    ENTRY_CONFLICT(
            "CRD-003",
            Owner.SOURCE,
            "an entry with this id and other content is known",
            "Deliver the correction under an id of its own."),
    /** A header that lacks what the mapping names. */
    HEADER(
            "DLV-001",
            Owner.SOURCE,
            "the header lacks a column that the source's mapping names",
            "Correct the header or the mapping and deliver the file again."),
    /** A file whose control file says otherwise. */
    CONTROL_FILE(
            "DLV-002",
            Owner.SOURCE,
            "the control file does not agree with its delivery",
            "Deliver the one that is wrong again under the same name; the next night compares them anew."),
    /** A file that cannot be read as its format. */
    UNREADABLE_DELIVERY("DLV-003", Owner.SOURCE, "the file cannot be read", "Deliver it again, complete."),
    /** An inbox folder that no source file describes. */
    UNKNOWN_SOURCE(
            "DLV-004",
            Owner.OPERATOR,
            "no source file describes this inbox folder",
            "Add config/sources/NAME.yml or move the folder away."),
    /** A configuration file that is not there. */
    FILE_MISSING(
            "CFG-001",
            Owner.OPERATOR,
            "a configuration file is missing",
            "Create it; 'saldo init' writes a commented example."),
    /** A configuration file that cannot be parsed. */
    FILE_UNREADABLE("CFG-002", Owner.OPERATOR, "a configuration file cannot be read", "Correct it at the place named."),
    /** A key that no setting has. */
    UNKNOWN_KEY("CFG-003", Owner.OPERATOR, "unknown key", "config/README.md lists every key."),
    /** A required key without a value. */
    KEY_MISSING("CFG-004", Owner.OPERATOR, "a required key is missing", "config/README.md lists every key."),
    /** A value that the key or column does not allow. */
    BAD_VALUE("CFG-005", Owner.OPERATOR, "a value is not allowed here", "Correct the value."),
    /** A column that the reference file does not have. */
    UNKNOWN_COLUMN("CFG-006", Owner.OPERATOR, "unknown column", "config/README.md lists the columns of every file."),
    /** A column that the reference file must have. */
    COLUMN_MISSING(
            "CFG-007",
            Owner.OPERATOR,
            "a required column is missing",
            "config/README.md lists the columns of every file."),
    /** A row that repeats another's key. */
    DUPLICATE_ROW("CFG-008", Owner.OPERATOR, "two rows have the same key", "Remove one of them."),
    /** A name that refers to nothing. */
    UNKNOWN_REFERENCE(
            "CFG-009",
            Owner.OPERATOR,
            "the name refers to nothing that is known",
            "Correct the name or add what it names."),
    /** Two price rows that could both win. */
    AMBIGUOUS_PRICE("CFG-010", Owner.OPERATOR, "two price rows could both apply", "End one where the other begins."),
    /** A public price list that is none. */
    PRICE_LIST(
            "PRL-001",
            Owner.OPERATOR,
            "the price list cannot be read",
            "Fetch it again, complete, and name its form with --from."),
    /** A price of a list that is ten times another, or more. */
    PRICE_JUMP(
            "PRL-002",
            Owner.OPERATOR,
            "a price moved 10x or more; nothing was written",
            "Compare it with the provider's own page, then name each right one with --accept KEY."),
    /** A price of a list without a usable beginning. */
    PRICE_DATE(
            "PRL-003",
            Owner.OPERATOR,
            "it is not said from when a price holds, or it would change a closed month; nothing was written",
            "Name the date with --effective-from."),
    /** The command line is wrong. */
    USAGE("RUN-001", Owner.OPERATOR, "wrong use of the command", "See 'saldo --help'."),
    /** Another run holds the home. */
    LOCKED("RUN-002", Owner.OPERATOR, "another run holds the lock of this home", "Wait until it ends, then try again."),
    /** A home that is not there. */
    NO_HOME(
            "RUN-003",
            Owner.OPERATOR,
            "there is no Saldo home here",
            "Make one with 'saldo init', or name it with --home."),
    /** A run that was interrupted and blocks another. */
    INTERRUPTED_RUN("RUN-004", Owner.OPERATOR, "an earlier run was interrupted", "Continue it with 'saldo resume'."),
    /** A command whose object is not in the state that it needs. */
    WRONG_STATE("RUN-005", Owner.OPERATOR, "this cannot be done in the present state", "The message names the state."),
    /** Something named on the command line that does not exist. */
    NOT_FOUND(
            "RUN-006",
            Owner.OPERATOR,
            "there is nothing of that name",
            "'saldo status' and the list commands show what there is."),
    /** A date that runs backwards. */
    DATE_ORDER(
            "RUN-007",
            Owner.OPERATOR,
            "a later night has already run",
            "Nights run in order; use a date from the last night on."),
    /** A date that is not yet. */
    DATE_AHEAD(
            "RUN-008",
            Owner.OPERATOR,
            "the date is in the future",
            "Give a date up to tomorrow: after a night, a number or a decision of a later one, none would be earlier."),
    /** A database that does not answer. */
    DATABASE_UNREACHABLE(
            "DBS-001",
            Owner.OPERATOR,
            "the database of the books cannot be reached",
            "Start it, or correct database.url in application.yml, then try again."),
    /** A database that answers, and says no. */
    DATABASE_REFUSES(
            "DBS-002",
            Owner.OPERATOR,
            "the database of the books refuses the connection",
            "config/README.md says how role, database and password are set up."),
    /** A database that would not keep the books as they must be kept. */
    DATABASE_UNFIT(
            "DBS-003",
            Owner.OPERATOR,
            "the database cannot keep books",
            "config/README.md says how a database for Saldo is made."),
    /** A database with the books of another home. */
    DATABASE_OF_ANOTHER_HOME(
            "DBS-004",
            Owner.OPERATOR,
            "the database holds the books of another home",
            "Give each home a database of its own; nothing was changed."),
    /** A database without the books of this home. */
    BOOKS_ELSEWHERE(
            "DBS-005",
            Owner.OPERATOR,
            "the books of this home are in another database",
            "Name that database in application.yml, or move the books with 'saldo books copy'; nothing was changed."),
    /** A run that could not reach the database any more, or whose books were taken by another process. */
    DATABASE_LOST(
            "DBS-006",
            Owner.OPERATOR,
            "the database was lost in the middle of a run",
            "What had been committed stays. When the database can be reached again: saldo resume."),
    /** A copy of the books that is not what was copied. */
    COPY_DIFFERS(
            "DBS-007",
            Owner.SALDO,
            "the copy of the books is not what was copied",
            "The books stay where they were. Report this with the log."),
    /** Books with tables that this program does not know. */
    BOOKS_NEWER(
            "DBS-008",
            Owner.OPERATOR,
            "the books were kept by a newer version of Saldo",
            "Use that version, or a later one; nothing was changed."),
    /** A decision that cannot be made on the break as it stands. */
    DECISION_NOT_POSSIBLE(
            "BRK-001",
            Owner.OPERATOR,
            "this cannot be decided about the break",
            "The message names what can; 'saldo breaks show ID' shows how it stands."),
    /** A proof that failed: a defect of Saldo or of its storage. */
    PROOF_FAILED("STM-001", Owner.SALDO, "a proof failed", "Nothing was billed from it. Report this with the log."),
    /** An amount beyond the kernel's range. */
    AMOUNT_TOO_LARGE(
            "STM-002",
            Owner.OPERATOR,
            "an amount passes the range of exact arithmetic",
            "Check the quantities and prices of the account; its statement is incomplete until then."),
    /** An account that cannot be closed yet. */
    NOT_CLOSABLE(
            "STM-003",
            Owner.OPERATOR,
            "the account-month cannot be closed yet",
            "Resolve or waive what is named, then close again."),
    /** An invoice that lacks what the law demands. */
    INVOICE_INCOMPLETE(
            "INV-001",
            Owner.OPERATOR,
            "the invoice lacks something that it must state",
            "Complete the account, issuer or tax profile named."),
    /** A figure or an account number that another program's format cannot carry. */
    NOT_EXPORTABLE(
            "EXP-001",
            Owner.OPERATOR,
            "the export's format cannot carry this",
            "Correct the configuration at the place named, or export the journal as CSV."),
    /** A file that is not what the books list. */
    FILE_DAMAGED(
            "VER-001",
            Owner.OPERATOR,
            "a file is not what the books list",
            "Put it back from a backup; 'saldo restore --help' says how. Nothing was changed."),
    /** Records that are counted otherwise than they were. */
    COUNT_DIFFERS(
            "VER-002",
            Owner.OPERATOR,
            "records are counted otherwise than when they came",
            "Put the lake and the books back from one backup. Where they never changed hands, report this with the log."),
    /** A figure that does not come out the same. */
    FIGURE_DIFFERS(
            "VER-003",
            Owner.OPERATOR,
            "a stored figure does not come out the same",
            "Compare with 'saldo explain', then put lake and books back from one backup. Where they never changed hands, report this with the log."),
    /** Rows of the books that contradict each other. */
    BOOKS_CHANGED(
            "VER-004",
            Owner.OPERATOR,
            "rows of the books contradict each other",
            "Somebody changed them by hand, or storage did: put the books back from a backup."),
    /** A backup that is not what it says. */
    BACKUP_DAMAGED(
            "BAK-001",
            Owner.OPERATOR,
            "a file of the backup is not what it was",
            "Take another backup; nothing was restored from this one.");

    /** Who can mend a problem. */
    public enum Owner {
        /** The system that delivered the data. */
        SOURCE,
        /** Whoever runs and configures Saldo. */
        OPERATOR,
        /** The authors of Saldo. */
        SALDO
    }

    private final String id;
    private final Owner owner;
    private final String title;
    private final String remedy;

    ProblemCode(String id, Owner owner, String title, String remedy) {
        this.id = id;
        this.owner = owner;
        this.title = title;
        this.remedy = remedy;
    }

    /** The stable code that people quote, such as {@code USG-003}. */
    public String id() {
        return id;
    }

    /** Who can mend it. */
    public Owner owner() {
        return owner;
    }

    /** What is wrong, in a few words. */
    public String title() {
        return title;
    }

    /** What to do about it, as a sentence. */
    public String remedy() {
        return remedy;
    }

    /**
     * The code with this id.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static ProblemCode of(String id) {
        for (ProblemCode code : values()) {
            if (code.id.equals(id)) {
                return code;
            }
        }
        throw new IllegalArgumentException("no problem code " + id);
    }
}
