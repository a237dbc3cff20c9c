package io.saldo.reconcile;

import java.util.Comparator;

/** The order of text by its UTF-8 bytes (SPEC 2), which is the order of its code points and not of its chars. */
final class TextOrder {
    static final Comparator<String> BY_BYTES = TextOrder::compare;

    /** The order in which a check hands over its findings. */
    static final Comparator<Finding> OF_FINDINGS = Comparator.comparing(Finding::code)
            .thenComparing(Finding::accountId, BY_BYTES)
            .thenComparing(Finding::subject, BY_BYTES)
            .thenComparing(Finding::period, BY_BYTES);

    private TextOrder() {}

    private static int compare(String left, String right) {
        int leftIndex = 0;
        int rightIndex = 0;
        while (leftIndex < left.length() && rightIndex < right.length()) {
            int leftPoint = left.codePointAt(leftIndex);
            int rightPoint = right.codePointAt(rightIndex);
            if (leftPoint != rightPoint) {
                return Integer.compare(leftPoint, rightPoint);
            }
            leftIndex += Character.charCount(leftPoint);
            rightIndex += Character.charCount(rightPoint);
        }
        return Integer.compare(left.length() - leftIndex, right.length() - rightIndex);
    }
}
