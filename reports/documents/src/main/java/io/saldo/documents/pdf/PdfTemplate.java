package io.saldo.documents.pdf;

import io.saldo.documents.design.Design;
import io.saldo.documents.design.Logo;
import io.saldo.documents.text.PlainText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import net.sf.jasperreports.engine.DefaultJasperReportsContext;
import net.sf.jasperreports.engine.JRException;
import net.sf.jasperreports.engine.JRParameter;
import net.sf.jasperreports.engine.JRPrintElement;
import net.sf.jasperreports.engine.JRPrintPage;
import net.sf.jasperreports.engine.JRPrintText;
import net.sf.jasperreports.engine.JRTemplate;
import net.sf.jasperreports.engine.JasperCompileManager;
import net.sf.jasperreports.engine.JasperFillManager;
import net.sf.jasperreports.engine.JasperPrint;
import net.sf.jasperreports.engine.JasperReport;
import net.sf.jasperreports.engine.SimpleJasperReportsContext;
import net.sf.jasperreports.engine.design.JasperDesign;
import net.sf.jasperreports.engine.xml.JRXmlLoader;
import net.sf.jasperreports.engine.xml.JRXmlTemplateLoader;
import net.sf.jasperreports.export.SimpleExporterInput;
import net.sf.jasperreports.export.SimpleOutputStreamExporterOutput;
import net.sf.jasperreports.pdf.SimplePdfExporterConfiguration;
import net.sf.jasperreports.pdf.SimplePdfReportConfiguration;
import net.sf.jasperreports.pdf.type.PdfaConformanceEnum;
import net.sf.jasperreports.renderers.SimpleDataRenderer;
import org.jspecify.annotations.Nullable;

/**
 * A template that turns rows into PDF/A-3b bytes.
 *
 * <p>The same parameters, rows and title give the same bytes: dates come from the title, the file's identity from a
 * digest of what it shows, and the random names that the PDF library gives to font subsets are replaced by numbered
 * ones. Immutable; any number of threads may write at once.
 */
public final class PdfTemplate {
    /** A rectangle with this property is drawn so wide, in ten-thousandths of its width in the template. */
    private static final String SHARE_PROPERTY = "io.saldo.documents.share";

    /** A text with this property may name {@code {page}} and {@code {pages}}. */
    private static final String PAGE_MARK_PROPERTY = "io.saldo.documents.page-mark";

    private static final int SHARE_WHOLE = 10_000;
    private static final String STYLES = "io/saldo/documents/brand/styles.jrtx";
    private static final String COLOUR_PROFILE = "io/saldo/documents/brand/sRGB.icc";

    /** Templates in the standard design by their path: reading one costs more than drawing a short report. */
    private static final Map<String, PdfTemplate> STANDARD = new ConcurrentHashMap<>();

    private final SimpleJasperReportsContext context;
    private final JasperReport report;
    private final List<JRTemplate> styles;
    private final Glyphs glyphs;
    private final Design design;

    private PdfTemplate(
            SimpleJasperReportsContext context, JasperReport report, List<JRTemplate> styles, Design design) {
        this.context = context;
        this.glyphs = Glyphs.of(context);
        this.report = report;
        this.styles = styles;
        this.design = design;
    }

    /**
     * A template from the class path, in the standard design; read once.
     *
     * @param path such as {@code io/saldo/documents/night/night.jrxml}
     * @throws IllegalStateException when the template is missing or wrong
     */
    public static PdfTemplate load(String path) {
        return STANDARD.computeIfAbsent(path, each -> load(each, Design.STANDARD));
    }

    /**
     * Reads a template from the class path, to be shown in that design: it has the colours, and the parameters {@code logo},
     * {@code hasLogo} and {@code noLogo}; words are the caller's.
     *
     * @param path such as {@code io/saldo/documents/invoice/invoice.jrxml}
     * @throws IllegalStateException when the template is missing or wrong
     */
    public static PdfTemplate load(String path, Design design) {
        SimpleJasperReportsContext context = new SimpleJasperReportsContext(DefaultJasperReportsContext.getInstance());
        // Without this, a property of a template's element does not reach the element that is drawn.
        context.setProperty(JasperPrint.PROPERTIES_PRINT_TRANSFER_PREFIX + "saldo", "io.saldo.documents.");
        try (InputStream template = open(path);
                InputStream brand = open(STYLES)) {
            JasperDesign layout = JRXmlLoader.load(context, template);
            JasperReport report = JasperCompileManager.getInstance(context).compile(layout);
            JRTemplate style = JRXmlTemplateLoader.getInstance(context).loadTemplate(brand);
            DesignedStyles.apply(design, style);
            return new PdfTemplate(context, report, List.of(style), design);
        } catch (JRException | IOException wrong) {
            throw new IllegalStateException("template " + path + " cannot be used", wrong);
        }
    }

    /**
     * Writes the PDF; the stream stays open.
     *
     * @param parameters texts and switches by the template's parameter names
     * @param texts what the template's own words are read from
     * @param rows the bands in order
     * @param title what the PDF says about itself
     */
    public void write(
            Map<String, Object> parameters, ResourceBundle texts, List<Row> rows, PdfTitle title, OutputStream out)
            throws IOException {
        write(parameters, texts, rows, title, null, out);
    }

