package io.saldo.app.config;

/**
 * For how long what nothing rests on any more is kept: the section {@code retention} of {@code application.yml}. 0 is for
 * ever.
 *
 * @param deliveriesMonths archived deliveries and their control files
 * @param rejectedMonths rejected records, and files of held records that were taken since
 * @param reportsMonths reports of nights
 */
public record RetentionSettings(int deliveriesMonths, int rejectedMonths, int reportsMonths) {
    /** The section's name. */
    static final String SECTION = "retention";

    private static final int MONTHS_MAX = 1_200;

    /** With defaults wherever something is wrong. */
    static RetentionSettings read(YamlMapping file) {
        YamlMapping retention = file.mapping(SECTION).scalars(ConfigurationKeys.RETENTION);
        retention.allowOnly(ConfigurationKeys.RETENTION);
        return new RetentionSettings(
                (int) retention.whole("deliveries-months", 0, MONTHS_MAX, 0),
                (int) retention.whole("rejected-months", 0, MONTHS_MAX, 0),
                (int) retention.whole("reports-months", 0, MONTHS_MAX, 0));
    }
}
