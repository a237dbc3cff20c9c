package io.saldo.invoice;

/**
 * Name and address on a document. Every text comes from outside and is untrusted.
 *
 * @param name legal name, or the account's name when it has none
 * @param address street and number; may be empty
 * @param postalCode may be empty
 * @param city may be empty
 * @param country ISO 3166-1 alpha-2
 * @param vatId may be empty
 * @param email may be empty
 */
public record Party(
        String name, String address, String postalCode, String city, String country, String vatId, String email) {}
