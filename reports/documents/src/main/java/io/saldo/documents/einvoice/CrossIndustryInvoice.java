package io.saldo.documents.einvoice;

import io.saldo.documents.invoice.InvoiceDocument;
import io.saldo.documents.invoice.InvoiceWords;
import io.saldo.documents.text.Texts;
import io.saldo.invoice.Allowance;
import io.saldo.invoice.ElectronicInvoice;
import io.saldo.invoice.Invoice;
import io.saldo.invoice.InvoiceLine;
import io.saldo.invoice.Issuer;
import io.saldo.invoice.Party;
import io.saldo.invoice.TaxConversion;
import io.saldo.invoice.TaxLine;
import io.saldo.money.Amount;
import io.saldo.money.Money;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes one document as XML of the syntax CII D16B, in the order of its schema. */
final class CrossIndustryInvoice {
    private static final String EN_16931 = "urn:cen.eu:en16931:2017";
    private static final String XRECHNUNG = EN_16931 + "#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0";
    private static final String BILLING_PROCESS = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0";
    private static final String INVOICE_CODE = "380";
    private static final String CREDIT_NOTE_CODE = "381";
    /** UN/ECE recommendation 20: one. Tokens, requests and units are counted. */
    private static final String ONE = "C62";
    /** UN/ECE recommendation 20: lump sum. */
    private static final String LUMP_SUM = "LS";
    /** UNTDID 4461. */
    private static final String SEPA_CREDIT_TRANSFER = "58";

    private static final String CREDIT_TRANSFER = "30";
    private static final String INSTRUMENT_NOT_DEFINED = "1";
    private static final String DAY_FORMAT = "102";

    private final XmlText xml = new XmlText();
    private final InvoiceDocument document;
    private final Invoice invoice;
    private final InvoiceWords words;
    private final Texts texts;
    private final TaxedAs taxed;

    private CrossIndustryInvoice(InvoiceDocument document, InvoiceWords words, Texts texts) {
        this.document = document;
        this.invoice = document.invoice();
        this.words = words;
        this.texts = texts;
        this.taxed = TaxedAs.of(document, texts.text("tax.not-subject" + words.receivables(invoice.lines())));
    }

    /** The XML of a document that has its number and date. */
    static byte[] of(InvoiceDocument document, InvoiceWords words, Texts texts) {
        return new CrossIndustryInvoice(document, words, texts).write();
    }

    private byte[] write() {
        LocalDate issuedOn = document.issuedOn();
        if (issuedOn == null || document.number().isEmpty()) {
            throw new IllegalArgumentException("a structured invoice needs its number and date");
        }
        xml.open(
                "rsm:CrossIndustryInvoice",
                "xmlns:rsm",
                "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100",
                "xmlns:qdt",
                "urn:un:unece:uncefact:data:standard:QualifiedDataType:100",
                "xmlns:ram",
                "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100",
                "xmlns:udt",
                "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100");
        boolean xrechnung = document.electronicInvoice() == ElectronicInvoice.XRECHNUNG;
        xml.open("rsm:ExchangedDocumentContext");
        if (xrechnung) {
            xml.open("ram:BusinessProcessSpecifiedDocumentContextParameter");
            xml.text("ram:ID", BILLING_PROCESS);
            xml.close();
        }
        xml.open("ram:GuidelineSpecifiedDocumentContextParameter");
        xml.text("ram:ID", xrechnung ? XRECHNUNG : EN_16931);
        xml.close();
        xml.close();
        xml.open("rsm:ExchangedDocument");
        xml.text("ram:ID", document.number());
        xml.text("ram:TypeCode", isCreditNote() ? CREDIT_NOTE_CODE : INVOICE_CODE);
        date("ram:IssueDateTime", issuedOn);
        xml.close();
        xml.open("rsm:SupplyChainTradeTransaction");
        int position = 0;
        for (InvoiceLine line : invoice.lines()) {
            if (taxed.onlyReceivables() || line.kind() != InvoiceLine.Kind.RECEIVABLE) {
                position++;
                line(position, line);
            }
        }
        agreement();
        xml.open("ram:ApplicableHeaderTradeDelivery");
        xml.close();
        settlement();
        xml.close();
        xml.close();
        return xml.bytes();
    }

    private boolean isCreditNote() {
        return invoice.kind() == Invoice.Kind.CREDIT_NOTE;
    }

