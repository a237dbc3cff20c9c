package io.saldo.documents.pdf;

import java.time.LocalDate;

/**
 * What a PDF says about itself.
 *
 * @param title shown by a reader as the window's title
 * @param author who made it
 * @param subject what it is about
 * @param language such as {@code de}
 * @param date stands for its creation and change: midnight UTC, never the clock
 */
public record PdfTitle(String title, String author, String subject, String language, LocalDate date) {}
