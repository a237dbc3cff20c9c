package io.saldo.judges;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import javax.xml.transform.stream.StreamSource;
import net.sf.saxon.s9api.Processor;
import net.sf.saxon.s9api.XPathCompiler;
import net.sf.saxon.s9api.XdmDestination;
import net.sf.saxon.s9api.XdmItem;
import net.sf.saxon.s9api.XsltExecutable;
import net.sf.saxon.s9api.XsltTransformer;

/** A compiled rule set of Schematron, run by Saxon. */
public final class Rules {
    private static final Processor PROCESSOR = new Processor(false);

    /** The rules of the European standard. */
    public static final Rules EN_16931 = load("/en16931/EN16931-CII-validation.xslt");
    /** The further rules of XRechnung 3.0. */
    public static final Rules XRECHNUNG = load("/external/schematron/3.0.2/XRechnung-CII-validation.xslt");

    private final XsltExecutable rules;

    private Rules(XsltExecutable rules) {
        this.rules = rules;
    }

    private static Rules load(String path) {
        try {
            return new Rules(
                    PROCESSOR.newXsltCompiler().compile(new StreamSource(Rules.class.getResourceAsStream(path), path)));
        } catch (net.sf.saxon.s9api.SaxonApiException wrong) {
            throw new IllegalStateException(wrong);
        }
    }

    /**
     * What fails, with its place; empty when nothing does.
     *
     * @throws IllegalStateException when no rule was tried
     */
    public List<String> failures(byte[] xml) throws Exception {
        XsltTransformer transformer = rules.load();
        transformer.setSource(new StreamSource(new ByteArrayInputStream(xml)));
        XdmDestination report = new XdmDestination();
        transformer.setDestination(report);
        transformer.transform();
        XPathCompiler paths = PROCESSOR.newXPathCompiler();
        paths.declareNamespace("svrl", "http://purl.oclc.org/dsdl/svrl");
        if (paths.evaluate("//svrl:fired-rule", report.getXdmNode()).size() == 0) {
            throw new IllegalStateException("no rule was tried");
        }
        List<String> failures = new ArrayList<>();
        for (XdmItem failed : paths.evaluate(
                "//svrl:failed-assert/concat(@flag, ' ', @location, ' ', normalize-space(svrl:text))",
                report.getXdmNode())) {
            failures.add(failed.getStringValue());
        }
        return failures;
    }
}