    private void line(int position, InvoiceLine line) {
        boolean counted = line.kind() == InvoiceLine.Kind.USAGE || line.kind() == InvoiceLine.Kind.LATE_USAGE;
        String unit = counted ? ONE : LUMP_SUM;
        xml.open("ram:IncludedSupplyChainTradeLineItem");
        xml.open("ram:AssociatedDocumentLineDocument");
        xml.text("ram:LineID", String.valueOf(position));
        xml.close();
        xml.open("ram:SpecifiedTradeProduct");
        xml.text("ram:Name", words.description(line));
        xml.close();
        xml.open("ram:SpecifiedLineTradeAgreement");
        xml.open("ram:NetPriceProductTradePrice");
        xml.text("ram:ChargeAmount", line.unitPrice().toString());
        xml.text("ram:BasisQuantity", String.valueOf(line.perUnits()), "unitCode", unit);
        xml.close();
        xml.close();
        xml.open("ram:SpecifiedLineTradeDelivery");
        xml.text("ram:BilledQuantity", line.quantity().toString(), "unitCode", unit);
        xml.close();
        xml.open("ram:SpecifiedLineTradeSettlement");
        category("ram:ApplicableTradeTax", taxed.of(line.usageMonth()));
        if (line.kind() == InvoiceLine.Kind.LATE_USAGE || line.kind() == InvoiceLine.Kind.CHARGE) {
            period(line.usageMonth(), line.usageMonth());
        }
        xml.open("ram:SpecifiedTradeSettlementLineMonetarySummation");
        money("ram:LineTotalAmount", line.amount());
        xml.close();
        xml.close();
        xml.close();
    }

    private void agreement() {
        Issuer issuer = document.issuer();
        Party seller = issuer.party();
        Party buyer = document.buyer();
        xml.open("ram:ApplicableHeaderTradeAgreement");
        xml.text("ram:BuyerReference", document.buyerReference());
        xml.open("ram:SellerTradeParty");
        // Where the VAT id may not stand as one, it still has to be known who sells.
        xml.text("ram:ID", taxed.notSubject() ? seller.vatId() : "");
        xml.text("ram:Name", seller.name());
        xml.text("ram:Description", issuer.managingDirectors());
        if (!issuer.registration().isEmpty()) {
            xml.open("ram:SpecifiedLegalOrganization");
            xml.text("ram:ID", issuer.registration());
            xml.close();
        }
        xml.open("ram:DefinedTradeContact");
        xml.text("ram:PersonName", seller.name());
        contact("ram:TelephoneUniversalCommunication", "ram:CompleteNumber", issuer.phone());
        contact("ram:EmailURIUniversalCommunication", "ram:URIID", seller.email());
        xml.close();
        address(seller);
        xml.close();
        xml.open("ram:BuyerTradeParty");
        xml.text("ram:ID", invoice.accountId());
        xml.text("ram:Name", buyer.name());
        address(buyer);
        xml.close();
        xml.close();
    }

    private void contact(String name, String part, String value) {
        if (!value.isEmpty()) {
            xml.open(name);
            xml.text(part, value);
            xml.close();
        }
    }

    private void address(Party party) {
        xml.open("ram:PostalTradeAddress");
        xml.text("ram:PostcodeCode", party.postalCode());
        xml.text("ram:LineOne", party.address());
        xml.text("ram:CityName", party.city());
        xml.text("ram:CountryID", party.country());
        xml.close();
        if (!party.email().isEmpty()) {
            xml.open("ram:URIUniversalCommunication");
            xml.text("ram:URIID", party.email(), "schemeID", "EM");
            xml.close();
        }
        if (!party.vatId().isEmpty() && !taxed.notSubject()) {
            xml.open("ram:SpecifiedTaxRegistration");
            xml.text("ram:ID", party.vatId(), "schemeID", "VA");
            xml.close();
        }
    }

    private void settlement() {
        TaxConversion conversion = document.taxConversion();
        xml.open("ram:ApplicableHeaderTradeSettlement");
        xml.text("ram:PaymentReference", isCreditNote() ? "" : document.number());
        xml.text(
                "ram:TaxCurrencyCode",
                conversion == null ? "" : conversion.tax().currency().getCurrencyCode());
        xml.text("ram:InvoiceCurrencyCode", invoice.currency().getCurrencyCode());
        paymentMeans();
        taxed.taxes().forEach(this::taxGroup);
        period(firstMonth(), invoice.month());
        invoice.allowances().forEach(this::allowance);
        LocalDate dueOn = document.dueOn();
        if (dueOn != null && !isCreditNote()) {
            xml.open("ram:SpecifiedTradePaymentTerms");
            xml.text(
                    "ram:Description",
                    texts.text("payment.request", "total", texts.money(invoice.total()), "due", texts.date(dueOn)));
            date("ram:DueDateDateTime", dueOn);
            xml.close();
        }
        totals(conversion);
        InvoiceDocument.Original original = document.original();
        if (original != null) {
            xml.open("ram:InvoiceReferencedDocument");
            xml.text("ram:IssuerAssignedID", original.number());
            xml.open("ram:FormattedIssueDateTime");
            xml.text("qdt:DateTimeString", day(original.issuedOn()), "format", DAY_FORMAT);
            xml.close();
            xml.close();
        }
        xml.close();
    }

