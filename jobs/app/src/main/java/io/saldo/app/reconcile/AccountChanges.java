package io.saldo.app.reconcile;

import io.saldo.statement.EventCharges;
import java.util.List;

/**
 * The changed gaps of an account, and what its events cost.
 *
 * @param accountId the account
 * @param charges by its terms and tonight's prices
 * @param otherVersions what they cost by earlier versions of the price books
 * @param changes in time; what is found is added to them
 */
record AccountChanges(
        String accountId, EventCharges charges, List<OtherPrices.Version> otherVersions, List<ChangeFacts> changes) {}