    /**
     * Writes the PDF with a file inside it; the stream stays open.
     *
     * @param attachment null for none
     */
    public void write(
            Map<String, Object> parameters,
            ResourceBundle texts,
            List<Row> rows,
            PdfTitle title,
            @Nullable Attachment attachment,
            OutputStream out)
            throws IOException {
        Map<String, Object> all = new HashMap<>(parameters);
        all.replaceAll((name, value) -> value instanceof String text ? glyphs.shown(text) : value);
        putLogo(all);
        all.put(JRParameter.REPORT_LOCALE, Locale.forLanguageTag(title.language()));
        all.put(JRParameter.REPORT_TIME_ZONE, TimeZone.getTimeZone("UTC"));
        all.put(JRParameter.REPORT_RESOURCE_BUNDLE, texts);
        all.put(JRParameter.REPORT_TEMPLATES, styles);
        try {
            JasperPrint print = JasperFillManager.getInstance(context).fill(report, all, new RowSource(rows, glyphs));
            finish(print);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(128 * 1024);
            export(print, title, digest(parameters, rows, title, attachment), attachment, bytes);
            out.write(CrossReferences.inAsciiDigits(SubsetNames.numbered(bytes.toByteArray())));
        } catch (JRException wrong) {
            throw new IllegalStateException("the document " + title.title() + " cannot be drawn", wrong);
        } catch (UncheckedIOException failed) {
            throw failed.getCause();
        }
    }

    private void putLogo(Map<String, Object> parameters) {
        Logo logo = design.logo();
        parameters.put("hasLogo", logo != null);
        parameters.put("noLogo", logo == null);
        if (logo != null) {
            parameters.put("logo", SimpleDataRenderer.getInstance(logo.png()));
        }
    }

    private void export(
            JasperPrint print, PdfTitle title, byte[] identity, @Nullable Attachment attachment, OutputStream out)
            throws JRException {
        StablePdfExporter exporter = new StablePdfExporter(context, title.date(), identity, attachment);
        exporter.setExporterInput(new SimpleExporterInput(print));
        exporter.setExporterOutput(new SimpleOutputStreamExporterOutput(out));
        SimplePdfExporterConfiguration configuration = new SimplePdfExporterConfiguration();
        configuration.setPdfaConformance(PdfaConformanceEnum.PDFA_3B);
        configuration.setIccProfilePath(COLOUR_PROFILE);
        configuration.setMetadataTitle(PlainText.line(title.title()));
        configuration.setMetadataAuthor(PlainText.line(title.author()));
        configuration.setMetadataSubject(PlainText.line(title.subject()));
        configuration.setMetadataCreator("Saldo");
        configuration.setDisplayMetadataTitle(true);
        configuration.setTagLanguage(title.language());
        exporter.setConfiguration(configuration);
        SimplePdfReportConfiguration lines = new SimplePdfReportConfiguration();
        // Lines must break in the PDF where they broke when the page was laid out, or long names overlap.
        lines.setForceLineBreakPolicy(true);
        exporter.setConfiguration(lines);
        exporter.exportReport();
    }

    /** What only the finished pages know: how many there are, and what a bar's share of its width is. */
    private static void finish(JasperPrint print) {
        List<JRPrintPage> pages = print.getPages();
        for (int index = 0; index < pages.size(); index++) {
            JRPrintPage page = pages.get(index);
            List<JRPrintElement> kept = new ArrayList<>(page.getElements().size());
            for (JRPrintElement element : page.getElements()) {
                if (element.hasProperties()) {
                    markPage(element, index + 1, pages.size());
                }
                if (!element.hasProperties() || drawShare(element)) {
                    kept.add(element);
                }
            }
            page.setElements(kept);
        }
    }

    private static void markPage(JRPrintElement element, int page, int pages) {
        if (element instanceof JRPrintText text && element.getPropertiesMap().containsProperty(PAGE_MARK_PROPERTY)) {
            text.setText(text.getFullText()
                    .replace("{page}", String.valueOf(page))
                    .replace("{pages}", String.valueOf(pages)));
        }
    }

    /** Narrows a bar to its share; false when nothing of it is left. */
    private static boolean drawShare(JRPrintElement element) {
        String share = element.getPropertiesMap().getProperty(SHARE_PROPERTY);
        if (share == null || share.isEmpty()) {
            return true;
        }
        long width = (long) element.getWidth() * Integer.parseInt(share) / SHARE_WHOLE;
        element.setWidth(Math.max(1, Math.toIntExact(width)));
        return !share.equals("0");
    }

    private byte[] digest(
            Map<String, Object> parameters, List<Row> rows, PdfTitle title, @Nullable Attachment attachment) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            if (!design.equals(Design.STANDARD)) {
                digest.update(design.toString().getBytes(StandardCharsets.UTF_8));
            }
            digest.update(title.toString().getBytes(StandardCharsets.UTF_8));
            digest.update(new TreeMap<>(parameters).toString().getBytes(StandardCharsets.UTF_8));
            for (Row row : rows) {
                digest.update(row.toString().getBytes(StandardCharsets.UTF_8));
            }
            if (attachment != null) {
                digest.update(attachment.content());
            }
            return Arrays.copyOf(digest.digest(), 16);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static InputStream open(String path) throws IOException {
        InputStream stream = PdfTemplate.class.getClassLoader().getResourceAsStream(path);
        if (stream == null) {
            throw new IOException(path + " is not on the class path");
        }
        return stream;
    }
}