    private void paymentMeans() {
        Issuer issuer = document.issuer();
        xml.open("ram:SpecifiedTradeSettlementPaymentMeans");
        if (isCreditNote()) {
            xml.text("ram:TypeCode", INSTRUMENT_NOT_DEFINED);
        } else {
            boolean sepa = invoice.currency().getCurrencyCode().equals("EUR");
            xml.text("ram:TypeCode", sepa ? SEPA_CREDIT_TRANSFER : CREDIT_TRANSFER);
            xml.open("ram:PayeePartyCreditorFinancialAccount");
            xml.text("ram:IBANID", issuer.iban());
            xml.text("ram:AccountName", issuer.party().name());
            xml.close();
            if (!issuer.bic().isEmpty()) {
                xml.open("ram:PayeeSpecifiedCreditorFinancialInstitution");
                xml.text("ram:BICID", issuer.bic());
                xml.close();
            }
        }
        xml.close();
    }

    private void taxGroup(TaxLine tax) {
        xml.open("ram:ApplicableTradeTax");
        money("ram:CalculatedAmount", tax.tax());
        xml.text("ram:TypeCode", "VAT");
        xml.text("ram:ExemptionReason", tax.tax().isZero() && !tax.category().equals("S") ? tax.text() : "");
        money("ram:BasisAmount", tax.net());
        xml.text("ram:CategoryCode", tax.category());
        xml.text("ram:ExemptionReasonCode", TaxedAs.reasonCode(tax));
        // A group without a rate is refused by XRechnung, also where no tax can be charged.
        xml.text("ram:RateApplicablePercent", rate(tax));
        xml.close();
    }

    private void category(String name, TaxLine tax) {
        xml.open(name);
        xml.text("ram:TypeCode", "VAT");
        xml.text("ram:CategoryCode", tax.category());
        xml.text("ram:RateApplicablePercent", taxed.notSubject() ? "" : rate(tax));
        xml.close();
    }

    private static String rate(TaxLine tax) {
        Amount rate = tax.ratePercent();
        return rate.toString();
    }

    /** One for each tax that bears a part of it. */
    private void allowance(Allowance allowance) {
        List<Money> shares = taxed.shares(allowance);
        for (int group = 0; group < shares.size(); group++) {
            if (!shares.get(group).isZero()) {
                allowance(allowance, shares.get(group), taxed.taxes().get(group));
            }
        }
    }

    private void allowance(Allowance allowance, Money share, TaxLine tax) {
        xml.open("ram:SpecifiedTradeAllowanceCharge");
        xml.open("ram:ChargeIndicator");
        xml.text("udt:Indicator", "false");
        xml.close();
        money("ram:ActualAmount", share);
        xml.text("ram:Reason", words.allowance(allowance));
        category("ram:CategoryTradeTax", tax);
        xml.close();
    }

    private void totals(@Nullable TaxConversion conversion) {
        Money advance = taxed.advance();
        String currency = invoice.currency().getCurrencyCode();
        xml.open("ram:SpecifiedTradeSettlementHeaderMonetarySummation");
        money("ram:LineTotalAmount", invoice.lineTotal().plus(advance));
        money("ram:ChargeTotalAmount", Money.zero(invoice.currency()));
        money("ram:AllowanceTotalAmount", invoice.allowanceTotal());
        money("ram:TaxBasisTotalAmount", invoice.net().plus(advance));
        xml.text("ram:TaxTotalAmount", text(invoice.tax()), "currencyID", currency);
        if (conversion != null) {
            xml.text(
                    "ram:TaxTotalAmount",
                    text(conversion.tax()),
                    "currencyID",
                    conversion.tax().currency().getCurrencyCode());
        }
        money("ram:GrandTotalAmount", invoice.total().plus(advance));
        money("ram:TotalPrepaidAmount", advance);
        money("ram:DuePayableAmount", invoice.total());
        xml.close();
    }

    /** The period of an invoice includes that of each line, also of usage that came late. */
    private YearMonth firstMonth() {
        return invoice.lines().stream()
                .map(InvoiceLine::usageMonth)
                .reduce(invoice.month(), (one, other) -> other.isBefore(one) ? other : one);
    }

    private void period(YearMonth first, YearMonth last) {
        xml.open("ram:BillingSpecifiedPeriod");
        date("ram:StartDateTime", first.atDay(1));
        date("ram:EndDateTime", last.atEndOfMonth());
        xml.close();
    }

    private void date(String name, LocalDate date) {
        xml.open(name);
        xml.text("udt:DateTimeString", day(date), "format", DAY_FORMAT);
        xml.close();
    }

    private void money(String name, Money money) {
        xml.text(name, text(money));
    }

    private static String day(LocalDate date) {
        return DateTimeFormatter.BASIC_ISO_DATE.format(date);
    }

    private static String text(Money money) {
        return money.toBigDecimal().toPlainString();
    }
}
